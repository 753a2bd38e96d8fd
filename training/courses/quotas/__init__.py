"""Rooms: where a school teaches, by the names on their doors."""
