"""The trainees whom a school may see, as a list."""

from collections.abc import Sequence

from training.kernel.db import db
from training.kernel.i18n import _l
from training.kernel.listings import Listing, Order, OutColumn, Sort, of_text, of_yes
from training.kernel.policy import Actor
from training.trainees.disclosures.policies import can_list, visible_to
from training.trainees.profiles.models import Trainee


def groups(actor: Actor, subject: object) -> Sequence[tuple[str, str]]:
    """The school's groups, as its roster has them."""
    query = visible_to(actor).with_only_columns(Trainee.group_code).where(Trainee.group_code.is_not(None)).distinct()
    return [(group, group) for group in db.session.scalars(query.order_by(Trainee.group_code).limit(60)) if group]


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
)
