"""Talent: the graduates who agreed to be found."""
