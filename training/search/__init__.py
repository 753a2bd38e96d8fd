"""Search: words in Russian and English, ranked, and only within what the reader may find."""
