"""Fixtures of accounts: counting statements."""

from tests.internships.conftest import statements

__all__ = ["statements"]
