"""Counting the statements of a block."""

from tests.internships.conftest import statements

__all__ = ["statements"]
