"""Fixtures of the operator's pages: counting statements."""

from tests.internships.conftest import statements

__all__ = ["statements"]
