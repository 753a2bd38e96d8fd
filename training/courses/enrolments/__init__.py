"""Enrolments: taking a seat, waiting for one, studying, completing."""
