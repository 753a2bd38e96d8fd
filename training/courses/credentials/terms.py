"""How long a credential is valid: months counted on the calendar."""

from calendar import monthrange
from datetime import date


def months_after(day: date, months: int) -> date:
    """The same day so many months later (before, where negative); the last day of a month that is too short."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def term(issued_on: date, former: date | None, valid_months: int | None, renewal_months: int | None) -> tuple[date | None, date | None]:
    """The last day of a credential and the first on which it can be renewed; a renewal begins where the former ends, if that is still to come."""
    if valid_months is None:
        return None, None
    until = months_after(max(issued_on, former) if former else issued_on, valid_months)
    return until, months_after(until, -renewal_months) if renewal_months else None
