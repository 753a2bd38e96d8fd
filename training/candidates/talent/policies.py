"""Who may look for people, and whom they find: those who let all verified employers find them, and no one else."""

from sqlalchemy import Select, exists, false, select

from training.candidates.vacancies.models import Vacancy
from training.candidates.vacancies.policies import RECRUITERS
from training.candidates.vacancies.workflow import State
from training.kernel.i18n import LazyString, _l
from training.kernel.policy import Actor, Member, OrganisationKind, holds
from training.organisations.models import Organisation
from training.organisations.workflow import State as OrganisationState
from training.trainees.disclosures import policies as disclosures
from training.trainees.profiles.models import Trainee


def visible_to(actor: Actor) -> Select[Trainee]:
    """To those who recruit for a verified employer: whoever lets all verified employers find them; minors with consent."""
    match actor:
        case Member(kind=OrganisationKind.EMPLOYER, organisation_id=here, roles=roles) if not roles.isdisjoint(RECRUITERS):
            verified = exists().where(Organisation.id == here, Organisation.state == OrganisationState.VERIFIED)
            return disclosures.visible_to(actor).where(disclosures.to_all_employers(), verified)
        case _:
            return select(Trainee).where(false())


def can_list(actor: Actor, employer: Organisation) -> bool:
    """Those who recruit for an employer."""
    return employer.kind is OrganisationKind.EMPLOYER and holds(actor, *RECRUITERS, at=employer.id)


def can_show(actor: Actor, trainee: Trainee) -> bool:
    """Those who recruit, for whom the row scope has let the person through."""
    return isinstance(actor, Member) and actor.kind is OrganisationKind.EMPLOYER and not actor.roles.isdisjoint(RECRUITERS)


def can_invite(actor: Actor, trainee: Trainee) -> bool:
    """As for seeing the person."""
    return can_show(actor, trainee)


def why_not_invite(vacancy: Vacancy, *, invited: bool, applied: bool) -> list[str | LazyString]:
    """Once for a vacancy, while it is live, and not when they have applied."""
    if vacancy.state is not State.LIVE:
        return [_l("This vacancy is not live. Invite to one that is.")]
    if applied:
        return [_l("This person has applied for it already. Look at the board.")]
    if invited:
        return [_l("This person has been invited to it already.")]
    return []
