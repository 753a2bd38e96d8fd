"""Credentials: what a graduate holds and anybody can check."""
