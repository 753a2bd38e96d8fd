"""Whose move it is: one row for every open move of every shared record."""
