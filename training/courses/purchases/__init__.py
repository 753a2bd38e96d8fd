"""Purchases: seats of a cohort that an employer pays for and keeps for its own people."""
