"""Assessments of a cohort and their results: given once, corrected by a further row, confirmed by a commission where there is one."""
