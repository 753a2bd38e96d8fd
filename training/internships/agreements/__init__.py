"""Agreements: what the parties sign before a placement begins."""
