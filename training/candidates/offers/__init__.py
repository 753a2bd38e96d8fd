"""Offers: what an employer proposes, until when."""
