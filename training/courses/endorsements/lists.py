"""What schools asked an employer to endorse, as a list."""

from sqlalchemy import ColumnElement, Select
from sqlalchemy.orm import contains_eager, joinedload

from training.courses.endorsements.models import Endorsement
from training.courses.endorsements.policies import can_list, visible_to
from training.courses.endorsements.workflow import State
from training.courses.programmes.models import Programme, ProgrammeVersion
from training.kernel.i18n import _l
from training.kernel.listings import Listing, Order, OutColumn, Sort, of_kind
from training.kernel.policy import Actor, Member


def rows(actor: Actor) -> Select[Endorsement]:
    """The endorsements that the actor's own organisation was asked for, with the programmes."""
    mine = actor.organisation_id if isinstance(actor, Member) else 0
    query = visible_to(actor).join(Endorsement.programme_version).join(ProgrammeVersion.programme)
    return query.where(Endorsement.employer_id == mine)


def word(text: str) -> ColumnElement[bool]:
    """A part of the programme's title, or the beginning of its code."""
    return Programme.title_key.contains(text, autoescape=True) | Programme.code.startswith(text, autoescape=True)


ENDORSEMENTS = Listing(
    name="endorsements",
    title=_l("Endorsements"),
    endpoint="courses.endorsements.listed",
    may=can_list,
    rows=rows,
    key=Endorsement.id,
    loads=(
        contains_eager(Endorsement.programme_version).contains_eager(ProgrammeVersion.programme).joinedload(Programme.school),
        joinedload(Endorsement.occupation),
    ),
    words=_l("Programme or code"),
    word=word,
    filters=(of_kind("state", _l("State"), Endorsement.state, State),),
    sorts=(
        Sort("asked", _l("Asked"), Order.DAY, (Endorsement.asked_on,)),
        Sort("programme", _l("Programme"), Order.TEXT, (Programme.title_key,)),
    ),
    first="-asked",
    columns=(
        OutColumn(_l("Code"), lambda row: row.programme_version.programme.code),
        OutColumn(_l("Programme"), lambda row: row.programme_version.programme.title),
        OutColumn(_l("School"), lambda row: row.programme_version.programme.school.short_name),
        OutColumn(_l("Occupation"), lambda row: row.occupation.title),
        OutColumn(_l("Asked"), lambda row: row.asked_on),
        OutColumn(_l("Endorsed on"), lambda row: row.given_on),
        OutColumn(_l("Valid until"), lambda row: row.valid_until),
        OutColumn(_l("State"), lambda row: row.state),
    ),
)
