"""Finding pairs of records, and what stands in the way of merging them."""

from collections.abc import Collection, Sequence

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import joinedload

from training.kernel.db import NotFound, db
from training.kernel.policy import Actor, Member
from training.trainees.disclosures.policies import live
from training.trainees.erasures.models import ErasureRequest
from training.trainees.erasures.workflow import State as ErasureState
from training.trainees.merges import finding, references
from training.trainees.merges.models import Pair
from training.trainees.merges.policies import Couple, can_list, visible_to
from training.trainees.merges.workflow import WORDS, State
from training.trainees.profiles.models import Trainee

MOST = finding.MOST
DECIDED = 50
"""Pairs that were decided on, as the list shows them."""


def probable(actor: Member) -> Sequence[finding.Probable]:
    """The pairs of the actor's school that are probably one person each."""
    return finding.probable(actor)


def decided(actor: Actor) -> Sequence[Pair]:
    """The pairs that were merged or told apart, the newest first."""
    query = visible_to(actor).where(Pair.state.in_((State.MERGED, State.APART)))
    people = (joinedload(Pair.first), joinedload(Pair.second))
    return db.session.scalars(query.options(*people).order_by(Pair.id.desc()).limit(DECIDED)).all()


def couple(actor: Actor, first_id: int, second_id: int) -> Couple:
    """Two records that both belong to the actor's school, one at least to its list, with their accounts and schools."""
    if not isinstance(actor, Member) or not can_list(actor) or first_id >= second_id:
        raise NotFound
    mine = actor.organisation_id
    said = db.session.scalars(visible_to(actor).where(Pair.first_id == first_id, Pair.second_id == second_id)).one_or_none()
    belongs = or_(Trainee.school_id == mine, and_(Trainee.school_id.is_(None), live(mine)))
    if said is not None and said.state is State.MERGED:
        belongs = or_(belongs, exists().where(Pair.id == said.id, or_(Pair.first_id == Trainee.id, Pair.second_id == Trainee.id)))
    query = (
        select(Trainee)
        .where(Trainee.id.in_((first_id, second_id)), belongs)
        .options(joinedload(Trainee.account), joinedload(Trainee.school))
    )
    found = db.session.scalars(query.order_by(Trainee.id)).all()
    merged = said is not None and said.state is State.MERGED
    if len(found) != 2 or all(one.school_id != mine for one in found) or any(one.merged_into_id and not merged for one in found):
        raise NotFound
    return Couple(mine, found[0], found[1], said)


def pair(actor: Actor, pair_id: int) -> Pair:
    """One pair with both people."""
    query = visible_to(actor).where(Pair.id == pair_id).options(joinedload(Pair.first), joinedload(Pair.second))
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def of(couple: Couple) -> Pair | None:
    """What was said of the two, as it stands now."""
    query = select(Pair).where(Pair.first_id == couple.first.id, Pair.second_id == couple.second.id)
    return db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def erasing(couple: Couple) -> Collection[int]:
    """Those of the two who have asked for erasure, or were erased."""
    ids = (couple.first.id, couple.second.id)
    states = (ErasureState.ASKED, ErasureState.ERASED)
    return set(
        db.session.scalars(select(ErasureRequest.trainee_id).where(ErasureRequest.trainee_id.in_(ids), ErasureRequest.state.in_(states)))
    )


def counts(couple: Couple) -> Sequence[tuple[str, int, int]]:
    """What lies with each of the two, in words: kind, and how many of the first and of the second."""
    found = references.counts((couple.first.id, couple.second.id))
    order = list(WORDS)
    if couple.state is State.MERGED:
        found = {name: numbers for name, numbers in found.items() if name != Trainee.__tablename__}
    names = sorted(found, key=lambda name: (order.index(name) if name in order else len(order), name))
    return [(str(WORDS.get(name, name)), found[name].get(couple.first.id, 0), found[name].get(couple.second.id, 0)) for name in names]


def clashes(couple: Couple) -> Collection[str]:
    """The kinds of rows of both that cannot be one person's."""
    return references.clashes(couple.first.id, couple.second.id)


def built_on(couple: Couple) -> Collection[str]:
    """What was made since out of what a merge moved."""
    return references.built_on(couple.pair, kept_id=couple.kept.id) if couple.pair is not None else ()
