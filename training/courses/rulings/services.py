"""Preparing rulings, signing them, correcting them, keeping their documents."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from training.accounts.memberships.queries import reach
from training.audit.services import record
from training.courses.cohorts.models import Cohort
from training.courses.rulings import carrying, policies, queries
from training.courses.rulings.models import Ruling, RulingLine, RulingSeries
from training.courses.rulings.prospects import prospects
from training.courses.rulings.workflow import LIFECYCLE, NOTHING, Event, Kind, Notice, State, What
from training.files.services import keep_received
from training.files.storage import Received
from training.jobs.services import enqueue
from training.kernel import clock
from training.kernel.db import db, expect, transaction
from training.kernel.i18n import _l
from training.kernel.policy import Actor, NotAllowed, NotNow, Role, System, authorise, require
from training.notices.services import notify
from training.organisations.models import Organisation
from training.organisations.policies import why_not_publish
from training.turns.services import begin, move


@transaction()
def draft(
    actor: Actor,
    cohort: Cohort,
    *,
    kind: Kind,
    ground: str,
    chosen: Collection[int] = (),
    everyone: bool = False,
    what: What = NOTHING,
) -> Ruling:
    """A ruling over the chosen enrolments of a cohort, or over all whom one of that kind can be over; nobody moves yet."""
    authorise(policies.can_draft, actor, cohort)
    ruling = _new(actor, cohort, kind, ground)
    _add(actor, ruling, cohort, chosen=chosen, everyone=everyone, what=what)
    me = getattr(actor, "account_id", None)
    notify(Notice.DRAFTED, ruling, to=[one for one in reach(ruling.school_id, Role.MANAGER) if one.id != me])
    return ruling


def _new(actor: Actor, cohort: Cohort, kind: Kind, ground: str, corrects: Ruling | None = None) -> Ruling:
    school = db.session.get_one(Organisation, cohort.school_id)
    ruling = Ruling(
        school_id=school.id,
        school=school,
        cohort_id=cohort.id,
        kind=kind,
        ground=ground,
        drafted_on=clock.today(school.zone),
        state=State.DRAFT,
        corrects_id=corrects.id if corrects is not None else None,
    )
    db.session.add(ruling)
    begin(actor, LIFECYCLE, ruling)
    record(actor, Event.DRAFTED, ruling, kind=kind, cohort=cohort.id, corrects=ruling.corrects_id)
    return ruling


@transaction()
def add(actor: Actor, ruling: Ruling, *, cohort: Cohort, chosen: Collection[int] = (), everyone: bool = False, what: What = NOTHING) -> int:
    """More people of the same cohort, perhaps with other days or another aim; returns how many."""
    authorise(policies.can_edit, actor, ruling)
    require([*policies.why_not_edit(ruling), *policies.why_not_add(ruling)])
    number = _add(actor, ruling, cohort, chosen=chosen, everyone=everyone, what=what)
    record(actor, Event.EXTENDED, ruling, people=number)
    return number


def _add(actor: Actor, ruling: Ruling, cohort: Cohort, *, chosen: Collection[int], everyone: bool, what: What) -> int:
    """Lines for those who are not named yet; whoever was chosen is named even where it cannot be ordered, and the preview says why."""
    found = queries.candidates(actor, cohort, ruling.kind) if everyone else queries.chosen(actor, cohort, chosen)
    named = queries.named(ruling.id)
    new = [one for one in found if one.id not in named]
    if not new:
        raise NotNow(_l("Choose whom this is about: nobody was chosen who is not named yet."), field="chosen")
    if len(named) + len(new) > queries.MOST:
        raise NotNow(_l("At most %(most)d people fit into one ruling.", most=queries.MOST), field="chosen")
    if what.to_cohort_id is not None and what.to_cohort_id not in {one.id for one in queries.elsewhere(actor, cohort)}:
        raise NotNow(_l("Say into which other cohort."), field="to_cohort_id")
    db.session.add_all(
        RulingLine(
            ruling_id=ruling.id,
            school_id=ruling.school_id,
            enrolment_id=one.id,
            to_cohort_id=what.to_cohort_id,
            repeats=what.repeats,
            from_on=what.from_on,
            until_on=what.until_on,
            reason=what.reason,
            words=what.words,
        )
        for one in new
    )
    return len(new)


@transaction()
def edit(actor: Actor, ruling: Ruling, *, version: int, ground: str) -> None:
    """Other words for what it rests on."""
    authorise(policies.can_edit, actor, ruling)
    expect(ruling, version)
    require(policies.why_not_edit(ruling))
    ruling.ground = ground
    record(actor, Event.EDITED, ruling)


@transaction()
def leave_out(actor: Actor, ruling: Ruling, *, chosen: Collection[int]) -> int:
    """The chosen lines are not ordered; returns how many."""
    authorise(policies.can_edit, actor, ruling)
    require(policies.why_not_edit(ruling))
    return _leave_out(actor, ruling, chosen)


@transaction()
def leave_out_all(actor: Actor, ruling: Ruling) -> int:
    """Everybody is left out who cannot be ordered this; returns how many."""
    authorise(policies.can_edit, actor, ruling)
    require(policies.why_not_edit(ruling))
    return _leave_out(actor, ruling, [one.line.id for one in prospects(ruling, _today(ruling)) if one.against])


def _leave_out(actor: Actor, ruling: Ruling, ids: Collection[int]) -> int:
    gone = delete(RulingLine).where(RulingLine.ruling_id == ruling.id, RulingLine.id.in_(ids)).returning(RulingLine.id)
    number = len(db.session.scalars(gone.execution_options(synchronize_session=False)).all())
    if not number:
        raise NotNow(_l("Choose at least one person."))
    record(actor, Event.SHORTENED, ruling, people=number)
    return number


@transaction()
def sign(actor: Actor, ruling: Ruling) -> int:
    """Everybody whom it names moves at once, or nobody does; the document is made in the background. Returns how many moved."""
    authorise(policies.can_sign, actor, ruling)
    queries.lock(queries.lines(ruling))
    found = prospects(ruling, _today(ruling))
    require(policies.why_not_sign(ruling, [list(one.against) for one in found]))
    school = db.session.get_one(Organisation, ruling.school_id)
    require(why_not_publish(school))
    signer = queries.signer(actor, ruling.school_id)
    if signer is None:
        raise NotAllowed("rulings.sign")
    today = clock.today(school.zone)
    number = _next_number(ruling.school_id, today.year)
    carrying.carry_out(actor, ruling, found, number=number, on=today)
    db.session.flush()  # the lines are written while the ruling is still a draft: signed, the database refuses
    move(actor, LIFECYCLE, "sign", ruling)
    ruling.number, ruling.signed_on = number, today
    ruling.signer_id, ruling.signer = signer.id, signer.name
    record(actor, Event.SIGNED, ruling, people=len(found))
    if ruling.corrects_id is not None:
        record(actor, Event.CORRECTED, db.session.get_one(Ruling, ruling.corrects_id), by=ruling.id, people=len(found))
    enqueue("rulings.render", key=f"rulings.render:{ruling.id}", ruling_id=ruling.id)
    notify(Notice.SIGNED, ruling, to=[one for one in reach(ruling.school_id, Role.MANAGER) if one.id != signer.account_id])
    return len(found)


def _today(ruling: Ruling) -> date:
    return clock.today(db.session.get_one(Organisation, ruling.school_id).zone)


def _next_number(school_id: int, year: int) -> str:
    """The school's next number of the year; given back with the transaction if that fails, so that none is left out."""
    series = (RulingSeries.school_id == school_id, RulingSeries.year == year)
    counted = update(RulingSeries).where(*series).values(last=RulingSeries.last + 1).returning(RulingSeries.last)
    counted = counted.execution_options(synchronize_session=False)
    last = db.session.scalar(counted)
    if last is None:
        try:
            with db.session.begin_nested():
                db.session.add(RulingSeries(school_id=school_id, year=year, last=0))
        except IntegrityError:
            pass  # somebody else has just begun the year's series
        last = db.session.scalar(counted)
    return f"{year}-{last:04}"


