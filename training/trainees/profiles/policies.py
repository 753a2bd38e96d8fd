"""What a trainee does with their own profile; who else sees it is told by disclosures."""

from datetime import date

from sqlalchemy import ColumnElement, Select, false, select

from training.kernel import clock
from training.kernel.i18n import LazyString, _l
from training.kernel.policy import Actor, Learner, Member, OrganisationKind, Role, System, own_account
from training.trainees.profiles.models import Education, Trainee, age_on

YOUNGEST, OLDEST = 14, 90
EDUCATIONS = 20
"""Lines of education that a profile has room for."""


def visible_to(actor: Actor) -> Select[Trainee]:
    """Oneself."""
    match actor:
        case System():
            return select(Trainee)
        case Learner(trainee_id=me):
            return select(Trainee).where(Trainee.id == me)
        case _:
            return select(Trainee).where(false())


def standing() -> ColumnElement[bool]:
    """As a condition on Trainee: not merged into another record of the same person."""
    return Trainee.merged_into_id.is_(None)


def can_make(actor: Actor, subject: object = None) -> bool:
    """Anybody with an account can begin to learn."""
    return own_account(actor) or isinstance(actor, System)


def can_take_over(actor: Actor, subject: object = None) -> bool:
    """A school's managers bring its roster."""
    return isinstance(actor, Member) and actor.kind is OrganisationKind.SCHOOL and Role.MANAGER in actor.roles


def can_edit(actor: Actor, trainee: Trainee) -> bool:
    """One's own profile."""
    return isinstance(actor, Learner) and actor.trainee_id == trainee.id


def can_keep_photo(actor: Actor, trainee: Trainee) -> bool:
    """One's own profile."""
    return can_edit(actor, trainee)


def can_remove_photo(actor: Actor, trainee: Trainee) -> bool:
    """One's own profile."""
    return can_edit(actor, trainee)


def can_add_education(actor: Actor, trainee: Trainee) -> bool:
    """One's own profile."""
    return can_edit(actor, trainee)


def can_remove_education(actor: Actor, education: Education) -> bool:
    """A line of one's own profile."""
    return isinstance(actor, Learner) and actor.trainee_id == education.trainee_id


def why_not_years(from_year: int | None, until_year: int | None) -> list[str | LazyString]:
    """Years follow each other."""
    if from_year is not None and until_year is not None and from_year > until_year:
        return [_l("It ends before it begins. Check the years.")]
    return []


def why_not_born(born_on: date) -> list[str | LazyString]:
    """Why a birth date cannot be a trainee's."""
    today = clock.today()
    if born_on > today:
        return [_l("This day is still to come. Check the year.")]
    if age_on(born_on, today) < YOUNGEST:
        return [_l("Training here begins at %(age)d.", age=YOUNGEST)]
    if age_on(born_on, today) > OLDEST:
        return [_l("That is more than %(age)d years ago. Check the year.", age=OLDEST)]
    return []
