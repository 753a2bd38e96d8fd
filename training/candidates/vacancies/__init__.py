"""Vacancies: the jobs that employers offer."""
