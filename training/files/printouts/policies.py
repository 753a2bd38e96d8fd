"""Whose documents one sees: only one's own, in the capacity one acts in."""

from sqlalchemy import Select, false, select

from training.files.printouts.models import OWN, Printout
from training.kernel.policy import Actor, Learner, Member, System


def visible_to(actor: Actor) -> Select[Printout]:
    """One's own."""
    match actor:
        case System():
            return select(Printout)
        case Member(account_id=me, organisation_id=here):
            return select(Printout).where(Printout.account_id == me, Printout.organisation_id == here)
        case Learner(account_id=me):
            return select(Printout).where(Printout.account_id == me, Printout.organisation_id == OWN)
        case _:
            return select(Printout).where(false())


def can_ask(actor: Actor, subject: object = None) -> bool:
    """Members and trainees; what of, the document's own noun decides."""
    return isinstance(actor, Member | Learner)


def can_see(actor: Actor, printout: Printout) -> bool:
    """Only whoever asked for it."""
    return isinstance(actor, Member | Learner) and printout.account_id == actor.account_id
