"""Awards: proposals to issue credentials, made by one person of the school and confirmed by another."""
