"""Lessons: weekly patterns make them, they are moved and cancelled, and nobody is in two places at once."""
