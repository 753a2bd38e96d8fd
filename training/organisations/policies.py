"""Who sees which organisation, and who decides over it."""

from sqlalchemy import Select, and_, false, or_, select

from training.kernel.i18n import LazyString, _l
from training.kernel.policy import Actor, Bearer, Learner, Member, OrganisationKind, Role, System, Visitor, holds, own_account
from training.organisations.models import Organisation
from training.organisations.workflow import State


def visible_to(actor: Actor) -> Select[Organisation]:
    """Verified ones to everybody; one's own, and those an authority or the operator looks after, in any state."""
    known = Organisation.state == State.VERIFIED
    match actor:
        case Member(kind=OrganisationKind.OPERATOR) | System():
            return select(Organisation)
        case Member(organisation_id=mine):
            return select(Organisation).where(or_(known, Organisation.id == mine, Organisation.authority_id == mine))
        case Learner() | Visitor():
            return select(Organisation).where(and_(known, Organisation.kind.in_([OrganisationKind.SCHOOL, OrganisationKind.EMPLOYER])))
        case Bearer():
            return select(Organisation).where(known)
        case _:
            return select(Organisation).where(false())


def leads(actor: Actor, organisation: Organisation) -> bool:
    """Whether the actor holds the organisation's leading role."""
    return holds(actor, Role.MANAGER, Role.COORDINATOR, Role.OPERATOR, at=organisation.id)


def can_found(actor: Actor, subject: object = None) -> bool:
    """Anybody with an account registers an organisation; it is verified afterwards."""
    return isinstance(actor, System) or own_account(actor)


def can_add_park(actor: Actor, subject: object = None) -> bool:
    """Parks are reference data."""
    return isinstance(actor, System)


def can_edit(actor: Actor, organisation: Organisation) -> bool:
    """Those who lead it change its details."""
    return leads(actor, organisation)


def can_dismiss_steps(actor: Actor, organisation: Organisation) -> bool:
    """Those who lead it are shown its first steps and put them away."""
    return leads(actor, organisation)


def can_restore_steps(actor: Actor, organisation: Organisation) -> bool:
    """Those who lead it bring them back."""
    return leads(actor, organisation)


def can_see_all(actor: Actor, subject: object = None) -> bool:
    """The list of all organisations in every state is for authorities and the operator."""
    return isinstance(actor, Member) and actor.kind in {OrganisationKind.AUTHORITY, OrganisationKind.OPERATOR}


def can_verify(actor: Actor, organisation: Organisation) -> bool:
    """The coordinator of its authority verifies it."""
    return holds(actor, Role.COORDINATOR, at=organisation.authority_id)


def can_suspend(actor: Actor, organisation: Organisation) -> bool:
    """The coordinator of its authority suspends it."""
    return can_verify(actor, organisation)


def can_reinstate(actor: Actor, organisation: Organisation) -> bool:
    """The coordinator of its authority takes it up again."""
    return can_verify(actor, organisation)


def can_close(actor: Actor, organisation: Organisation) -> bool:
    """The coordinator of its authority closes it."""
    return can_verify(actor, organisation)


def why_not_verify(organisation: Organisation) -> list[str | LazyString]:
    """An address is needed: people will be sent there."""
    return [] if organisation.address else [_l("Its address is missing. Ask the organisation to fill it in.")]


def why_not_publish(organisation: Organisation) -> list[str | LazyString]:
    """What keeps an organisation from publishing anything."""
    return (
        [] if organisation.active else [_l("%(organisation)s publishes after it has been verified.", organisation=organisation.short_name)]
    )
