"""Making the keys that badges are signed with, and changing them."""

from collections.abc import Sequence

from sqlalchemy.exc import IntegrityError

from training.audit.services import record
from training.courses.badges import policies, queries, sealing
from training.courses.badges.models import SigningKey
from training.courses.badges.sealing import Made
from training.courses.badges.workflow import Algorithm, Event
from training.kernel import clock
from training.kernel.db import db, transaction
from training.kernel.policy import System, authorise


def ensure_keys(actor: System) -> int:
    """Makes the keys that there are none of yet; returns how many."""
    return _keep(actor, [sealing.made(one) for one in Algorithm if queries.current(one) is None])


@transaction()
def _keep(actor: System, pairs: Sequence[Made]) -> int:
    authorise(policies.can_keep, actor, None)
    kept = 0
    for pair in pairs:
        try:
            with db.session.begin_nested():
                db.session.add(key := _row(pair))
        except IntegrityError:
            continue  # somebody else has just made one
        record(actor, Event.MADE, key)
        kept += 1
    return kept


def rotate_keys(actor: System) -> int:
    """From now on new keys sign; the old ones forget how, and their public halves stay published. Returns how many are new."""
    return _change(actor, [sealing.made(one) for one in Algorithm])


@transaction()
def _change(actor: System, pairs: Sequence[Made]) -> int:
    authorise(policies.can_keep, actor, None)
    for pair in pairs:
        before = queries.current(pair.algorithm)
        if before is not None:
            before.retired_at, before.sealed = clock.now(), None
            db.session.flush()  # there is one current key at a time
            record(actor, Event.RETIRED, before)
    return _keep(actor, pairs)


def _row(pair: Made) -> SigningKey:
    return SigningKey(name=pair.name, algorithm=pair.algorithm, public=pair.public, sealed=pair.sealed, made_at=clock.now())
