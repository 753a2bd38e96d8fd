"""Openings: the places that employers offer to trainees."""
