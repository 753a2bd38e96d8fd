"""Printed one-use cards by which people without e-mail come in."""
