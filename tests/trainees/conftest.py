"""Fixtures of trainees: counting statements."""

from tests.internships.conftest import statements

__all__ = ["statements"]
