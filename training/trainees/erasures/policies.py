"""Who asks to be erased, who sees that, and who carries it out."""

from sqlalchemy import Select, false, select

from training.kernel.i18n import LazyString, _l
from training.kernel.policy import Actor, Learner, Member, OrganisationKind, Role, System
from training.trainees.erasures.models import ErasureRequest
from training.trainees.profiles.models import Trainee


def visible_to(actor: Actor) -> Select[ErasureRequest]:
    """One's own; those of a school's trainees to its managers; all to the operator."""
    match actor:
        case System():
            return select(ErasureRequest)
        case Learner(trainee_id=me):
            return select(ErasureRequest).where(ErasureRequest.trainee_id == me)
        case Member(kind=OrganisationKind.SCHOOL, organisation_id=mine, roles=roles) if Role.MANAGER in roles:
            return select(ErasureRequest).where(ErasureRequest.school_id == mine)
        case Member(kind=OrganisationKind.OPERATOR):
            return select(ErasureRequest)
        case _:
            return select(ErasureRequest).where(false())


def can_list(actor: Actor, subject: object = None) -> bool:
    """A school's managers and the operator."""
    return isinstance(actor, Member) and (
        actor.kind is OrganisationKind.OPERATOR or (actor.kind is OrganisationKind.SCHOOL and Role.MANAGER in actor.roles)
    )


def can_show(actor: Actor, request: ErasureRequest) -> bool:
    """A school's managers and the operator, for whom the row scope has let it through."""
    return can_list(actor)


def can_ask(actor: Actor, trainee: Trainee) -> bool:
    """The person."""
    return isinstance(actor, Learner) and actor.trainee_id == trainee.id


def can_withdraw(actor: Actor, request: ErasureRequest) -> bool:
    """The person, until it is done."""
    return isinstance(actor, Learner) and actor.trainee_id == request.trainee_id


def can_erase(actor: Actor, request: ErasureRequest) -> bool:
    """Whoever runs the installation, by a command."""
    return isinstance(actor, System)


def why_not_ask(open_request: ErasureRequest | None) -> list[str | LazyString]:
    """Once."""
    return [_l("You have asked already. It is answered within 30 days.")] if open_request is not None else []


def why_not_erase(stops: list[str | LazyString], *, is_member: bool) -> list[str | LazyString]:
    """What the person still does here ends first."""
    if is_member:
        return [*stops, _l("The account is a member of an organisation. It leaves that first.")]
    return stops
