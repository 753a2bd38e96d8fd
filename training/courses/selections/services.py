"""Applying by selection, bringing and checking documents, giving points; what a cohort asks and whom the law puts first."""

from collections.abc import Mapping, Sequence

from sqlalchemy import delete

from training.audit.services import record
from training.courses.cohorts import queries as cohorts
from training.courses.cohorts.models import Cohort
from training.courses.cohorts.workflow import Funding
from training.courses.enrolments import choosing, guarding, prior
from training.courses.prerequisites.policies import why_not_begin
from training.courses.selections import asking, policies, queries
from training.courses.selections.models import Answer, Asked, Candidacy, Criterion, Document, PriorityGroup
from training.courses.selections.ranking import total
from training.courses.selections.rules import Rule, Wish
from training.courses.selections.workflow import LIFECYCLE, Event, Notice, State, What
from training.files import media, storage
from training.files.services import claim, keep_received
from training.files.storage import Readable, Received
from training.kernel import clock
from training.kernel.db import db, transaction
from training.kernel.i18n import _l
from training.kernel.policy import Actor, Learner, Member, NotNow, authorise, require
from training.notices.services import notify
from training.trainees.profiles.models import Trainee
from training.trainees.profiles.queries import reach
from training.turns.services import move

KINDS = frozenset({media.PDF, media.PNG, media.JPEG})
LIMIT = 10_000_000
"""Bytes of a document."""


@transaction()
def set_rules(actor: Actor, cohort: Cohort, *, criteria: Sequence[Rule], documents: Sequence[Wish]) -> None:
    """What counts and what applicants bring, until the first of them has applied."""
    authorise(policies.can_lead, actor, cohort)
    require(policies.why_not_set_rules(cohort, applied=queries.applied(cohort.id)))
    for table in (Criterion, Asked):
        db.session.execute(delete(table).where(table.cohort_id == cohort.id))
    own = {"cohort_id": cohort.id, "school_id": cohort.school_id}
    db.session.add_all(Criterion(**own, place=place, **one._asdict()) for place, one in enumerate(criteria, 1))
    db.session.add_all(Asked(**own, place=place, **one._asdict()) for place, one in enumerate(documents, 1))
    record(actor, Event.RULES_SET, cohort, criteria=len(criteria), documents=len(documents))


@transaction()
def add_group(actor: Member, *, name: str, ground: str) -> PriorityGroup:
    """People whom the law puts first, by its words."""
    authorise(policies.can_keep_groups, actor, None)
    group = PriorityGroup(school_id=actor.organisation_id, name=name, ground=ground)
    db.session.add(group)
    record(actor, Event.GROUP_ADDED, group)
    return group


@transaction()
def end_group(actor: Actor, group: PriorityGroup) -> None:
    """Nobody can claim the group any more; those who have keep it."""
    authorise(policies.can_end_group, actor, group)
    if group.ended_on is not None:
        raise NotNow(_l("This group has ended already."))
    group.ended_on = clock.today()
    record(actor, Event.GROUP_ENDED, group)


@transaction()
def apply(
    actor: Learner,
    cohort: Cohort,
    *,
    funding: Sequence[Funding],
    priority: int,
    average: int,
    group_id: int | None = None,
    answers: Mapping[int, str] | None = None,
) -> Candidacy:
    """An application with a priority among one's own, the certificate's average (in hundredths) and answers; documents follow."""
    authorise(policies.can_apply, actor, cohort)
    by_funding = {pool.funding: pool for pool in cohorts.pools_of(cohort.id)}
    pools = [by_funding[one] for one in dict.fromkeys(funding) if one in by_funding]
    trainee = _trainee(actor.trainee_id)
    used = {one.priority for one in choosing.prioritised(trainee.id)}
    require(policies.why_not_apply(cohort, today=clock.today(cohorts.zone_of(cohort)), pools=pools, used=used))
    require(why_not_begin(prior.lack_of(trainee.id, cohort)))
    if priority in used:
        raise NotNow(_l("Another application of yours has this priority. Choose a free one."), field="priority")
    group = next((one for one in queries.groups_of(cohort.school_id) if one.id == group_id), None)
    enrolment = choosing.enter(actor, cohort, trainee, named=pools, priority=priority)
    candidacy = Candidacy(enrolment_id=enrolment.id, enrolment=enrolment, school_id=cohort.school_id, average=average, group=group)
    db.session.add(candidacy)
    db.session.flush()  # documents and answers refer to its key
    said = answers or {}
    db.session.add_all(
        Answer(candidacy_id=candidacy.id, criterion_id=one.id, words=said.get(one.id)) for one in queries.criteria(cohort.id)
    )
    db.session.add_all(_papers(candidacy, trainee, queries.asked(cohort.id)))
    asking.ask(candidacy)
    return candidacy


