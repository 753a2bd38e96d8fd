"""Making, fixing, signing and cancelling agreements."""

from datetime import datetime, timedelta

from training.accounts import services as links
from training.accounts.memberships.models import Membership
from training.accounts.memberships.queries import of_role
from training.accounts.memberships.queries import reach as members
from training.accounts.models import Link
from training.accounts.workflow import Purpose as LinkPurpose
from training.audit.services import record
from training.files.services import keep_received
from training.files.storage import Received
from training.internships.agreements import policies, queries, wording
from training.internships.agreements.models import Agreement, AgreementParty, AgreementPlacement, Signature
from training.internships.agreements.workflow import (
    DAYS,
    LIFECYCLE,
    MINORS_GUARDIAN_SIGNS,
    PARTIES,
    SIGNERS,
    AgreementKind,
    Event,
    How,
    Notice,
    State,
)
from training.internships.placements import services as placements
from training.internships.placements.models import Placement
from training.internships.placements.workflow import LIFECYCLE as PLACEMENTS
from training.internships.placements.workflow import State as PlacementState
from training.jobs.services import enqueue
from training.kernel import clock
from training.kernel.db import db, hold, transaction
from training.kernel.i18n import _, _l
from training.kernel.policy import Actor, Member, NotNow, System, authorise, require
from training.kernel.workflow import Party
from training.notices.models import Recipient
from training.notices.services import notify
from training.trainees.consents.models import Guardian
from training.trainees.consents.queries import open_of
from training.trainees.profiles.queries import reach as trainee_of
from training.turns.services import ask, begin, close, move

A_DAY = timedelta(days=1)


@transaction()
def make(actor: Actor, placement: Placement, *, language: str, kind: AgreementKind = AgreementKind.PRACTICE) -> Agreement:
    """The school prepares the agreement of an accepted placement; a job fixes its text, then it can be signed."""
    authorise(policies.can_make, actor, placement)
    consent = open_of(placement.trainee_id)
    guardian = consent.guardian if consent is not None else None
    live = queries.live_of(placement.id)
    require(policies.why_not_make(placement, live=live[0] if live else None, guarded=guardian is not None))
    hold(placement.school)
    year = clock.today(placement.school.zone).year
    number = f"ПП-{year}-{queries.count_of_year(placement.school_id, year) + 1:03d}"
    agreement = Agreement(
        kind=kind,
        number=number,
        school_id=placement.school_id,
        employer_id=placement.employer_id,
        starts_on=placement.starts_on,
        ends_on=placement.ends_on,
        language=language,
        terms=wording.terms(kind, number, placement, language),
        state=State.DRAFT,
    )
    agreement.annex = [AgreementPlacement(placement_id=placement.id)]
    agreement.sides = _sides(kind, placement, guardian)
    db.session.add(agreement)
    begin(actor, LIFECYCLE, agreement)
    close(placement)
    record(actor, Event.MADE, agreement, placement=placement.id)
    enqueue("agreements.render", agreement_id=agreement.id)
    return agreement


def _sides(kind: AgreementKind, placement: Placement, guardian: Guardian | None) -> list[AgreementParty]:
    """Who signs an agreement of that kind, in order; for a minor the guardian last."""
    ids = {Party.SCHOOL: placement.school_id, Party.EMPLOYER: placement.employer_id}
    sides = [AgreementParty(place=place, party=party, organisation_id=ids[party]) for place, party in enumerate(PARTIES[kind], 1)]
    if kind in MINORS_GUARDIAN_SIGNS and placement.trainee.is_minor(placement.starts_on) and guardian is not None:
        sides.append(AgreementParty(place=len(sides) + 1, party=Party.GUARDIAN, guardian_id=guardian.id))
    return sides


@transaction()
def fix(actor: System, agreement: Agreement, *, received: Received) -> None:
    """The text is rendered: from now on it is what everybody signs, by its hash."""
    authorise(policies.can_fix, actor, agreement)
    file = keep_received(actor, received, subject=agreement)
    agreement.file_id, agreement.digest, agreement.fixed_at = file.id, received.sha256, clock.now()
    move(actor, LIFECYCLE, "fix", agreement)
    record(actor, Event.FIXED, agreement, file=file.id)
    notify(Notice.FIXED, agreement, to=members(agreement.school_id, *SIGNERS[Party.SCHOOL]))


@transaction()
def sign(actor: Actor, agreement: Agreement) -> None:
    """One party signs; the last signature brings the agreement into force and each placement to `agreed`."""
    authorise(policies.can_sign, actor, agreement)
    hold(*(row.placement for row in agreement.annex))
    agreement = queries.again(agreement)
    party = policies.party_of(actor, agreement)
    require(policies.why_not_sign(agreement, party=party, checks=queries.checks(agreement)))
    side = agreement.next_side
    if side is None or agreement.digest is None or agreement.state is not State.SIGNING:
        raise NotNow(_l("This is %(state)s now, so that step is over. Look at the record again.", state=agreement.state.label))
    member = _signer(actor, agreement)
    side.signature = Signature(
        agreement_id=agreement.id,
        membership_id=member.id if member is not None else None,
        guardian_id=side.guardian_id if member is None else None,
        signed_at=clock.now(),
        how=How.PAGE if member is not None else How.LINK,
        digest=agreement.digest,
    )
    record(actor, Event.SIGNED, agreement, party=side.party, place=side.place)
    _go_on(actor, agreement)


