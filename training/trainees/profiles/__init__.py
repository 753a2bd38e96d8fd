"""Who trainees are, and what they say of themselves."""
