"""Evaluations: how a placement went, by those who were there."""
