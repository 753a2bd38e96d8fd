"""Waivers: one person is let into a programme without what it asks for beforehand, for a reason that is written down."""
