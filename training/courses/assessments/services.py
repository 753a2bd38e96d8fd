"""Making assessments, giving and correcting results, confirming those of a commission."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import insert, select

from training.accounts.memberships.holdings import keep
from training.accounts.memberships.models import Membership
from training.audit.services import record
from training.courses.assessments import following, policies, queries
from training.courses.assessments.book import attempts_of, cells_of
from training.courses.assessments.forming import next_attempt
from training.courses.assessments.models import Assessment, Demonstration, Examiner, Result
from training.courses.assessments.reading import Outcome
from training.courses.assessments.workflow import LIFECYCLE, Event, Kind, Level, Notice, State
from training.courses.cohorts.models import Cohort
from training.courses.cohorts.queries import zone_of
from training.courses.enrolments import queries as enrolments
from training.courses.enrolments.models import Enrolment
from training.courses.programmes.models import Module
from training.courses.scales import queries as scales
from training.courses.scales import services as editions
from training.courses.scales.workflow import ScaleKind
from training.kernel import clock
from training.kernel.db import db, expect, hold, transaction
from training.kernel.i18n import _l
from training.kernel.policy import Actor, Member, NotNow, authorise, require
from training.notices.models import ACCOUNT, Recipient
from training.notices.services import notify
from training.trainees.profiles.queries import reach
from training.turns.services import begin, move


@dataclass(frozen=True)
class Commission:
    """What a demonstration exam is made with: level, kit, centre, the chair, and the other examiners (names for those from outside)."""

    level: Level
    kit_code: str
    centre: str
    chair: Membership
    members: Sequence[Membership] = ()
    outsiders: Sequence[str] = ()


@dataclass(frozen=True)
class Entry:
    """A result that somebody typed: for whom, for which attempt, what."""

    enrolment_id: int
    attempt: int
    outcome: Outcome


@transaction()
def add(
    actor: Actor,
    cohort: Cohort,
    *,
    kind: Kind,
    title: str,
    scale: ScaleKind,
    held_on: date,
    teacher: Membership,
    module: Module | None = None,
    maximum: int | None = None,
    weight: int = 1,
    commission: Commission | None = None,
) -> Assessment:
    """An assessment of a cohort in a module, or of the whole programme; the edition of the scale is that of its day, for good."""
    authorise(policies.can_add, actor, cohort)
    keep(teacher)
    edition = scales.in_force(cohort.school_id, held_on).get(scale)
    require(policies.why_not_add(cohort, held_on=held_on, kind=edition.kind if edition else None, maximum=maximum))
    if module is not None and module.version_id != cohort.version_id:
        raise NotNow(_l("This module does not belong to the version."), field="module_id")
    if (kind is Kind.DEMONSTRATION) is not (commission is not None):
        raise NotNow(_l("A demonstration exam has a commission, and nothing else has."))
    assert edition is not None
    editions.use(edition)
    made = Assessment(
        school_id=cohort.school_id,
        cohort=cohort,
        module=module,
        kind=kind,
        title=title,
        edition=edition,
        maximum=maximum,
        weight=weight,
        held_on=held_on,
        teacher=teacher,
        state=State.MARKING,
        shown_until=0 if commission is not None else None,
    )
    db.session.add(made)
    db.session.flush()  # the commission refers to its key
    if commission is not None:
        _convene(made, commission)
    begin(actor, LIFECYCLE, made)
    record(actor, Event.ADDED, made, cohort=cohort.id, module=module.id if module else None, kind=kind, held_on=held_on)
    return made


def _convene(assessment: Assessment, commission: Commission) -> None:
    others: list[Membership | str] = [*commission.members, *commission.outsiders]
    require(policies.why_not_commission(assessment.teacher, commission.chair, others), field="chair_id")
    keep(commission.chair, *commission.members)
    db.session.add(
        Demonstration(assessment_id=assessment.id, level=commission.level, kit_code=commission.kit_code, centre=commission.centre)
    )
    db.session.add(Examiner(assessment_id=assessment.id, membership=commission.chair, chair=True))
    db.session.add_all(Examiner(assessment_id=assessment.id, membership=one, chair=False) for one in commission.members)
    db.session.add_all(Examiner(assessment_id=assessment.id, name=one, chair=False) for one in commission.outsiders)


@transaction()
def edit(
    actor: Actor, assessment: Assessment, *, version: int, title: str, maximum: int | None, weight: int, held_on: date, teacher: Membership
) -> None:
    """Changes what is said of an assessment; its kind, module and scale stay."""
    authorise(policies.can_edit, actor, assessment)
    expect(assessment, version)
    keep(teacher)
    require(policies.why_not_edit(assessment, maximum=maximum, marked=queries.is_marked(assessment.id)))
    require(policies.why_not_add(assessment.cohort, held_on=held_on, kind=assessment.edition.kind, maximum=maximum), field="held_on")
    if assessment.chair is not None and assessment.chair.membership is not None:
        others = [one.person for one in assessment.examiners if not one.chair]
        require(policies.why_not_commission(teacher, assessment.chair.membership, others), field="teacher_id")
    assessment.title, assessment.maximum, assessment.weight, assessment.held_on = title, maximum, weight, held_on
    assessment.teacher, assessment.teacher_id = teacher, teacher.id
    record(actor, Event.EDITED, assessment, maximum=maximum, weight=weight, held_on=held_on, teacher=teacher.id)


@transaction()
def cancel(actor: Actor, assessment: Assessment) -> None:
    """It does not take place."""
    authorise(policies.can_cancel, actor, assessment)
    require(policies.why_not_cancel(marked=queries.is_marked(assessment.id)))
    move(actor, LIFECYCLE, "cancel", assessment)
    record(actor, Event.CANCELLED, assessment)


@transaction()
def grade(actor: Actor, assessment: Assessment, *, entries: Sequence[Entry]) -> int:
    """Gives results to many at once, each for the attempt that is next for them; returns how many were given."""
    authorise(policies.can_grade, actor, assessment)
    require(policies.why_not_grade(assessment, today=clock.today(zone_of(assessment.cohort))))
    if not entries:
        return 0
    known = {one.id: one for one in enrolments.standing(assessment.cohort_id, queries.SHOWN)}
    before = cells_of(queries.given_in(assessment.id))
    for entry in entries:
        enrolment = known.get(entry.enrolment_id)
        if enrolment is None:
            raise NotNow(_l("Somebody of these has left the cohort. Load the page again."))
        if next_attempt(attempts_of(before.get((assessment.id, enrolment.id), ()))) != entry.attempt:
            raise NotNow(
                _l("Somebody gave %(trainee)s a result meanwhile. Load the page again.", trainee=enrolment.trainee.name),
                field=f"mark_{entry.enrolment_id}_{entry.attempt}",
            )
    giver, now = _giver(actor, assessment), clock.now()
    rows = [_row(assessment, entry.enrolment_id, entry.attempt, entry.outcome, giver, None, None) | {"given_at": now} for entry in entries]
    db.session.execute(insert(Result), rows)
    record(actor, Event.MARKED, assessment, results=len(rows))
    if assessment.shown_until is None:
        _follow(assessment, [known[entry.enrolment_id] for entry in entries])
    return len(rows)


@transaction()
def correct(actor: Actor, result: Result, *, outcome: Outcome, reason: str) -> Result:
    """A further result that replaces one, with the reason; what the chair had confirmed goes to the chair again."""
    authorise(policies.can_correct, actor, result)
    assessment, enrolment = result.assessment, result.enrolment
    hold(assessment)
    require(policies.why_not_correct(assessment, replaced=queries.is_replaced(result.id)))
    row = _row(assessment, enrolment.id, result.attempt, outcome, _giver(actor, assessment), result.id, reason)
    made = Result(**row, given_at=clock.now())
    db.session.add(made)
    db.session.flush()  # the event names the new row
    record(actor, Event.CORRECTED, assessment, result=made.id, replaces=result.id, enrolment=enrolment.id, detail={"reason": reason})
    if assessment.state is State.CONFIRMED:
        move(actor, LIFECYCLE, "reopen", assessment)
    if assessment.shown_until is None:
        following.shown(assessment, [enrolment])
        notify(Notice.CORRECTED, assessment, to=reach(enrolment.trainee))
    return made


@transaction()
def hand_in(actor: Actor, assessment: Assessment) -> None:
    """The results of a demonstration exam go to the chair."""
    authorise(policies.can_hand_in, actor, assessment)
    marked = queries.newest(assessment.id) > (assessment.shown_until or 0)
    require(policies.why_not_hand_in(assessment, marked=marked))
    move(actor, LIFECYCLE, "hand_in", assessment)
    record(actor, Event.HANDED_IN, assessment)
    notify(Notice.HANDED_IN, assessment, to=_chair(assessment))


@transaction()
def confirm(actor: Actor, assessment: Assessment) -> None:
    """The chair confirms the results: from now on trainees see them, and they count."""
    authorise(policies.can_confirm, actor, assessment)
    before = assessment.shown_until or 0
    own = queries.gave(actor.account_id, assessment.id, after=before) if isinstance(actor, Member) else False
    require(policies.why_not_confirm(own=own))
    move(actor, LIFECYCLE, "confirm", assessment)
    assessment.shown_until = queries.newest(assessment.id)
    record(actor, Event.CONFIRMED, assessment)
    fresh = {one.enrolment_id for one in queries.given_in(assessment.id) if one.id > before}
    _follow(assessment, [one for one in enrolments.standing(assessment.cohort_id, queries.SHOWN) if one.id in fresh])


@transaction()
def send_back(actor: Actor, assessment: Assessment, *, reason: str) -> None:
    """The chair wants the results looked at again."""
    authorise(policies.can_send_back, actor, assessment)
    move(actor, LIFECYCLE, "send_back", assessment, reason=reason)
    record(actor, Event.SENT_BACK, assessment, detail={"reason": reason})
    notify(Notice.SENT_BACK, assessment, to=[Recipient(ACCOUNT, assessment.teacher.account_id, assessment.school_id)])


def _follow(assessment: Assessment, people: Collection[Enrolment]) -> None:
    following.told(assessment, list(people))
    following.shown(assessment, list(people))


def _chair(assessment: Assessment) -> list[Recipient]:
    chair = assessment.chair
    known = chair is not None and chair.membership is not None
    return [Recipient(ACCOUNT, chair.membership.account_id, assessment.school_id)] if known else []  # type: ignore[union-attr]  # known says so


def _giver(actor: Actor, assessment: Assessment) -> int:
    """The membership by which the actor gives marks here."""
    account = actor.account_id if isinstance(actor, Member) else 0
    mine = (Membership.account_id == account, Membership.organisation_id == assessment.school_id, Membership.ended_on.is_(None))
    return db.session.scalars(select(Membership.id).where(*mine).order_by(Membership.id).limit(1)).one()


def _row(
    assessment: Assessment, enrolment_id: int, attempt: int, outcome: Outcome, giver: int, replaces: int | None, reason: str | None
) -> dict[str, object]:
    return {
        "school_id": assessment.school_id,
        "assessment_id": assessment.id,
        "enrolment_id": enrolment_id,
        "attempt": attempt,
        "points": outcome.points,
        "band_id": outcome.band_id,
        "absent": outcome.absent,
        "given_by_id": giver,
        "replaces_id": replaces,
        "reason": reason,
    }
