"""Trainees at risk: who studies now and gives reason to look, in words."""