@transaction()
def drop(actor: Actor, ruling: Ruling) -> None:
    """The draft is not signed; nobody moves."""
    authorise(policies.can_drop, actor, ruling)
    move(actor, LIFECYCLE, "drop", ruling)
    record(actor, Event.DROPPED, ruling)


@transaction()
def correct(actor: Actor, ruling: Ruling, *, ground: str, chosen: Collection[int]) -> Ruling:
    """A further ruling that takes chosen lines of a signed one back, once it is signed itself."""
    authorise(policies.can_correct, actor, ruling)
    require(policies.why_not_correct(ruling))
    taken = [line for line in queries.lines(ruling) if line.id in chosen]
    if not taken:
        raise NotNow(_l("Choose at least one person."), field="chosen")
    further = _new(actor, db.session.get_one(Cohort, ruling.cohort_id), ruling.kind, ground, corrects=ruling)
    db.session.add_all(
        RulingLine(ruling_id=further.id, school_id=ruling.school_id, enrolment_id=line.enrolment_id, reverses_id=line.id) for line in taken
    )
    return further


@transaction()
def keep_document(actor: System, ruling: Ruling, *, received: Received) -> None:
    """Keeps the document that was made; a second one of a second worker is left to the sweep."""
    if ruling.file_id is None:
        kept = keep_received(actor, received, subject=ruling)
        ruling.file_id, ruling.pdf_digest = kept.id, received.sha256
        record(actor, Event.RENDERED, ruling, size=received.size)
