"""Saved views: the filters and the order of a list that a person keeps under a name."""
