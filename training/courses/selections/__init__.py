"""Selections: applying with documents and priorities, the ranked list, the rounds in which seats are offered."""
