"""Programmes and their versions, from draft to the public catalogue."""
