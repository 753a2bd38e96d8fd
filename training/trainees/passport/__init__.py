"""What a trainee can do, with the evidence."""
