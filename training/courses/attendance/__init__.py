"""Attendance: who was at a lesson, marked by its teacher on a phone: everybody is there, but for those who are tapped."""
