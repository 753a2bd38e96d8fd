"""Allocations: the people whom an employer names for the seats that it has bought."""
