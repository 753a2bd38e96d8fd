"""Where a trainee works, and how that came about."""
