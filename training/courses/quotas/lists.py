"""Quotas of the schools of a region, as a list."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select
from sqlalchemy.orm import contains_eager

from training.courses.quotas.models import Quota
from training.courses.quotas.policies import can_list, visible_to
from training.kernel.db import db
from training.kernel.i18n import _l
from training.kernel.listings import Listing, Order, OutColumn, Sort, of_key
from training.kernel.policy import Actor
from training.organisations.models import Organisation


def rows(actor: Actor) -> Select[Quota]:
    """The quotas with their schools."""
    return visible_to(actor).join(Quota.school)


def word(text: str) -> ColumnElement[bool]:
    """The beginning of the code, or a part of the school's name."""
    return Quota.code.startswith(text, autoescape=True) | Organisation.name_key.contains(text, autoescape=True)


def schools(actor: Actor, subject: object) -> Sequence[tuple[str, str]]:
    """The schools that have any."""
    query = rows(actor).with_only_columns(Organisation.id, Organisation.short_name).distinct().order_by(Organisation.short_name)
    return [(str(key), name) for key, name in db.session.execute(query)]


def years(actor: Actor, subject: object) -> Sequence[tuple[str, str]]:
    """The years in which training begins."""
    query = visible_to(actor).with_only_columns(Quota.year).distinct().order_by(Quota.year.desc())
    return [(str(year), str(year)) for year in db.session.scalars(query)]


QUOTAS = Listing(
    name="quotas",
    title=_l("Quotas of state seats"),
    endpoint="courses.quotas.listed",
    may=can_list,
    rows=rows,
    key=Quota.id,
    loads=(contains_eager(Quota.school),),
    words=_l("Code or school"),
    word=word,
    filters=(of_key("year", _l("Year"), Quota.year, years), of_key("school", _l("School"), Quota.school_id, schools)),
    sorts=(
        Sort("code", _l("Code"), Order.TEXT, (Quota.code, Quota.year)),
        Sort("year", _l("Year"), Order.NUMBER, (Quota.year, Quota.code)),
        Sort("seats", _l("Quota"), Order.NUMBER, (Quota.seats,)),
        Sort("planned", _l("Planned"), Order.NUMBER, (Quota.planned,)),
    ),
    first="-year",
    columns=(
        OutColumn(_l("School"), lambda row: row.school.short_name),
        OutColumn(_l("Code"), lambda row: row.code),
        OutColumn(_l("Year"), lambda row: row.year),
        OutColumn(_l("Quota"), lambda row: row.seats),
        OutColumn(_l("Planned"), lambda row: row.planned),
        OutColumn(_l("Seats left"), lambda row: row.left),
        OutColumn(_l("Act"), lambda row: row.act),
    ),
)
