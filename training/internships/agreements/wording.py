"""The text of agreements: what the page shows and the PDF prints, word for word."""

from typing import Any

from training.internships.agreements.workflow import AgreementKind
from training.internships.placements.models import Placement
from training.kernel.i18n import _, force_locale, format_range, language
from training.kernel.money import Money


def terms(kind: AgreementKind, number: str, placement: Placement, language_of_text: str) -> dict[str, Any]:
    """Title, opening words, key figures and sections with clauses, in one language."""
    with force_locale(language_of_text):
        return {
            "kind": str(kind.label),
            "title": _("Agreement on practical training %(number)s", number=number),
            "opening": _opening(placement),
            "figures": _figures(placement),
            "sections": [_host(placement), _school(placement), _trainee()],
            "closing": _("Everyone signs this same text. A later change is an amendment with its own signatures."),
            "labels": {"fingerprint": _("SHA-256 of this file stands beside every signature."), "language": language()},
        }


def _opening(placement: Placement) -> str:
    return _(
        "%(school)s (the school) and %(employer)s (the host) agree on the practical training of %(trainee)s, born in %(year)d, from %(span)s.",
        school=placement.school.legal_name,
        employer=placement.employer.legal_name,
        trainee=placement.trainee.full_name,
        year=placement.trainee.born_on.year,
        span=format_range(placement.starts_on, placement.ends_on),
    )


def _figures(placement: Placement) -> list[list[str]]:
    opening = placement.opening
    place = f"{opening.site}" if opening is not None and opening.site is not None else placement.employer.address or placement.employer.town
    rows = [
        [_("From, to"), format_range(placement.starts_on, placement.ends_on)],
        [
            _("Hours"),
            _(
                "%(all)d in all, %(day)d a day, %(week)d a week",
                all=placement.planned_minutes // 60,
                day=placement.daily_hours,
                week=placement.weekly_hours,
            ),
        ],
        [_("Place"), place],
        [_("Mentor"), placement.mentor.name if placement.mentor is not None else "–"],
    ]
    if opening is not None:
        rows.insert(2, [_("Work"), f"{opening.title}, {opening.shift_from:%H:%M}–{opening.shift_to:%H:%M}"])
    return rows


def _host(placement: Placement) -> dict[str, Any]:
    pay: Money | None = placement.opening.pay if placement.opening is not None else None
    clauses = [
        _("Gives the trainee work that belongs to the programme and a workplace that meets labour-safety rules."),
        _("Names a mentor who countersigns the logbook each week and writes the evaluation."),
        _("Pays %(pay)s for a month of work.", pay=str(pay)) if pay is not None else _("Does not pay for the stay."),
        _("Does not put the trainee on night shifts, overtime or hazardous work while they are under 18."),
        _("Gives the safety briefing before the first day of work."),
    ]
    return {"title": _("The host"), "clauses": clauses}


def _school(placement: Placement) -> dict[str, Any]:
    supervisor = placement.supervisor.name if placement.supervisor is not None else ""
    clauses = [
        _("Names a supervisor, %(name)s, who visits the trainee and answers questions.", name=supervisor)
        if supervisor
        else _("Names a supervisor who visits the trainee and answers questions."),
        _("Gives the host the plan of the training and the criteria of the evaluation."),
    ]
    return {"title": _("The school"), "clauses": clauses}


def _trainee() -> dict[str, Any]:
    clauses = [
        _("Keeps the logbook on every day of work."),
        _("Follows the safety rules of the host and reports any injury at once to the mentor and the school."),
    ]
    return {"title": _("The trainee"), "clauses": clauses}
