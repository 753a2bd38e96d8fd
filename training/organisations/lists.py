"""All organisations of the region, as a list."""

from collections.abc import Sequence
from typing import Any

from training.kernel.db import db
from training.kernel.i18n import _l
from training.kernel.listings import Listing, Order, OutColumn, Sort, of_kind, of_text
from training.kernel.policy import Actor, OrganisationKind
from training.organisations.models import Organisation
from training.organisations.policies import can_see_all, visible_to
from training.organisations.workflow import State


def word(text: str) -> Any:
    """A part of the name, or the whole tax number."""
    return Organisation.name_key.contains(text, autoescape=True) | (Organisation.inn == text)


def towns(actor: Actor, subject: object) -> Sequence[tuple[str, str]]:
    """Where they are."""
    query = visible_to(actor).with_only_columns(Organisation.town).distinct().order_by(Organisation.town)
    return [(town, town) for town in db.session.scalars(query.limit(40))]


ORGANISATIONS = Listing(
    name="organisations",
    title=_l("Organisations"),
    endpoint="organisations.listed",
    may=can_see_all,
    rows=visible_to,
    key=Organisation.id,
    words=_l("Name or tax number"),
    word=word,
    filters=(
        of_kind("kind", _l("What it is"), Organisation.kind, OrganisationKind),
        of_kind("state", _l("State"), Organisation.state, State),
        of_text("town", _l("Town"), Organisation.town, towns),
    ),
    sorts=(
        Sort("name", _l("Name"), Order.TEXT, (Organisation.name_key,)),
        Sort("town", _l("Town"), Order.TEXT, (Organisation.town, Organisation.name_key)),
    ),
    first="name",
    columns=(
        OutColumn(_l("Organisation"), lambda row: row.short_name),
        OutColumn(_l("Legal name"), lambda row: row.legal_name),
        OutColumn(_l("What it is"), lambda row: row.kind),
        OutColumn(_l("Town"), lambda row: row.town),
        OutColumn(_l("Tax number"), lambda row: row.inn),
        OutColumn(_l("State"), lambda row: row.state),
    ),
)
