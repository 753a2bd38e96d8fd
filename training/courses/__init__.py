"""Courses: programmes, cohorts, enrolments, credentials."""
