"""Where a trainee is, and when."""
