"""The words that programmes, openings and vacancies share: occupations, skills, codes of programmes."""
