"""What a country's law allows people under 18 to do in practice: hours of a day and a week, nights, hazards.

The figures are data (`LawRule`, name `minor_hours`): this module only reads them. `parameters` holds `day` and `week` as lists of
`{"under": age, "hours": n}` from the youngest up, ending with one without `under`; `night` as `{"under": age, "from": hour, "to": hour}`;
`hazards` as `{"under": age}`; and `cited`, where each rule stands, by language.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

from training.internships.openings.models import Opening
from training.internships.openings.workflow import Hazard
from training.internships.placements.models import Placement
from training.kernel.i18n import LazyString, _, format_date, language
from training.taxonomy.models import LawRule
from training.trainees.profiles.models import OF_AGE, age_on

NAME, SUBJECT = "minor_hours", "practice"


@dataclass(frozen=True)
class Check:
    """One thing looked at before signing: what, how it stands against which rule, and whether it passes; `note` is only to be known."""

    title: str
    text: str
    passed: bool = True
    note: bool = False


def hours(rule: LawRule, span: str, age: int) -> int:
    """The most hours of a `day` or a `week` at an age."""
    steps = rule.parameters[span]
    return next(int(step["hours"]) for step in steps if "under" not in step or age < step["under"])


def cited(rule: LawRule, item: str) -> str:
    """Where the rule for `day`, `week`, `night` or `hazards` stands, as the reader knows it."""
    return str(rule.parameters["cited"].get(language(), rule.parameters["cited"]["en"])[item])


def checks(placement: Placement, rule: LawRule | None) -> list[Check]:
    """The dates, hours, shift and workplace of a stay against the law, with the age looked at on each day of the stay."""
    born_on = placement.trainee.born_on
    first, last = age_on(born_on, placement.starts_on), age_on(born_on, placement.ends_on)
    if rule is None:
        if first >= OF_AGE:
            return []
        country = placement.employer.country
        return [
            Check(
                _("Working hours"), _("No rule on the hours of minors is known for %(country)s. Ask the operator.", country=country), False
            )
        ]
    return [
        *_birthday(placement, rule, first, last),
        _hours(rule, "day", placement.daily_hours, first),
        _hours(rule, "week", placement.weekly_hours, first),
        *([_night(placement.opening, rule, first), _hazard(placement.opening, rule, first)] if placement.opening is not None else []),
    ]


def lawful(placement: Placement, rule: LawRule | None) -> dict[str, int]:
    """The hours of a day and a week that were asked for, shortened to what the age on the first day allows."""
    asked = {"daily_hours": placement.daily_hours, "weekly_hours": placement.weekly_hours}
    if rule is None:
        return asked
    age = age_on(placement.trainee.born_on, placement.starts_on)
    return {
        "daily_hours": min(asked["daily_hours"], hours(rule, "day", age)),
        "weekly_hours": min(asked["weekly_hours"], hours(rule, "week", age)),
    }


def _birthday(placement: Placement, rule: LawRule, first: int, last: int) -> Iterator[Check]:
    """A birthday inside the stay that changes a limit is worth a note."""
    for age in range(first + 1, last + 1):
        day, week = hours(rule, "day", age), hours(rule, "week", age)
        if (day, week) != (hours(rule, "day", age - 1), hours(rule, "week", age - 1)):
            turns_on = _turning(placement.trainee.born_on, age)
            yield Check(
                _("Turns %(age)d on %(day)s, inside the stay", age=age, day=format_date(turns_on, relative=False, weekday=False)),
                _(
                    "From that day up to %(day)d hours a day and %(week)d a week are allowed; the agreed hours stay as they are.",
                    day=day,
                    week=week,
                ),
                note=True,
            )


def _turning(born_on: date, age: int) -> date:
    """The day on which somebody becomes that old; 29 February counts as 1 March in other years."""
    try:
        return born_on.replace(year=born_on.year + age)
    except ValueError:
        return date(born_on.year + age, 3, 1)


def _hours(rule: LawRule, span: str, planned: int, age: int) -> Check:
    limit = hours(rule, span, age)
    title = _("%(hours)d hours a day", hours=planned) if span == "day" else _("%(hours)d hours a week", hours=planned)
    text = _("at %(age)d up to %(limit)d (%(rule)s)", age=age, limit=limit, rule=cited(rule, span))
    return Check(title, text, planned <= limit)


def _night(opening: Opening, rule: LawRule, age: int) -> Check:
    night = rule.parameters["night"]
    shift = f"{opening.shift_from:%H:%M}–{opening.shift_to:%H:%M}"
    allowed = age >= night["under"] or not at_night(opening.shift_from, opening.shift_to, night["from"], night["to"])
    text = _(
        "shift %(shift)s; not between %(begin)d:00 and %(end)d:00 under %(age)d (%(rule)s)",
        shift=shift,
        begin=night["from"],
        end=night["to"],
        age=night["under"],
        rule=cited(rule, "night"),
    )
    return Check(_("No night work") if allowed else _("Night work"), text, allowed)


def at_night(begin: time, end: time, night_from: int, night_to: int) -> bool:
    """Whether a shift touches the night, which begins at one hour and ends at another of the next day."""
    minute, last = begin.hour * 60 + begin.minute, end.hour * 60 + end.minute
    if last <= minute:
        last += 24 * 60
    return any(minute < (night_to + shift) * 60 and last > (night_from - 24 + shift) * 60 for shift in (0, 24, 48))


def _hazard(opening: Opening, rule: LawRule, age: int) -> Check:
    allowed = opening.hazard is Hazard.NONE or age >= rule.parameters["hazards"]["under"]
    text = _(
        "%(hazard)s; none under %(age)d (%(rule)s)",
        hazard=opening.hazard.label,
        age=rule.parameters["hazards"]["under"],
        rule=cited(rule, "hazards"),
    )
    return Check(_("No hazardous work") if opening.hazard is Hazard.NONE else _("Hazardous work"), text, allowed)


def why_not_hours(rule: LawRule | None, born_on: date, day: date, *, day_minutes: int, week_minutes: int) -> list[str | LazyString]:
    """Why a trainee cannot have worked that long on a day and in its week, at the age they had on that day."""
    if rule is None:
        return []
    age = age_on(born_on, day)
    found: list[str | LazyString] = []
    for span, minutes in (("day", day_minutes), ("week", week_minutes)):
        limit = hours(rule, span, age)
        if minutes > limit * 60:
            found.append(_over(span, minutes / 60, age, limit, cited(rule, span)))
    return found


def _over(span: str, worked: float, age: int, limit: int, source: str) -> LazyString | str:
    figures = {"hours": f"{worked:g}", "age": age, "limit": limit, "rule": source}
    if span == "day":
        return _("%(hours)s hours is over the daily limit: at %(age)d up to %(limit)d (%(rule)s)", **figures)
    return _("%(hours)s hours is over the weekly limit: at %(age)d up to %(limit)d (%(rule)s)", **figures)


def days_of_week(day: date) -> tuple[date, date]:
    """Monday and Sunday of a day's week."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)
