"""What a new school or employer begins with, and what of it has been done, read from what is there."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, exists, func, or_, select

from training.accounts.invitations.models import Invitation
from training.accounts.memberships.models import Membership
from training.candidates.vacancies.models import Vacancy
from training.courses.cohorts.models import Cohort
from training.courses.programmes.models import Programme
from training.internships.openings.models import Opening
from training.kernel.db import db
from training.kernel.i18n import LazyString, _l
from training.kernel.policy import Actor, OrganisationKind, Role
from training.organisations.models import Organisation
from training.organisations.policies import can_dismiss_steps
from training.trainees.profiles.models import Trainee


@dataclass(frozen=True)
class Step:
    """One step: its name, what it is for, the page where it is taken, and what is there once it has been."""

    title: LazyString
    detail: LazyString
    endpoint: str
    taken: ColumnElement[bool]


@dataclass(frozen=True)
class Progress:
    """The steps, each with whether it is done."""

    steps: list[tuple[Step, bool]]

    @property
    def done(self) -> int:
        """How many are done."""
        return sum(taken for _step, taken in self.steps)


def _members(*where: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(Membership.organisation_id == Organisation.id, Membership.ended_on.is_(None), *where)


def _invited(*where: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(Invitation.organisation_id == Organisation.id, *where)


_PEOPLE = (
    select(func.count(Membership.account_id.distinct()))
    .where(Membership.organisation_id == Organisation.id, Membership.ended_on.is_(None))
    .scalar_subquery()
)
_PROFILE = Step(
    _l("Say who you are"),
    _l("Address and a few sentences: people see them beside everything you publish."),
    "organisations.edit",
    Organisation.about.is_not(None) & Organisation.address.is_not(None),
)
STEPS = {
    OrganisationKind.SCHOOL: (
        _PROFILE,
        Step(
            _l("Invite colleagues"),
            _l("A second person publishes what the first has written."),
            "accounts.invitations.send",
            or_(_invited(), _PEOPLE > 1),
        ),
        Step(
            _l("Write the first programme"),
            _l("Or take your programmes over from a table, under Import."),
            "courses.programmes.create",
            exists().where(Programme.school_id == Organisation.id),
        ),
        Step(
            _l("Bring your trainees in"),
            _l("From the table you have: it is checked row by row before anything is taken."),
            "exchange.upload",
            exists().where(Trainee.school_id == Organisation.id),
        ),
        Step(
            _l("Plan the first cohort"),
            _l("From a published programme: days, seats and who pays."),
            "courses.programmes.listed",
            exists().where(Cohort.school_id == Organisation.id),
        ),
    ),
    OrganisationKind.EMPLOYER: (
        _PROFILE,
        Step(
            _l("Invite a mentor"),
            _l("Every trainee has one by name; they countersign the logbook."),
            "accounts.invitations.send",
            or_(_invited(Invitation.role == Role.MENTOR), _members(Membership.role == Role.MENTOR)),
        ),
        Step(
            _l("Offer the first opening"),
            _l("Places for internships: work, days, hours."),
            "internships.openings.make",
            exists().where(Opening.employer_id == Organisation.id),
        ),
        Step(
            _l("Write the first vacancy"),
            _l("Graduates who agreed to be found are matched with it."),
            "candidates.vacancies.draft",
            exists().where(Vacancy.employer_id == Organisation.id),
        ),
    ),
}
"""By kind of organisation, in the order in which they are best taken."""


def _asking(steps: tuple[Step, ...]) -> Select[*tuple[Any, ...]]:
    return select(*(step.taken for step in steps)).select_from(Organisation).where(Organisation.id == bindparam("organisation"))


_ASKED = {kind: _asking(steps) for kind, steps in STEPS.items()}


def progress(actor: Actor, organisation: Organisation) -> Progress | None:
    """How far the organisation is: one statement; none where there is nothing to show (any more), or not to this actor."""
    if organisation.first_steps_over_at is not None or organisation.kind not in STEPS or not can_dismiss_steps(actor, organisation):
        return None
    taken = db.session.execute(_ASKED[organisation.kind], {"organisation": organisation.id}).one()
    return Progress([(step, bool(one)) for step, one in zip(STEPS[organisation.kind], taken, strict=True)])
