"""Giving login cards, printing them, and signing in by one."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta

from sqlalchemy.exc import IntegrityError

from training.accounts import queries as links
from training.accounts import services as accounts
from training.accounts.models import Account
from training.accounts.workflow import Purpose as LinkPurpose
from training.audit.services import record
from training.files.services import keep_received, let_go
from training.files.storage import Received
from training.jobs.services import enqueue
from training.kernel import clock, keys
from training.kernel.db import db, hold, transaction
from training.kernel.i18n import _l
from training.kernel.policy import Actor, Member, NotNow, System, Visitor, authorise, require
from training.organisations.models import Organisation
from training.trainees.cards import names, policies, queries
from training.trainees.cards.models import CardSheet, LoginCard
from training.trainees.cards.queries import Candidate
from training.trainees.cards.workflow import Event, State

KEPT = timedelta(days=2)
"""How long the document with the codes can be fetched."""


@transaction()
def give(actor: Actor, school: Organisation, *, trainee_ids: Collection[int], language: str) -> CardSheet:
    """Has cards made for a school's trainees, who get a login name where they have none; cards they had before work no more.

    Those who have a way in of their own are left out; NotNow when nobody is left.
    """
    authorise(policies.can_give, actor, school)
    assert isinstance(actor, Member)
    hold(school)
    people = [one for one in queries.candidates(school, ids=trainee_ids) if not one.reasons]
    if not people:
        raise NotNow(_l("Nobody of these can be given a card. Read why beside each name."))
    _replace(people)
    sheet = CardSheet(school_id=school.id, account_id=actor.account_id, language=language, made_at=clock.now())
    db.session.add(sheet)
    record(actor, Event.SHEET_MADE, sheet, number=len(people))
    _name(people, language)
    until = clock.now() + accounts.LIVES[LinkPurpose.CARD]
    cards = [LoginCard(sheet=sheet, trainee=one.trainee, account=one.trainee.account, expires_at=until) for one in people]
    db.session.add_all(cards)
    db.session.flush()  # the links refer to the cards' keys
    for card in cards:
        accounts.link(LinkPurpose.CARD, card.id, once=True)
        record(actor, Event.GIVEN, card.trainee, card=card.id, account=card.account_id)
    enqueue("cards.print", sheet_id=sheet.id)
    return sheet


def _replace(people: Sequence[Candidate]) -> None:
    """Cards that these people had before work no more."""
    former = queries.open_cards([one.trainee.account_id for one in people if one.trainee.account_id is not None])
    for card in former:
        card.replaced_at = clock.now()
    accounts.close_links(LinkPurpose.CARD, [card.id for card in former])


def _name(people: Sequence[Candidate], language: str) -> None:
    """An account with a login name for each who has none."""
    new = [one.trainee for one in people if one.trainee.account is None]
    stems = [names.stem(one.family_name, one.given_name) for one in new]
    for trainee, login_name in zip(new, names.free(stems, queries.taken(stems)), strict=True):
        name = f"{trainee.given_name} {trainee.family_name}"
        try:
            with db.session.begin_nested():
                trainee.account = accounts.create(System("cards"), name=name, login_name=login_name, language=language)
        except IntegrityError:
            raise NotNow(_l("Another school has just given the same login name. Try once more.")) from None


@transaction()
def code(actor: System, sheet: CardSheet) -> Mapping[int, str]:
    """A fresh code for each card of the sheet that still waits, made as it is printed: it stands in no row and no log."""
    made = {}
    for card in sheet.cards:
        link = links.newest_link(LinkPurpose.CARD, card.id)
        if card.state is State.OPEN and link is not None:
            made[card.id] = accounts.mint(actor, link, token=keys.code())
    return made


@transaction()
def keep_document(actor: System, sheet: CardSheet, *, received: Received) -> None:
    """The sheet is there to be printed."""
    if sheet.file is not None:
        let_go(sheet.file)
    sheet.file = keep_received(actor, received, subject=sheet)
    sheet.printed_at = clock.now()
    record(actor, Event.SHEET_PRINTED, sheet, size=received.size)


@transaction()
def let_go_of_documents(actor: System) -> int:
    """Lets go of documents with codes that are older than two days; returns how many."""
    old = queries.to_let_go(KEPT)
    for sheet in old:
        if sheet.file is not None:
            let_go(sheet.file)
        sheet.file_id, sheet.removed_at = None, clock.now()
        record(actor, Event.SHEET_REMOVED, sheet)
    return len(old)


@transaction()
def use(actor: Actor, card: LoginCard, *, password: str, device: str) -> str:
    """Whoever holds the card sets a (hashed) password and is in: the card is used up; gives the new session's token."""
    authorise(policies.can_use, actor, card)
    require(policies.why_not_use(card))
    accounts.use(actor)
    card.used_at = clock.now()
    owner = Visitor(card.account_id)
    account = db.session.get_one(Account, card.account_id)
    accounts.replace_password(owner, account, password=password)
    record(owner, Event.USED, card.trainee, card=card.id)
    return accounts.sign_in(owner, account, device=device)
