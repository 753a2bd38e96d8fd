"""Evaluating a placement, disagreeing, and completing it."""

from collections.abc import Mapping

from sqlalchemy.exc import IntegrityError

from training.accounts.memberships.queries import of_role
from training.audit.services import record
from training.internships.evaluations import policies, queries
from training.internships.evaluations.models import Evaluation, EvaluationRating
from training.internships.evaluations.workflow import By, Event, Notice, Recommendation
from training.internships.logbooks import queries as logbooks
from training.internships.placements import services as placements
from training.internships.placements.models import Placement
from training.internships.placements.skills import asked_of
from training.kernel.db import db, transaction
from training.kernel.i18n import _l
from training.kernel.policy import Actor, Member, NotAllowed, NotNow, Role, authorise, require
from training.kernel.workflow import Party
from training.notices.models import Recipient
from training.notices.services import notify
from training.trainees.passport.models import EvidenceKind
from training.trainees.passport.services import attest
from training.trainees.profiles.queries import reach
from training.turns.services import answered


@transaction()
def write(
    actor: Actor, placement: Placement, *, ratings: Mapping[int, int], comment: str, recommendation: Recommendation | None = None
) -> Evaluation:
    """One side's evaluation; the mentor's ratings (skill id to level 1–4) go into the trainee's passport."""
    authorise(policies.can_write, actor, placement)
    by = policies.side_of(actor, placement)
    if by is None:
        raise NotAllowed("evaluations.write")
    require(policies.why_not_write(placement, written=queries.written_by(placement.id), by=by))
    asked = [skill.id for skill, _level in asked_of(placement)]
    require(policies.why_not_rated(asked=asked, rated=ratings, by=by))
    evaluation = Evaluation(
        placement=placement,
        by=by,
        membership_id=_author(actor, placement, by),
        comment=comment,
        recommendation=recommendation if by is By.MENTOR else None,
    )
    evaluation.ratings = [EvaluationRating(skill_id=key, level=level) for key, level in sorted(ratings.items())]
    try:
        with db.session.begin_nested():
            db.session.add(evaluation)
    except IntegrityError:
        raise NotNow(_l("Your side has written its evaluation; it stays as it is.")) from None
    record(actor, Event.WRITTEN, evaluation, placement=placement.id, by=by, recommendation=evaluation.recommendation)
    if by is By.MENTOR:
        attest(placement.trainee, ratings, EvidenceKind.RATING, evaluation, by=placement.employer_id)
        answered(placement, Party.MENTOR)
    if by is not By.TRAINEE:
        notify(Notice.WRITTEN, evaluation, to=reach(placement.trainee))
    return evaluation


def _author(actor: Actor, placement: Placement, by: By) -> int | None:
    """The membership that the evaluation is written by; the trainee's own has none."""
    if by is By.MENTOR:
        return placement.mentor_id
    if not isinstance(actor, Member):
        return None
    people = of_role(actor.organisation_id, Role.TEACHER, Role.PLACEMENT_OFFICER)
    return next(one.id for one in people if one.account_id == actor.account_id)


@transaction()
def disagree(actor: Actor, evaluation: Evaluation, *, comment: str) -> None:
    """The trainee says what they see otherwise; it stands beside the evaluation."""
    authorise(policies.can_disagree, actor, evaluation)
    require(policies.why_not_disagree(evaluation))
    evaluation.disagreement = comment
    record(actor, Event.DISAGREED, evaluation, placement=evaluation.placement_id, detail={"comment": comment})
    author = evaluation.membership
    if author is not None:
        notify(Notice.DISAGREED, evaluation, to=[Recipient("account", author.account_id, author.organisation_id)])


@transaction()
def complete(actor: Actor, placement: Placement) -> None:
    """The stay is done as planned: logbook countersigned, evaluation written."""
    authorise(policies.can_complete, actor, placement)
    require(
        policies.why_not_complete(
            placement,
            unfinished=logbooks.unfinished(placement),
            countersigned=logbooks.hours_of(placement).countersigned,
            written=queries.written_by(placement.id),
        )
    )
    placements.complete(actor, placement)
