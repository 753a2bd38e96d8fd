"""What trainees and guardians have agreed to, as records."""
