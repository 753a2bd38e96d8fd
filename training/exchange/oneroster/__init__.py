"""OneRoster 1.1 and 1.2 CSV bundles: what the standard says of them, what is kept of one, and what is wrong in it."""
