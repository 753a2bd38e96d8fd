"""Who may see which trainee: the one place where row scope, legal record and consent meet."""

from datetime import date

from sqlalchemy import ColumnElement, Date, Select, and_, bindparam, exists, false, or_, select

from training.kernel import clock
from training.kernel.i18n import LazyString, _l
from training.kernel.policy import Actor, Learner, Member, OrganisationKind, Role, System
from training.kernel.prepared import present
from training.organisations.models import Organisation
from training.organisations.workflow import State as OrganisationState
from training.trainees.consents.policies import given
from training.trainees.disclosures.models import Disclosure
from training.trainees.disclosures.workflow import Because
from training.trainees.profiles.models import OF_AGE, Trainee
from training.trainees.profiles.policies import standing
from training.trainees.profiles.workflow import Visibility


def live(organisation_id: int) -> ColumnElement[bool]:
    """As a condition on Trainee: a disclosure to that organisation is in force."""
    return exists().where(
        Disclosure.trainee_id == Trainee.id,
        Disclosure.organisation_id == organisation_id,
        or_(Disclosure.until_at.is_(None), Disclosure.until_at > present()),
    )


def to_all_employers() -> ColumnElement[bool]:
    """As a condition on Trainee: they let all verified employers find them, and have not taken that back."""
    return and_(
        Trainee.visibility == Visibility.EMPLOYERS,
        exists().where(
            Disclosure.trainee_id == Trainee.id,
            Disclosure.organisation_id.is_(None),
            Disclosure.because == Because.TALENT,
            Disclosure.until_at.is_(None),
        ),
    )


def verified(organisation_id: int) -> ColumnElement[bool]:
    """As a condition: that organisation is verified now."""
    return exists().where(Organisation.id == organisation_id, Organisation.state == OrganisationState.VERIFIED)


def of_age_or_consented() -> ColumnElement[bool]:
    """As a condition on Trainee: of age today, or a guardian's consent is in force."""
    return or_(Trainee.born_on <= bindparam(None, callable_=newest_of_age, type_=Date()), given(Trainee.id.expression))


def newest_of_age() -> date:
    """Whoever was born by this day is of age today."""
    return years_before(clock.today(), OF_AGE)


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def visible_to(actor: Actor) -> Select[Trainee]:
    """Schools: their own trainees and whoever asked them for a seat. Employers: by disclosure, minors with consent. Trainees: themselves."""
    match actor:
        case System():
            return select(Trainee)
        case Learner(trainee_id=me):
            return select(Trainee).where(Trainee.id == me)
        case Member(kind=OrganisationKind.SCHOOL, organisation_id=mine):
            return select(Trainee).where(or_(Trainee.school_id == mine, live(mine)), standing())
        case Member(kind=OrganisationKind.EMPLOYER, organisation_id=mine, roles=roles) if not roles.isdisjoint(
            {Role.MANAGER, Role.RECRUITER}
        ):
            return select(Trainee).where(or_(live(mine), and_(to_all_employers(), verified(mine))), standing(), of_age_or_consented())
        case Member(kind=OrganisationKind.EMPLOYER, organisation_id=mine):
            return select(Trainee).where(live(mine), standing(), of_age_or_consented())
        case _:
            return select(Trainee).where(false())


def can_list(actor: Actor, subject: object = None) -> bool:
    """Schools list their trainees."""
    return isinstance(actor, Member) and actor.kind is OrganisationKind.SCHOOL


def can_see(actor: Actor, trainee: Trainee) -> bool:
    """Members of schools and employers, for whom the row scope has let the trainee through."""
    return isinstance(actor, Member) and actor.kind in {OrganisationKind.SCHOOL, OrganisationKind.EMPLOYER}


def can_see_photo(actor: Actor, trainee: Trainee) -> bool:
    """Whoever sees the card, and the trainee."""
    return can_see(actor, trainee) or can_preview(actor, trainee)


def can_see_history(actor: Actor, trainee: Trainee) -> bool:
    """The trainee's own school; another organisation does not learn who else knows of them."""
    return isinstance(actor, Member) and trainee.school_id is not None and actor.organisation_id == trainee.school_id


def can_preview(actor: Actor, trainee: Trainee) -> bool:
    """One's own card."""
    return isinstance(actor, Learner) and actor.trainee_id == trainee.id


def can_see_looks(actor: Actor, trainee: Trainee) -> bool:
    """Who looked is told to the person looked at."""
    return can_preview(actor, trainee)


def why_unseen(trainee: Trainee, *, consented: bool, disclosed: bool) -> list[str | LazyString]:
    """Why an employer does not see the trainee, in the trainee's own words."""
    found: list[str | LazyString] = []
    if trainee.is_minor() and not consented:
        found.append(_l("You are under 18 and no parent or guardian has agreed: no employer sees you before that."))
    if not disclosed and trainee.visibility is not Visibility.EMPLOYERS:
        found.append(_l("You have nothing to do with each other, and you do not let all verified employers find you."))
    return found
