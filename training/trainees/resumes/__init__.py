"""What a trainee brings along as a JSON Resume, and takes away as one."""
