"""Fixtures of courses."""

from tests.internships.conftest import statements

__all__ = ["statements"]
