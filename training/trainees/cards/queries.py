"""Finding cards, sheets, and people who can be given one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from training.accounts.memberships.models import Membership
from training.accounts.models import Account
from training.kernel import clock
from training.kernel.db import NotFound, db
from training.kernel.i18n import LazyString
from training.kernel.policy import Actor, Bearer
from training.organisations.models import Organisation
from training.trainees.cards.models import CardSheet, LoginCard
from training.trainees.cards.policies import MOST, sheets_visible_to, visible_to, why_not_give
from training.trainees.profiles.models import Trainee
from training.trainees.profiles.policies import standing


@dataclass(frozen=True)
class Candidate:
    """Somebody who might be given a card, and why not."""

    trainee: Trainee
    reasons: Sequence[str | LazyString]

    @property
    def login_name(self) -> str | None:
        """The name they sign in by already."""
        return self.trainee.account.login_name if self.trainee.account is not None else None


def candidates(school: Organisation, *, ids: Collection[int] = (), group: str | None = None) -> Sequence[Candidate]:
    """A school's own trainees, chosen one by one or as a group, by name."""
    chosen = Trainee.id.in_(ids) if group is None else Trainee.group_code == group
    query = select(Trainee).where(Trainee.school_id == school.id, standing(), chosen).options(joinedload(Trainee.account))
    people = db.session.scalars(query.order_by(Trainee.name_key, Trainee.id).limit(MOST)).all()
    accounts = [one.account_id for one in people if one.account_id is not None]
    members = set(db.session.scalars(select(Membership.account_id).where(Membership.account_id.in_(accounts))))
    return [Candidate(one, _reasons(one.account, members)) for one in people]


def _reasons(account: Account | None, members: Collection[int]) -> Sequence[str | LazyString]:
    if account is None:
        return []
    return why_not_give(email=account.email, blocked=account.blocked_at is not None, is_member=account.id in members)


def groups(school: Organisation) -> Sequence[str]:
    """The groups that a school's roster names."""
    query = select(Trainee.group_code).where(Trainee.school_id == school.id, standing(), Trainee.group_code.is_not(None)).distinct()
    return [code for code in db.session.scalars(query.order_by(Trainee.group_code)) if code]


def taken(stems: Collection[str]) -> set[str]:
    """The login names that begin with one of these."""
    if not stems:
        return set()
    begun = or_(*(Account.login_name.startswith(stem, autoescape=True) for stem in sorted(set(stems))))
    return {name for name in db.session.scalars(select(Account.login_name).where(begun)) if name}


def open_cards(account_ids: Collection[int]) -> Sequence[LoginCard]:
    """The cards of these accounts that nobody has used or replaced."""
    query = select(LoginCard).where(LoginCard.account_id.in_(account_ids), LoginCard.used_at.is_(None), LoginCard.replaced_at.is_(None))
    return db.session.scalars(query.order_by(LoginCard.id)).all()


def mine(actor: Actor) -> LoginCard:
    """The card that a link stands for, with its account, the trainee and the school."""
    if not isinstance(actor, Bearer):
        raise NotFound
    query = visible_to(actor).options(
        joinedload(LoginCard.account), joinedload(LoginCard.trainee), joinedload(LoginCard.sheet).joinedload(CardSheet.school)
    )
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def sheet(actor: Actor, sheet_id: int) -> CardSheet:
    """One sheet with its cards, their people, and its document."""
    cards = selectinload(CardSheet.cards)
    query = sheets_visible_to(actor).where(CardSheet.id == sheet_id)
    query = query.options(
        cards.joinedload(LoginCard.trainee),
        cards.joinedload(LoginCard.account),
        joinedload(CardSheet.file),
        joinedload(CardSheet.school),
    )
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def printed(actor: Actor, sheet_id: int) -> CardSheet:
    """One sheet whose document is there."""
    found = sheet(actor, sheet_id)
    if found.file is None:
        raise NotFound
    return found


def to_let_go(after: timedelta) -> Sequence[CardSheet]:
    """Sheets whose document has been kept for long enough."""
    query = select(CardSheet).where(CardSheet.file_id.is_not(None), CardSheet.printed_at < clock.now() - after)
    return db.session.scalars(query.options(joinedload(CardSheet.file)).order_by(CardSheet.id).limit(1_000)).all()
