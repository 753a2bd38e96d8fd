"""Recognition of prior learning: modules that somebody need not study again, by evidence that a named teacher accepted."""
