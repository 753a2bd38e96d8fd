"""Threads: one conversation between the parties on each shared record."""