@transaction()
def open_from_page(actor: Actor, agreement: Agreement) -> Link:
    """A guardian goes on from their page to an agreement: by a link of its own for a day, because each link opens only what it was made for."""
    authorise(policies.can_open, actor, agreement)
    agreement = queries.from_page(actor, agreement.id)
    record(actor, Event.OPENED, agreement)
    return links.link(LinkPurpose.SIGNING, agreement.id, once=False, lasting=A_DAY)


@transaction()
def take_down(actor: Actor, agreement: Agreement, *, until: int, signers: str) -> None:
    """The parties up to a place have signed on paper, which two people of the school have seen (`internships.scans`)."""
    authorise(policies.can_cancel, actor, agreement)
    hold(*(row.placement for row in agreement.annex))
    agreement = queries.again(agreement)
    require(policies.why_not_signed(agreement, checks=queries.checks(agreement)))
    if agreement.digest is None or agreement.state is not State.SIGNING:
        raise NotNow(_l("This is %(state)s now, so that step is over. Look at the record again.", state=agreement.state.label))
    for side in agreement.sides:
        if side.signature is None and side.place <= until:
            side.signature = Signature(
                agreement_id=agreement.id,
                guardian_id=side.guardian_id,
                signer=signers,
                signed_at=clock.now(),
                how=How.PAPER,
                digest=agreement.digest,
            )
            record(actor, Event.SIGNED, agreement, party=side.party, place=side.place)
    _go_on(actor, agreement)


def _go_on(actor: Actor, agreement: Agreement) -> None:
    """It is with the next party, or in force."""
    following = agreement.next_side
    if following is not None:
        _hand_on(agreement, following)
    else:
        _bring_into_force(actor, agreement)


def _signer(actor: Actor, agreement: Agreement) -> Membership | None:
    """The membership that a member signs by; None for whoever came by link."""
    if not isinstance(actor, Member):
        return None
    party = policies.party_of(actor, agreement)
    roles = SIGNERS[party] if party is not None else ()
    return next(one for one in of_role(actor.organisation_id, *roles) if one.account_id == actor.account_id)


def _hand_on(agreement: Agreement, side: AgreementParty) -> None:
    """It is the next party's turn: they are told, a guardian by a link."""
    close(agreement)
    ask(agreement, side.party, "sign", roles=SIGNERS[side.party], due=_due())
    if side.guardian_id is not None:
        links.link(LinkPurpose.SIGNING, agreement.id, once=False)
        notify(Notice.ASKED, agreement, to=[Recipient("signatory", agreement.id)])
    else:
        notify(Notice.SIGNED, agreement, to=members(side.who[1], *SIGNERS[side.party]))


def _bring_into_force(actor: Actor, agreement: Agreement) -> None:
    move(actor, LIFECYCLE, "sign", agreement)
    record(actor, Event.IN_FORCE, agreement)
    for row in agreement.annex:
        placements.agree(actor, row.placement)
    told = [*members(agreement.school_id, *SIGNERS[Party.SCHOOL]), *members(agreement.employer_id, *SIGNERS[Party.EMPLOYER])]
    trainees = [one for row in agreement.annex for one in trainee_of(row.placement.trainee)]
    notify(Notice.IN_FORCE, agreement, to=[*told, *trainees])


@transaction()
def cancel(actor: Actor, agreement: Agreement, *, reason: str) -> None:
    """Nobody signs this text any more; the school can make another."""
    authorise(policies.can_cancel, actor, agreement)
    signed = [side for side in agreement.sides if side.signature is not None and side.organisation_id is not None]
    move(actor, LIFECYCLE, "cancel", agreement, reason=reason)
    record(actor, Event.CANCELLED, agreement, detail={"reason": reason})
    turn = PLACEMENTS.turns[PlacementState.ACCEPTED]
    for row in agreement.annex:
        if row.placement.state is PlacementState.ACCEPTED:
            close(row.placement)
            ask(row.placement, turn.party, turn.verb, roles=turn.roles, due=_due())
    told = [one for side in signed for one in members(side.who[1], *SIGNERS[side.party])]
    notify(Notice.CANCELLED, agreement, to=[*told, *members(agreement.employer_id, *SIGNERS[Party.EMPLOYER])])


@transaction()
def follow(actor: System, *, placement_id: int) -> None:
    """The placement was called off: agreements of it that are not in force are cancelled too."""
    for agreement in queries.live_of(placement_id):
        if agreement.state is not State.IN_FORCE:
            hold(agreement)
            cancel(actor, queries.again(agreement), reason=_("The placement was called off."))


def _due() -> datetime:
    return clock.now() + timedelta(days=DAYS)
