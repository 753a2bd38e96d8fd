"""Who sees which vacancy, and who publishes, pauses and closes it."""

from datetime import date

from sqlalchemy import ColumnElement, Select, and_, false, or_, select

from training.candidates.vacancies.models import Vacancy
from training.candidates.vacancies.workflow import State
from training.kernel.i18n import LazyString, _l
from training.kernel.policy import Actor, Bearer, Learner, Member, OrganisationKind, Role, System, Visitor, holds
from training.organisations import policies as organisations
from training.organisations.models import Organisation
from training.organisations.workflow import State as OrganisationState

RECRUITERS = (Role.MANAGER, Role.RECRUITER)
"""The roles that recruit for their employer."""
STAGES = 8
"""The most stages a vacancy can have."""


def shown() -> ColumnElement[bool]:
    """As a condition: live, by an employer that may show itself."""
    verified = select(Organisation.id).where(Organisation.state == OrganisationState.VERIFIED)
    return and_(Vacancy.state == State.LIVE, Vacancy.employer_id.in_(verified))


def visible_to(actor: Actor) -> Select[Vacancy]:
    """Live ones of verified employers to everybody; an employer's own in any state to those who recruit for it."""
    match actor:
        case System():
            return select(Vacancy)
        case Member(kind=OrganisationKind.EMPLOYER, organisation_id=mine, roles=roles) if not roles.isdisjoint(RECRUITERS):
            return select(Vacancy).where(or_(shown(), Vacancy.employer_id == mine))
        case Member() | Learner() | Visitor():
            return select(Vacancy).where(shown())
        case Bearer():
            return select(Vacancy).where(false())
        case _:
            return select(Vacancy).where(false())


def can_list(actor: Actor, subject: object = None) -> bool:
    """Those who recruit for an employer."""
    return isinstance(actor, Member) and actor.kind is OrganisationKind.EMPLOYER and not actor.roles.isdisjoint(RECRUITERS)


def can_draft(actor: Actor, employer: Organisation) -> bool:
    """Those who recruit for the employer."""
    return employer.kind is OrganisationKind.EMPLOYER and holds(actor, *RECRUITERS, at=employer.id)


def can_choose_stages(actor: Actor, employer: Organisation) -> bool:
    """Those who recruit for the employer."""
    return can_draft(actor, employer)


def can_show(actor: Actor, vacancy: Vacancy) -> bool:
    """Those who recruit for its employer."""
    return holds(actor, *RECRUITERS, at=vacancy.employer_id)


def can_edit(actor: Actor, vacancy: Vacancy) -> bool:
    """Those who recruit for its employer."""
    return can_show(actor, vacancy)


def can_ask(actor: Actor, vacancy: Vacancy) -> bool:
    """Those who recruit for its employer."""
    return can_show(actor, vacancy)


def can_publish(actor: Actor, vacancy: Vacancy) -> bool:
    """Those who recruit for its employer."""
    return can_show(actor, vacancy)


def can_pause(actor: Actor, vacancy: Vacancy) -> bool:
    """Those who recruit for its employer."""
    return can_show(actor, vacancy)


def can_resume(actor: Actor, vacancy: Vacancy) -> bool:
    """Those who recruit for its employer."""
    return can_show(actor, vacancy)


def can_close(actor: Actor, vacancy: Vacancy) -> bool:
    """Those who recruit for its employer."""
    return can_show(actor, vacancy)


def why_not_pay(pay_from: int | None, pay_to: int | None) -> list[str | LazyString]:
    """Pay that is stated is more than nothing, and its range in order."""
    if pay_from is not None and pay_to is not None and pay_from > pay_to:
        return [_l("The pay begins above where it ends. Change one of them.")]
    return []


def why_not_edit(vacancy: Vacancy, *, positions: int, filled: int) -> list[str | LazyString]:
    """A closed vacancy stays as it was, and positions that are filled stay."""
    if vacancy.state is State.CLOSED:
        return [_l("This vacancy is closed. Make a new one.")]
    if positions < filled:
        return [_l("%(filled)d positions are filled already, so there cannot be fewer.", filled=filled)]
    return []


def why_not_ask(vacancy: Vacancy, *, asked: int) -> list[str | LazyString]:
    """A closed vacancy stays as it was; one that is published asks for something."""
    if vacancy.state is State.CLOSED:
        return [_l("This vacancy is closed. Make a new one.")]
    if vacancy.state is not State.DRAFT and not asked:
        return [_l("A published vacancy asks for at least one skill.")]
    return []


def why_not_publish(vacancy: Vacancy, *, today: date, asked: int) -> list[str | LazyString]:
    """The employer is verified, the last day is still to come, and it says what is asked for."""
    found = list(organisations.why_not_publish(vacancy.employer))
    if vacancy.closes_on is not None and vacancy.closes_on < today:
        found.append(_l("Its last day is over. Change it first."))
    if not asked:
        found.append(_l("It asks for no skill yet: without one nobody can be matched. Add at least one."))
    return found


def why_not_resume(vacancy: Vacancy, *, today: date, asked: int) -> list[str | LazyString]:
    """As for publishing."""
    return why_not_publish(vacancy, today=today, asked=asked)


def why_not_choose_stages(names: list[str]) -> list[str | LazyString]:
    """At least two stages, at most eight, each once."""
    if not 2 <= len(names) <= STAGES:
        return [_l("Name from 2 to %(most)d stages, one a line.", most=STAGES)]
    if len({name.casefold() for name in names}) < len(names):
        return [_l("Two stages have the same name.")]
    if any(len(name) > 60 for name in names):
        return [_l("A stage's name has at most 60 characters.")]
    return []
