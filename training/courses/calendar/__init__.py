"""The academic calendar: a school's years with their terms and days off, which timetables and term-time rules read."""
