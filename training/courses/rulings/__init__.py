"""Rulings: numbered, signed documents that order moves of many people."""
