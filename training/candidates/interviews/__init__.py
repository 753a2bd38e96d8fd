"""Interviews: who meets whom, when."""
