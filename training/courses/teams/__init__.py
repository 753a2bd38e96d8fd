"""Teams: people who enter a cohort together or not at all."""
