"""Accounts, sessions and links; who is a member of what, and who has been invited."""
