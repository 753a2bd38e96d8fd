"""The credentials that a school issued, as a list."""

from typing import Any

from sqlalchemy import func

from training.courses.credentials.models import Credential
from training.courses.credentials.policies import can_list, visible_to
from training.courses.credentials.workflow import State
from training.kernel.i18n import _l
from training.kernel.listings import Listing, Order, OutColumn, Sort, of_kind


def word(text: str) -> Any:
    """A part of the holder's name or of the number."""
    return Credential.holder_key.contains(text, autoescape=True) | Credential.number.contains(text, autoescape=True)


CREDENTIALS = Listing(
    name="credentials",
    title=_l("Credentials"),
    endpoint="courses.credentials.listed",
    may=can_list,
    rows=visible_to,
    key=Credential.id,
    words=_l("Holder or number"),
    word=word,
    filters=(of_kind("state", _l("State"), Credential.state, State, otherwise=Credential.state != State.DROPPED),),
    sorts=(
        Sort("issued", _l("Issued"), Order.DAY, (Credential.issued_on,)),
        Sort("holder", _l("Holder"), Order.TEXT, (Credential.holder_key,)),
        Sort("number", _l("Number"), Order.NUMBER, (func.coalesce(Credential.number, ""),)),
    ),
    first="-issued",
    columns=(
        OutColumn(_l("Number"), lambda row: row.number),
        OutColumn(_l("Holder"), lambda row: row.holder),
        OutColumn(_l("Programme"), lambda row: row.title),
        OutColumn(_l("Qualification"), lambda row: row.qualification),
        OutColumn(_l("Hours"), lambda row: row.hours),
        OutColumn(_l("Issued"), lambda row: row.issued_on),
        OutColumn(_l("State"), lambda row: row.state),
    ),
)
