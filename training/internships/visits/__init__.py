"""Visits: the school looks in on a placement, and school, mentor and trainee say how it goes."""
