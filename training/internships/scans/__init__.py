"""Agreements that were signed on paper: the scan, brought in by one person of the school and compared by another."""
