"""Candidates: vacancies, applications, interviews, offers, talent."""
