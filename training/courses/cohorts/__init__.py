"""Cohorts: a version of a programme taught to a group, with its seats."""
