"""Who merges records of trainees, and what stands in the way."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Select, false, select

from training.accounts.models import Account
from training.kernel.i18n import LazyString, _l
from training.kernel.policy import Actor, Member, OrganisationKind, Role, System, holds
from training.trainees.merges.models import Pair
from training.trainees.merges.workflow import CLASHES, WORDS, State
from training.trainees.profiles.models import Trainee


@dataclass
class Couple:
    """Two records that a school looks at side by side, and what it has said of them, if anything."""

    school_id: int
    first: Trainee
    second: Trainee
    pair: Pair | None

    @property
    def state(self) -> State:
        """What was said of them last."""
        return self.pair.state if self.pair is not None else State.OPEN

    @property
    def both(self) -> tuple[Trainee, Trainee]:
        """The two, by key."""
        return self.first, self.second

    @property
    def kept(self) -> Trainee:
        """The one that is kept, of a pair that is merged."""
        return self.first if self.pair is not None and self.pair.kept_id == self.first.id else self.second

    def other(self, one: Trainee) -> Trainee:
        """The one beside it."""
        return self.second if one.id == self.first.id else self.first


def visible_to(actor: Actor) -> Select[Pair]:
    """Those of one's school, to its managers."""
    match actor:
        case System():
            return select(Pair)
        case Member(kind=OrganisationKind.SCHOOL, organisation_id=mine, roles=roles) if Role.MANAGER in roles:
            return select(Pair).where(Pair.school_id == mine)
        case _:
            return select(Pair).where(false())


def can_list(actor: Actor, subject: object = None) -> bool:
    """A school's managers."""
    return isinstance(actor, Member) and actor.kind is OrganisationKind.SCHOOL and Role.MANAGER in actor.roles


def can_show(actor: Actor, couple: Couple) -> bool:
    """The managers of the school that both belong to."""
    return can_list(actor) and holds(actor, Role.MANAGER, at=couple.school_id)


def can_tell_apart(actor: Actor, couple: Couple) -> bool:
    """As for looking at them."""
    return can_show(actor, couple)


def can_reconsider(actor: Actor, couple: Couple) -> bool:
    """As for looking at them."""
    return can_show(actor, couple)


def can_merge(actor: Actor, couple: Couple) -> bool:
    """As for looking at them."""
    return can_show(actor, couple)


def can_undo(actor: Actor, couple: Couple) -> bool:
    """As for looking at them."""
    return can_show(actor, couple)


def why_not_merge(couple: Couple, *, clashes: Collection[str], erasing: Collection[int]) -> list[str | LazyString]:
    """What stands in the way whichever of the two is kept."""
    found: list[str | LazyString] = []
    if couple.state is State.APART:
        found.append(_l("It was said that these are two people. Reconsider that first."))
    if all(signs_in(one.account) for one in couple.both):
        found.append(_l("Both have an account that signs in. Ask the person which one they use, and have the operator block the other."))
    found.extend(
        _l("%(trainee)s has asked for erasure. That is answered first.", trainee=one.name) for one in couple.both if one.id in erasing
    )
    return [*found, *(clash(table) for table in clashes)]


def clash(table: str) -> LazyString:
    """Why rows of a table that both have cannot be one person's."""
    return CLASHES.get(table) or _l("Both have what a person can have only once: %(what)s.", what=WORDS.get(table, table))


def why_not_keep(couple: Couple, kept: Trainee) -> list[str | LazyString]:
    """What stands in the way of keeping this one of the two."""
    gone = couple.other(kept)
    found: list[str | LazyString] = []
    if kept.school_id != couple.school_id:
        found.append(_l("Only the other record is on your school's list: keep that one, and what this one has comes with it."))
    if signs_in(gone.account) and kept.account is not None and not signs_in(kept.account):
        found.append(_l("The account of this record is blocked and the other's is not: keep the other."))
    return found


def signs_in(account: Account | None) -> bool:
    """Whether somebody can use the account."""
    return account is not None and account.blocked_at is None


def why_not_undo(couple: Couple, *, erased: Collection[int], built: Collection[str]) -> list[str | LazyString]:
    """What happened since that makes it impossible."""
    pair, kept = couple.pair, couple.kept
    found: list[str | LazyString] = []
    if kept.merged_into_id is not None:
        found.append(_l("The record that was kept has itself been merged into another since. Undo that first."))
    if kept.id in erased:
        found.append(_l("The person has asked for erasure or was erased since."))
    if pair is not None and pair.account_id is not None and kept.account_id != pair.account_id:
        found.append(_l("The account that came along belongs to another record by now."))
    found.extend(
        _l("Since then something new was made out of what was moved: %(what)s. Undoing would tear it apart.", what=WORDS.get(table, table))
        for table in built
    )
    return found
