"""Invitations to take a role in an organisation."""
