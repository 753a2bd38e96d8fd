"""Logbooks: what a trainee did, day by day, countersigned."""
