"""Placements: one trainee at one employer for a time."""
