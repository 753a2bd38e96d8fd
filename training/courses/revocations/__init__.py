"""Revocations: proposals to revoke a credential, made by one person of the school and confirmed by another."""
