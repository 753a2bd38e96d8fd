"""Students' places in the classes of a bundle, as enrolments in the cohorts that these are."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, select

from training.courses.cohorts.models import Cohort
from training.courses.enrolments import admitting
from training.courses.enrolments.models import Enrolment, EnrolmentChoice
from training.courses.enrolments.prior import lack_of_each
from training.courses.enrolments.workflow import SEATED, WAITING, State
from training.courses.prerequisites.policies import why_not_begin
from training.courses.rosters.matching import Matching
from training.exchange.importers import Made, Part, Row, Undoing, Wrong
from training.kernel import clock
from training.kernel.db import among, db
from training.kernel.i18n import _, _l, format_date
from training.kernel.policy import Actor, Member
from training.trainees.disclosures.models import Disclosure
from training.trainees.engagements.models import Engagement
from training.trainees.profiles.models import Trainee, identity_key
from training.trainees.profiles.queries import on_roster

_QUEUED = _l("No seat is free: the person takes a place in the queue.")


def check(actor: Actor, rows: Sequence[Row]) -> None:
    """Finds cohort and person of each place; whoever has one is the same, and whoever cannot begin is told why.

    A cohort and a person that this bundle brings itself are not there yet when it is looked at first.
    """
    assert isinstance(actor, Member)
    matching = Matching(actor, [(row.values["classSourcedId"], row.values["code"]) for row in rows])
    people = on_roster(actor.organisation_id, [_identity(row.values) for row in rows])
    cohorts = {id(row): matching.cohort(row.values["classSourcedId"], row.values["code"]) for row in rows}
    found = {one.id: one for one in cohorts.values() if one is not None}
    standing = admitting.standing([one.id for one in people.values()], sorted(found))
    today, seen = clock.today(matching.school.zone), set()
    ready: dict[int, list[tuple[Row, Trainee | None]]] = defaultdict(list)
    for row in rows:
        said, cohort, trainee = row.values, cohorts[id(row)], people.get(_identity(row.values))
        place = (cohort.id if cohort else said["code"], _identity(said))
        known = standing.get((trainee.id, cohort.id)) if trainee and cohort else None
        if place in seen or (known is not None and known.state in (*WAITING, *SEATED)):
            row.same = True
        elif said["ends_on"] is not None and said["ends_on"] < today:
            day = format_date(said["ends_on"], relative=False, weekday=False)
            row.wrong("endDate", _l("It ended on %(day)s. What is over is not taken.", day=day))
        elif known is not None and known.state is not State.REFUSED:
            row.wrong(
                "userSourcedId",
                _l("The person was in this cohort before: %(state)s. Nothing is changed by a file.", state=known.state.label),
            )
        elif cohort is not None:
            said |= {"cohort_id": cohort.id, "trainee_id": trainee.id if trainee else None}
            ready[cohort.id].append((row, trainee))
        seen.add(place)
    for cohort_id, entering in ready.items():
        _look(found[cohort_id], entering)


def _look(cohort: Cohort, entering: Sequence[tuple[Row, Trainee | None]]) -> None:
    """What stands against each who would enter a cohort, and whether a seat is free."""
    pool = admitting.pool_for(cohort.id)
    against = admitting.why_not_admit(cohort, pool)
    free = pool.free if pool is not None else 0
    lacking = lack_of_each([one.id for _row, one in entering if one is not None], cohort)
    for row, trainee in entering:
        sentences = against or (why_not_begin(lacking.get(trainee.id)) if trainee is not None else [])
        if sentences:
            row.wrong("classSourcedId", sentences[0])
        elif free < 1:
            row.remark(_QUEUED)
        else:
            free -= 1


def _identity(said: Mapping[str, Any]) -> str:
    return identity_key(said["family_name"], said["given_name"], said["patronymic"], said["born_on"])


def apply(actor: Actor, rows: Sequence[Mapping[str, Any]]) -> list[Made | Wrong]:
    """Enrols the people, cohort by cohort; who cannot be enrolled is told why, and the others are."""
    came: dict[int, Made | Wrong] = {}
    entering: dict[int, list[int]] = defaultdict(list)
    for place, said in enumerate(rows):
        if said.get("cohort_id") is None:
            came[place] = Wrong(
                "classSourcedId", _l("There is no cohort “%(code)s”: its row in classes.csv was not taken.", code=said["code"])
            )
        elif said.get("trainee_id") is None:
            came[place] = Wrong("userSourcedId", _l("The student's row in users.csv was not taken, so this one is not either."))
        else:
            entering[said["cohort_id"]].append(place)
    for cohort_id, places in sorted(entering.items()):
        cohort = db.session.get_one(Cohort, cohort_id)
        made = admitting.admit(actor, cohort, [rows[place]["trainee_id"] for place in places])
        db.session.flush()  # the versions are those of the rows as they are written
        came |= {place: _told(one) for place, one in zip(places, made, strict=True)}
    return [came[place] for place in range(len(rows))]


def _told(one: Enrolment | admitting.Refusal) -> Made | Wrong:
    if not isinstance(one, Enrolment):
        return Wrong("classSourcedId", one)
    return Made(one.id, one.version, said=_QUEUED if one.state is State.WAITLISTED else None)


def now(ids: Collection[int]) -> dict[int, tuple[str, int]]:
    """Names and versions of enrolments, by id."""
    query = select(Enrolment.id, Trainee.family_name, Enrolment.version).join(Trainee, Trainee.id == Enrolment.trainee_id)
    return {key: (name, version) for key, name, version in db.session.execute(query.where(among(Enrolment.id, ids)))}


def withdraw(actor: Actor, made: Sequence[Made]) -> None:
    """Takes people out of the cohorts again; their seats go to the next."""
    query = select(Enrolment).where(among(Enrolment.id, [one.id for one in made])).order_by(Enrolment.id)
    found = db.session.scalars(query, execution_options={"populate_existing": True}).all()
    admitting.dismiss(actor, found, reason=_("The list was taken back."))


def _choices(enrolments: Select[Any]) -> Select[Any]:
    return select(EnrolmentChoice.id).where(EnrolmentChoice.enrolment_id.in_(enrolments))


def _engagements(enrolments: Select[Any]) -> Select[Any]:
    return select(Engagement.id).where(Engagement.subject_kind == Enrolment.__tablename__, Engagement.subject_id.in_(enrolments))


def _disclosures(enrolments: Select[Any]) -> Select[Any]:
    return select(Disclosure.id).where(Disclosure.subject_kind == Enrolment.__tablename__, Disclosure.subject_id.in_(enrolments))


BESIDE = {"enrolment_choice": _choices, "engagement": _engagements, "disclosure": _disclosures}
PLACES = Part(
    "enrolments",
    _l("Places as enrolments"),
    ("userSourcedId", "classSourcedId"),
    check,
    apply,
    Undoing("enrolment", now, withdraw, BESIDE),
)
