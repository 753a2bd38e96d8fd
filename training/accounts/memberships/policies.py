"""Who sees and changes the members of an organisation."""

from collections.abc import Sequence

from sqlalchemy import Select, false, select

from training.accounts.memberships.models import Membership
from training.kernel.i18n import LazyString, _l
from training.kernel.policy import ROLES_OF, Actor, Bearer, Learner, Member, OrganisationKind, Role, System, Visitor, holds
from training.kernel.wiring import Charge
from training.organisations.models import Organisation


def visible_to(actor: Actor) -> Select[Membership]:
    """The members of one's own organisation; one's own memberships."""
    match actor:
        case System():
            return select(Membership)
        case Member(organisation_id=mine):
            return select(Membership).where(Membership.organisation_id == mine)
        case Visitor(account_id=int(me)) | Learner(account_id=me):
            return select(Membership).where(Membership.account_id == me)
        case Bearer() | Visitor():
            return select(Membership).where(false())
        case _:
            return select(Membership).where(false())


def leading(kind: OrganisationKind) -> Role:
    """The role that an organisation of this kind never loses its last holder of."""
    return ROLES_OF[kind][0]


def can_list(actor: Actor, subject: object = None) -> bool:
    """Every member sees who else is one."""
    return isinstance(actor, Member)


def can_give(actor: Actor, organisation: Organisation) -> bool:
    """Those who lead the organisation take people in; the system builds the demonstration."""
    return isinstance(actor, System) or holds(actor, leading(organisation.kind), at=organisation.id)


def can_end(actor: Actor, membership: Membership) -> bool:
    """Those who lead the organisation, or the person."""
    if not isinstance(actor, Member) or actor.organisation_id != membership.organisation_id:
        return False
    return leading(actor.kind) in actor.roles or actor.account_id == membership.account_id


def can_hand_over(actor: Actor, membership: Membership) -> bool:
    """Those who lead the organisation, or the person."""
    return can_end(actor, membership)


def can_show(actor: Actor, membership: Membership) -> bool:
    """Every member sees who does what in their organisation."""
    return isinstance(actor, Member) and actor.organisation_id == membership.organisation_id


def why_not_give(organisation: Organisation, role: Role) -> list[str | LazyString]:
    """The role must be one of the organisation's kind."""
    return [] if role in ROLES_OF[organisation.kind] else [_l("%(role)s is no role here.", role=role.label)]


def why_not_hand_over(membership: Membership, *, passing: Sequence[tuple[Charge, Membership | None]]) -> list[str | LazyString]:
    """Something is handed over, each kind to another present member of the organisation who may answer for it, or to nobody where that may be."""
    if not passing:
        return [_l("Choose who takes over at least one kind.")]
    found: list[str | LazyString] = []
    for charge, to in passing:
        if to is None:
            if charge.unnamed is None:
                found.append(_l("This needs a person, choose a colleague: %(charge)s.", charge=charge.label))
        elif to.id == membership.id or to.organisation_id != membership.organisation_id or to.ended_on is not None:
            found.append(_l("Choose a colleague who is a member now."))
        elif to.role not in charge.roles:
            words = {"person": to.name, "role": _said(to.role), "charge": charge.label}
            found.append(_l("%(person)s is %(role)s here and cannot take this over: %(charge)s.", **words))
    return found


def why_not_end(membership: Membership, *, leaders: int, held: int) -> list[str | LazyString]:
    """Nothing is left with somebody who is gone, and an organisation keeps its last leader."""
    if membership.ended_on is not None:
        return [_l("This membership has ended already.")]
    if held:
        return [
            _l(
                "%(person)s still answers for something here (%(count)d). Hand it over to a colleague first.",
                person=membership.name,
                count=held,
            )
        ]
    if membership.role is leading(membership.organisation.kind) and leaders <= 1:
        return [
            _l(
                "%(person)s is the last %(role)s. Give somebody else the role first.",
                person=membership.name,
                role=_said(membership.role),
            )
        ]
    return []


def _said(role: Role) -> str:
    return str(role.label).lower()
