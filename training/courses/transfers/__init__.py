"""Transfers: a trainee moves from one school to another, and both agree."""
