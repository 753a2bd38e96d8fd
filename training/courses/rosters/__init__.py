"""A school's trainees with what they study, for other systems."""
