"""Who may see a trainee: the row scope, the legal record and the consent check in one place."""
