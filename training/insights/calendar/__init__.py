"""The calendar: a month of one's own dates."""