def _papers(candidacy: Candidacy, trainee: Trainee, asked: Sequence[Asked]) -> list[Document]:
    """What this applicant brings: the certificate, a guardian's consent under 18 if it is on paper rather than by link, the proof of a group, what the school asks for."""
    wanted: list[tuple[What, Asked | None, bool]] = [(What.CERTIFICATE, None, True)]
    if trainee.is_minor():
        wanted.append((What.CONSENT, None, False))
    if candidacy.group is not None:
        wanted.append((What.GROUP, None, False))
    wanted += [(What.ASKED, one, one.required) for one in asked]
    return [
        Document(candidacy_id=candidacy.id, school_id=candidacy.school_id, place=place, what=what, asked=one, required=required)
        for place, (what, one, required) in enumerate(wanted, 1)
    ]


def _trainee(trainee_id: int) -> Trainee:
    """The trainee as they are now, locked: their priorities are counted by one at a time."""
    return db.session.get_one(Trainee, trainee_id, populate_existing=True, with_for_update={"key_share": True})


@transaction()
def prioritise(actor: Learner, trainee: Trainee, *, priorities: Mapping[int, int]) -> None:
    """The trainee's open applications in another order; `priorities` by enrolment, each once."""
    open_ones = choosing.prioritised(actor.trainee_id)
    wanted = {one.id: priorities.get(one.id, one.priority or 0) for one in open_ones}
    if len(set(wanted.values())) < len(wanted):
        raise NotNow(_l("Two applications have the same priority. Give each its own."))
    before = {one.id: one.priority for one in open_ones}
    choosing.prioritise(open_ones, wanted)
    for one in open_ones:
        if before[one.id] != wanted[one.id]:
            record(actor, Event.PRIORITISED, one, priority=wanted[one.id])


def bring(actor: Actor, document: Document, *, source: Readable, name: str, average: int | None = None) -> None:
    """Keeps what the applicant brings, for the school to check; with the certificate its average, if it was mistyped."""
    authorise(policies.can_bring, actor, document)
    _bring(actor, document, received=storage.receive(source, name=name, kinds=KINDS, limit=LIMIT), average=average)


@transaction()
def _bring(actor: Actor, document: Document, *, received: Received, average: int | None) -> None:
    require(policies.why_not_bring(document))
    file = keep_received(actor, received)
    move(actor, LIFECYCLE, "bring", document)
    document.file, document.brought_at, document.reason = file, clock.now(), None
    claim(file, document)
    if average is not None and document.what is What.CERTIFICATE:
        document.candidacy.average = average
    record(actor, Event.BROUGHT, document.candidacy.enrolment, document=document.id)
    asking.ask(document.candidacy)


@transaction()
def accept(actor: Actor, document: Document) -> None:
    """The document shows what it should; with the certificate its average is checked."""
    authorise(policies.can_accept, actor, document)
    require(policies.why_not_check(document))
    move(actor, LIFECYCLE, "accept", document)
    record(actor, Event.ACCEPTED, document.candidacy.enrolment, document=document.id)
    if document.what is What.CONSENT:
        guarding.paper_accepted(actor, document.candidacy.enrolment)
    notify(Notice.ACCEPTED, document, to=reach(document.candidacy.enrolment.trainee))
    asking.ask(document.candidacy)


@transaction()
def send_back(actor: Actor, document: Document, *, reason: str) -> None:
    """The document is not what it should be; the applicant reads why and brings another."""
    authorise(policies.can_send_back, actor, document)
    require(policies.why_not_check(document))
    if document.what is What.CONSENT and document.state is State.ACCEPTED:
        guarding.paper_sent_back(actor, document.candidacy.enrolment)
    move(actor, LIFECYCLE, "send_back", document, reason=reason)
    document.reason = reason
    record(actor, Event.SENT_BACK, document.candidacy.enrolment, detail={"reason": reason}, document=document.id)
    notify(Notice.SENT_BACK, document, to=reach(document.candidacy.enrolment.trainee))
    asking.ask(document.candidacy)


@transaction()
def score(actor: Actor, candidacy: Candidacy, *, points: Mapping[int, int | None]) -> None:
    """The points for each criterion, by its key."""
    authorise(policies.can_score, actor, candidacy)
    criteria = {one.criterion_id: one.criterion for one in candidacy.answers}
    known = {key: number for key, number in points.items() if key in criteria}
    require(policies.why_not_score(candidacy, known, criteria))
    for answer in candidacy.answers:
        answer.points = known.get(answer.criterion_id)
    given = {key: number for key, number in known.items() if number is not None}
    candidacy.points = total(given, {key: one.weight for key, one in criteria.items()}) if given else None
    record(actor, Event.SCORED, candidacy.enrolment, points=candidacy.points)
