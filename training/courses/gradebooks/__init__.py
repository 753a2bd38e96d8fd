"""Gradebooks: the marks of a cohort, of one person, and how each mark is formed."""
