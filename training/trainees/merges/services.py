"""Telling records apart, merging them, and giving everything back."""

from sqlalchemy.exc import IntegrityError

from training.audit.services import record
from training.kernel import clock
from training.kernel.db import Stale, db, hold, transaction
from training.kernel.db.transaction import reread
from training.kernel.i18n import _l
from training.kernel.policy import Actor, NotNow, authorise, require
from training.notices.services import notify
from training.trainees.merges import policies, queries, references
from training.trainees.merges.models import Pair
from training.trainees.merges.policies import Couple
from training.trainees.merges.workflow import LIFECYCLE, Event, Notice, State
from training.trainees.profiles.models import Trainee
from training.trainees.profiles.queries import reach
from training.turns.services import begin, move

FILLED = ("email", "phone", "town", "schooling", "about", "group_code")
"""What the record that is kept takes from the other where it says nothing itself."""


@transaction()
def tell_apart(actor: Actor, couple: Couple) -> None:
    """These are two people; they are not shown as one again."""
    authorise(policies.can_tell_apart, actor, couple)
    pair = _locked(actor, couple)
    move(actor, LIFECYCLE, "tell_apart", pair)
    record(actor, Event.TOLD_APART, pair, first=pair.first_id, second=pair.second_id)


@transaction()
def reconsider(actor: Actor, couple: Couple) -> None:
    """Perhaps they are one after all."""
    authorise(policies.can_reconsider, actor, couple)
    pair = _locked(actor, couple)
    move(actor, LIFECYCLE, "reconsider", pair)
    record(actor, Event.RECONSIDERED, pair, first=pair.first_id, second=pair.second_id)


@transaction()
def merge(actor: Actor, couple: Couple, *, keep: int) -> Trainee:
    """Everything that lies with one record goes over to the one that is kept; each row is written down, so that it can go back."""
    authorise(policies.can_merge, actor, couple)
    pair = _locked(actor, couple)
    kept = next(one for one in couple.both if one.id == keep)
    gone = couple.other(kept)
    if kept.merged_into_id is not None or gone.merged_into_id is not None:
        raise NotNow(_l("One of the two was merged in the meantime."))
    require(policies.why_not_merge(couple, clashes=queries.clashes(couple), erasing=queries.erasing(couple)))
    require(policies.why_not_keep(couple, kept), field="keep")
    move(actor, LIFECYCLE, "merge", pair)
    pair.kept_id, pair.merged_at = kept.id, clock.now()
    _take_account(pair, kept, gone)
    pair.filled = {"columns": [name for name in FILLED if getattr(kept, name) is None and getattr(gone, name) is not None]}
    for name in pair.filled["columns"]:
        setattr(kept, name, getattr(gone, name))
    gone.merged_into_id = kept.id
    db.session.flush()  # what is moved names the record that is kept
    try:
        rows = references.move(pair, kept_id=kept.id, gone_id=gone.id)
    except IntegrityError:
        raise Stale from None
    record(actor, Event.MERGED, pair, kept=kept.id, other=gone.id, rows=rows)
    record(actor, Event.TAKEN_IN, kept, other=gone.id, rows=rows)
    notify(Notice.MERGED, kept, to=reach(kept))
    return kept


@transaction()
def undo(actor: Actor, couple: Couple) -> None:
    """The record given up has back exactly what was its own."""
    authorise(policies.can_undo, actor, couple)
    pair = _locked(actor, couple)
    if pair.state is not State.MERGED:
        raise NotNow(_l("The two are not merged."))
    kept = couple.kept
    gone = couple.other(kept)
    require(policies.why_not_undo(couple, erased=queries.erasing(couple), built=queries.built_on(couple)))
    move(actor, LIFECYCLE, "undo", pair)
    to, account_id, filled = reach(kept), pair.account_id, (pair.filled or {}).get("columns", [])
    pair.kept_id = pair.account_id = pair.filled = pair.merged_at = None
    gone.merged_into_id = None
    for name in filled:
        if getattr(kept, name) == getattr(gone, name):
            setattr(kept, name, None)
    if account_id is not None:
        kept.account_id = None
        db.session.flush()  # an account is one record's at a time
        gone.account_id = account_id
    db.session.flush()  # what goes back names a record that stands by itself again
    rows = references.give_back(pair, kept_id=kept.id, gone_id=gone.id)
    record(actor, Event.UNDONE, pair, kept=kept.id, other=gone.id, rows=rows)
    record(actor, Event.GIVEN_BACK, kept, other=gone.id, rows=rows)
    notify(Notice.UNDONE, kept, to=to)


def _take_account(pair: Pair, kept: Trainee, gone: Trainee) -> None:
    """Whoever signed in as the record given up signs in as the one that is kept."""
    if kept.account_id is None and gone.account_id is not None:
        pair.account_id, gone.account_id = gone.account_id, None
        db.session.flush()  # an account is one record's at a time
        kept.account_id = pair.account_id


def _locked(actor: Actor, couple: Couple) -> Pair:
    """Both records as they are now, locked by key, and what was said of them, which begins here if nothing was."""
    hold(*couple.both)
    for one in couple.both:
        reread(db.session, one)
    couple.pair = queries.of(couple)
    if couple.pair is None:
        couple.pair = Pair(school_id=couple.school_id, first_id=couple.first.id, second_id=couple.second.id)
        db.session.add(couple.pair)
        begin(actor, LIFECYCLE, couple.pair)
    return couple.pair
