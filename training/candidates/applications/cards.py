"""What the cards of a board say, in the reader's words; a board has many, so what several say alike is worded once."""

from functools import cache
from typing import NamedTuple

from training.candidates.applications.queries import Card, Column
from training.candidates.applications.workflow import State
from training.candidates.vacancies.models import Vacancy
from training.kernel.i18n import _, format_moment, ngettext

LATE = 25
"""Days in one stage after which a card says so loudly."""


class Face(NamedTuple):
    """A card as `board_card` takes it."""

    name: str
    url: str
    key: int
    meta: str
    reason: str
    tag: tuple[str, str] | None
    due: str | None
    late: bool
    score: str
    second: bool


def faces(column: Column, vacancy: Vacancy, url: str) -> list[Face]:
    """The cards of a column; `url` is where the card without a number would lead."""
    asked, zone = len(vacancy.asked), vacancy.employer.zone
    reasons, scores, waits = cache(_reason), cache(_score), cache(_wait)
    return [
        Face(
            one.name,
            f"{url}{one.row.id}",
            one.row.id,
            ", ".join(filter(None, (one.row.group_code, one.row.school))),
            reasons(one.best, one.match.best.shown if one.match.best else 0),
            _tag(one, column.state, zone),
            waits(one.days) if column.stage else None,
            column.stage is not None and one.days >= LATE,
            scores(one.match.met, asked),
            one.match.met < asked,
        )
        for one in column.cards
    ]


def _reason(skill: str | None, level: int) -> str:
    if skill is None:
        return _("None of the skills asked for is shown yet")
    return _("%(skill)s, %(level)s of 4", skill=skill, level=level)


def _score(met: int, asked: int) -> str:
    return _("%(met)s of %(asked)s", met=met, asked=asked)


def _wait(days: int) -> str:
    return ngettext("With you %(num)s day", "With you %(num)s days", days) if days else _("With you since today")


def _tag(card: Card, state: State, zone: str) -> tuple[str, str] | None:
    """What will happen with the candidate at a moment that is set: the words and their colour."""
    if state is State.OFFERED and card.row.answer_by_at:
        return _("Answer by %(moment)s", moment=format_moment(card.row.answer_by_at, zone=zone)), "warning"
    if state is State.OPEN and card.row.interview_at:
        return _("Interview %(moment)s", moment=format_moment(card.row.interview_at, zone=zone)), "info"
    return None
