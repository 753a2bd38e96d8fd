"""Internships: openings, placements, agreements, logbooks, evaluations."""
