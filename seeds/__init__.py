"""Reference data and the demonstration region; everything goes through services."""
