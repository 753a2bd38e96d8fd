"""Keeping the installation running: background work and, in the demonstration, the mail."""
