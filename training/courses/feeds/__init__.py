"""Feeds: one's lessons in one's own calendar, at an address that only oneself knows."""
