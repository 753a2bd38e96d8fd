"""The credentials that a school issued, as a list."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_

from training.courses.credentials.models import Credential
from training.courses.credentials.policies import can_list, visible_to
from training.courses.credentials.workflow import SOON, State, Term
from training.kernel import clock
from training.kernel.i18n import _l
from training.kernel.listings import Filter, Listing, Order, OutColumn, Sort, of_kind


def word(text: str) -> Any:
    """A part of the holder's name or of the number."""
    return Credential.holder_key.contains(text, autoescape=True) | Credential.number.contains(text, autoescape=True)


def by_term(values: Sequence[str]) -> ColumnElement[bool] | None:
    """Valid ones whose end is near, or over."""
    today = clock.today()
    near = Credential.valid_until.between(today, today + timedelta(days=SOON))
    told = {Term.EXPIRING: near, Term.EXPIRED: Credential.valid_until < today}
    chosen = [condition for term, condition in told.items() if term.value in values]
    return and_(Credential.state == State.ISSUED, or_(*chosen)) if chosen else None


CREDENTIALS = Listing(
    name="credentials",
    title=_l("Credentials"),
    endpoint="courses.credentials.listed",
    may=can_list,
    rows=visible_to,
    key=Credential.id,
    words=_l("Holder or number"),
    word=word,
    filters=(
        of_kind("state", _l("State"), Credential.state, State, otherwise=Credential.state != State.DROPPED),
        Filter("term", _l("Validity"), by_term, lambda actor, subject: [(one.value, one.label) for one in Term]),
    ),
    sorts=(
        Sort("issued", _l("Issued"), Order.DAY, (Credential.issued_on,)),
        Sort("until", _l("Valid until"), Order.DAY, (Credential.valid_until.is_(None), Credential.valid_until)),
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
        OutColumn(_l("Valid until"), lambda row: row.valid_until),
        OutColumn(_l("State"), lambda row: row.state),
    ),
)
