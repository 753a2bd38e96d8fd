"""Requests of trainees to be erased, and what becomes of them."""
