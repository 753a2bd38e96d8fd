"""Requests to be erased, as the school's managers and the operator list them."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from training.kernel.db import db
from training.kernel.i18n import _l
from training.kernel.listings import Listing, Order, OutColumn, Sort, of_key, of_kind
from training.kernel.policy import Actor
from training.organisations.models import Organisation
from training.trainees.erasures.models import ErasureRequest
from training.trainees.erasures.policies import can_list, visible_to
from training.trainees.erasures.workflow import State
from training.trainees.profiles.models import Trainee


def rows(actor: Actor) -> Select[ErasureRequest]:
    """What the actor may see, with the people who ask."""
    return visible_to(actor).join(ErasureRequest.trainee)


def schools(actor: Actor, subject: object) -> Sequence[tuple[int, str]]:
    """The schools whose trainees ask, by name."""
    asked = visible_to(actor).with_only_columns(ErasureRequest.school_id)
    query = select(Organisation.id, Organisation.short_name).where(Organisation.id.in_(asked))
    return [(key, name) for key, name in db.session.execute(query.order_by(Organisation.name_key, Organisation.id).limit(60))]


ERASURES = Listing(
    name="erasures",
    title=_l("Requests for erasure"),
    endpoint="trainees.erasures.listed",
    may=can_list,
    rows=rows,
    key=ErasureRequest.id,
    loads=(contains_eager(ErasureRequest.trainee), joinedload(ErasureRequest.school)),
    words=_l("Name"),
    word=lambda text: Trainee.name_key.contains(text, autoescape=True),
    filters=(
        of_kind("state", _l("State"), ErasureRequest.state, State),
        of_key("school", _l("School"), ErasureRequest.school_id, schools),
    ),
    sorts=(Sort("asked", _l("Asked for"), Order.DAY, (ErasureRequest.id,)),),
    first="-asked",
    columns=(
        OutColumn(_l("Trainee"), lambda row: row.trainee.name),
        OutColumn(_l("School"), lambda row: row.school.short_name if row.school else None),
        OutColumn(_l("Asked for"), lambda row: row.asked_at),
        OutColumn(_l("To be answered by"), lambda row: row.due_at if row.state is State.ASKED else None),
        OutColumn(_l("Erased"), lambda row: row.erased_at),
        OutColumn(_l("Records that the law keeps"), lambda row: row.holds if row.state is State.ERASED else None),
        OutColumn(_l("State"), lambda row: row.state),
    ),
)
