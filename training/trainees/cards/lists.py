"""The sheets of login cards that a school had made, as a list."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from training.accounts.models import Account
from training.kernel.db import db
from training.kernel.i18n import _l
from training.kernel.listings import Listing, Order, OutColumn, Sort, of_key, of_yes
from training.kernel.lists import Wanted
from training.kernel.policy import Actor
from training.organisations import queries as organisations
from training.organisations.models import Organisation
from training.trainees.cards.models import CardSheet, LoginCard
from training.trainees.cards.policies import can_list, sheets_visible_to
from training.trainees.profiles.models import Trainee


@dataclass(frozen=True)
class Line:
    """A sheet, how many cards are on it and how many of them were used."""

    sheet: CardSheet
    cards: int
    used: int

    @property
    def id(self) -> int:
        """The sheet's key."""
        return self.sheet.id


def rows(actor: Actor, school: Organisation) -> Select[CardSheet]:
    """The sheets of one school."""
    return sheets_visible_to(actor).where(CardSheet.school_id == school.id)


def counted(rows: Sequence[CardSheet], school: object, wanted: Wanted) -> Sequence[Line]:
    """The sheets with their numbers: one statement."""
    query = select(LoginCard.sheet_id, func.count(), func.count(LoginCard.used_at)).where(LoginCard.sheet_id.in_([row.id for row in rows]))
    numbers = {sheet: (cards, used) for sheet, cards, used in db.session.execute(query.group_by(LoginCard.sheet_id))}
    return [Line(row, *numbers.get(row.id, (0, 0))) for row in rows]


def makers(actor: Actor, school: Organisation) -> Sequence[tuple[int, str]]:
    """Who had sheets made."""
    made = rows(actor, school).with_only_columns(CardSheet.account_id)
    query = select(Account.id, Account.name).where(Account.id.in_(made)).order_by(Account.name, Account.id).limit(60)
    return [(key, name) for key, name in db.session.execute(query)]


_UNUSED = CardSheet.cards.any(LoginCard.used_at.is_(None) & LoginCard.replaced_at.is_(None))

CARDS = Listing(
    name="cards",
    title=_l("Login cards"),
    endpoint="trainees.cards.listed",
    may=can_list,
    subject=organisations.own,
    rows=rows,
    key=CardSheet.id,
    loads=(joinedload(CardSheet.account),),
    words=_l("Name on a card"),
    word=lambda text: CardSheet.cards.any(LoginCard.trainee.has(Trainee.name_key.contains(text, autoescape=True))),
    filters=(
        of_yes("unused", _l("Cards"), (_l("Some never used"), _UNUSED), (_l("All used or replaced"), ~_UNUSED)),
        of_yes(
            "document",
            _l("Document"),
            (_l("Still kept"), CardSheet.file_id.is_not(None)),
            (_l("Removed or not made yet"), CardSheet.file_id.is_(None)),
        ),
        of_key("by", _l("Made by"), CardSheet.account_id, makers),
    ),
    sorts=(Sort("made", _l("Made"), Order.DAY, (CardSheet.id,)),),
    first="-made",
    dress=counted,
    columns=(
        OutColumn(_l("Made"), lambda row: row.sheet.made_at),
        OutColumn(_l("Made by"), lambda row: row.sheet.account.name),
        OutColumn(_l("Cards"), lambda row: row.cards),
        OutColumn(_l("Cards used"), lambda row: row.used),
    ),
)
