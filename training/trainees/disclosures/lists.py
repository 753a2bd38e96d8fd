"""The trainees whom a school may see, as a list."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_

from training.exchange.importers import laid_out
from training.kernel.db import db
from training.kernel.i18n import _l
from training.kernel.listings import Layout, Listing, Order, OutColumn, Sort, of_text, of_yes
from training.kernel.policy import Actor, Member
from training.trainees.disclosures.policies import can_list, visible_to
from training.trainees.profiles.models import Trainee
from training.trainees.profiles.policies import can_take_over
from training.trainees.profiles.roster import IMPORTER


def groups(actor: Actor, subject: object) -> Sequence[tuple[str, str]]:
    """The school's groups, as its roster has them."""
    query = visible_to(actor).with_only_columns(Trainee.group_code).where(Trainee.group_code.is_not(None)).distinct()
    return [(group, group) for group in db.session.scalars(query.order_by(Trainee.group_code).limit(60)) if group]


def own(actor: Actor) -> ColumnElement[bool]:
    """The school's own trainees: whoever asked it for a seat is on another's roster, and whoever was erased is nobody."""
    mine = actor.organisation_id if isinstance(actor, Member) else 0
    return and_(Trainee.school_id == mine, Trainee.born_on > date(1900, 1, 1))


ROSTER = Layout(
    "trainees",
    laid_out(
        IMPORTER,
        family_name=lambda row: row.family_name,
        given_name=lambda row: row.given_name,
        patronymic=lambda row: row.patronymic,
        born_on=lambda row: row.born_on,
        group_code=lambda row: row.group_code,
        schooling=lambda row: row.schooling,
        email=lambda row: row.email,
        phone=lambda row: row.phone,
        town=lambda row: row.town,
    ),
    may=can_take_over,
    only=own,
)
"""The trainees as a school's roster has them."""

TRAINEES = Listing(
    name="trainees",
    title=_l("Trainees"),
    endpoint="trainees.disclosures.listed",
    may=can_list,
    rows=visible_to,
    key=Trainee.id,
    words=_l("Name"),
    word=lambda text: Trainee.name_key.contains(text, autoescape=True),
    filters=(
        of_text("group", _l("Group"), Trainee.group_code, groups),
        of_yes(
            "account",
            _l("Account"),
            (_l("Has one"), Trainee.account_id.is_not(None)),
            (_l("Not yet"), Trainee.account_id.is_(None)),
        ),
    ),
    sorts=(
        Sort("name", _l("Name"), Order.TEXT, (Trainee.name_key,)),
        Sort("group", _l("Group"), Order.TEXT, (Trainee.group_code.is_(None), Trainee.group_code, Trainee.name_key)),
        Sort("age", _l("Age"), Order.NUMBER, (Trainee.born_on.desc(),)),
    ),
    first="name",
    columns=(
        OutColumn(_l("Name"), lambda row: row.name),
        OutColumn(_l("Age"), lambda row: row.age()),
        OutColumn(_l("Group"), lambda row: row.group_code),
        OutColumn(_l("Account"), lambda row: row.account_id is not None),
    ),
    layout=ROSTER,
)
