"""Classes of a bundle: each is a cohort of the school, or becomes one where its course is a programme that is published."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from training.courses.cohorts import policies as cohort_policies
from training.courses.cohorts import queries as cohorts
from training.courses.cohorts import services as cohort_services
from training.courses.cohorts.models import Cohort
from training.courses.cohorts.workflow import Funding, State, StudyForm
from training.courses.enrolments.queries import in_it
from training.courses.programmes.models import ProgrammeVersion
from training.courses.programmes.queries import published
from training.courses.rosters.matching import Matching, source_of
from training.courses.rosters.models import RosterClass
from training.exchange.importers import Made, Part, Row, Undoing, Wrong
from training.kernel import clock
from training.kernel.db import among, db
from training.kernel.i18n import LazyString, _, _l, format_date, ngettext
from training.kernel.keys import sort_key
from training.kernel.policy import Actor, Member, NotNow


def check(actor: Actor, rows: Sequence[Row]) -> None:
    """Finds the cohort of each class, or the programme of which one is planned for it."""
    matching = Matching(actor, [(row.values["sourcedId"], row.values["code"]) for row in rows])
    today = clock.today(matching.school.zone)
    versions: Sequence[ProgrammeVersion] | None = None
    for row in rows:
        said = row.values
        cohort = matching.cohort(said["sourcedId"], said["code"])
        if cohort is None:
            versions = published(actor) if versions is None else versions
            _plan(row, versions, today=today)
        elif cohort.state is State.CANCELLED:
            row.wrong("classCode", _l("The cohort %(code)s is cancelled. Plan another and give the class its code.", code=cohort.code))
        else:
            said["cohort_id"] = cohort.id
            row.same = matching.known(said["sourcedId"]) is not None
            if not row.same:
                row.remark(_l("It is the cohort %(code)s; the next bundle finds it by its sourcedId.", code=cohort.code))


def _plan(row: Row, versions: Sequence[ProgrammeVersion], *, today: date) -> None:
    """Whether a cohort can be planned for a class that is none yet, with days and seats of its own."""
    said = row.values
    named = {"code": said["code"], "course": said["courseCode"] or said["course"] or "–"}
    found = _meant(said, versions)
    if len(found) != 1:
        row.wrong(
            "courseSourcedId",
            _l(
                "There is no cohort “%(code)s”, and several published programmes fit the course %(course)s. Plan the cohort, and upload the bundle again.",
                **named,
            )
            if found
            else _l(
                "There is no cohort “%(code)s”, and no published programme is the course %(course)s. Plan the cohort, or publish the programme, and upload the bundle again.",
                **named,
            ),
        )
        return
    starts_on, ends_on = said["starts_on"], said["ends_on"]
    if starts_on is None or ends_on is None:
        row.wrong("termSourcedIds", _l("There is no cohort “%(code)s”, and its terms do not say when one would begin and end.", **named))
    elif starts_on <= today:
        day = format_date(starts_on, relative=False, weekday=False)
        row.wrong(
            "termSourcedIds",
            _l(
                "There is no cohort “%(code)s”, and training began on %(day)s, so none is planned for it. Give the cohort that is meant this code, and upload the bundle again.",
                code=said["code"],
                day=day,
            ),
        )
    elif not said["students"]:
        row.wrong(None, _l("There is no cohort “%(code)s”, and no student in the class for whom one would be planned.", **named))
    else:
        _within(row, found[0])


def _within(row: Row, version: ProgrammeVersion) -> None:
    """What the service that plans cohorts would say, before it is asked to."""
    said, given = row.values, _given(row.values)
    days = {name: given[name] for name in ("opens_on", "closes_on", "starts_on", "ends_on")}
    days["joins_until_on"] = given["closes_on"]
    against = cohort_policies.why_not_plan(version, days=days, seats=given["seats"], code=cohorts.code_of(version.id))
    for sentence in against:
        row.wrong(None, sentence)
    said["version_id"] = version.id
    if not against:
        row.remark(
            ngettext(
                "The cohort %(code)s of “%(programme)s” is planned from %(day)s, with %(num)s seat that the state pays for.",
                "The cohort %(code)s of “%(programme)s” is planned from %(day)s, with %(num)s seats that the state pays for.",
                said["students"],
                code=said["code"],
                programme=version.programme.title,
                day=format_date(said["starts_on"], relative=False, weekday=False),
            )
        )


def _given(said: Mapping[str, Any]) -> dict[str, Any]:
    """A cohort as the class describes it: people can apply until the day before training."""
    return {
        "opens_on": min(clock.today(), said["starts_on"] - timedelta(days=1)),
        "closes_on": said["starts_on"] - timedelta(days=1),
        "starts_on": said["starts_on"],
        "ends_on": said["ends_on"],
        "seats": {Funding.STATE: said["students"]},
    }


def _meant(said: Mapping[str, Any], versions: Sequence[ProgrammeVersion]) -> Sequence[ProgrammeVersion]:
    """The published programmes that a course may be: by code and title, else by the one that fits alone."""
    code, title = sort_key(said["courseCode"]), sort_key(said["course"])
    coded = [one for one in versions if code and sort_key(one.programme.code or "") == code]
    titled = [one for one in coded or versions if title and sort_key(one.programme.title) == title]
    return titled or (coded if code else [])


def apply(actor: Actor, rows: Sequence[Mapping[str, Any]]) -> list[Made | Wrong]:
    """Keeps which cohorts the classes are, and plans those that are none yet; a class that cannot be planned leaves nothing behind."""
    fresh: dict[str, int] = {}
    return [_take(actor, said, fresh) for said in rows]


def _take(actor: Actor, said: Mapping[str, Any], fresh: dict[str, int]) -> Made | Wrong:
    """One class; `fresh` are the cohorts that were just planned, by code: several classes may be one cohort."""
    assert isinstance(actor, Member)
    try:
        with db.session.begin_nested():
            code = sort_key(said["code"])
            cohort_id, planned = said.get("cohort_id") or fresh.get(code), False
            if cohort_id is None:
                version = db.session.get_one(ProgrammeVersion, said["version_id"])
                cohort_id, planned = _planned(actor, version, said).id, True
            tie = RosterClass(school_id=actor.organisation_id, source=source_of(said["sourcedId"]), cohort_id=cohort_id, planned=planned)
            db.session.add(tie)
    except NotNow as refusal:
        return Wrong(None, " ".join(map(str, refusal.sentences)))
    except IntegrityError:
        return Wrong(None, _l("Another import has just taken this class. Upload the bundle again."))
    fresh[code] = cohort_id
    return Made(tie.id, 1)


def _planned(actor: Actor, version: ProgrammeVersion, said: Mapping[str, Any]) -> Cohort:
    cohort = cohort_services.plan(actor, version, code=said["code"], study_form=StudyForm.FULL_TIME, **_given(said))
    db.session.flush()  # the class refers to the cohort's key
    return cohort


def now(ids: Collection[int]) -> dict[int, tuple[str, int]]:
    """Codes of the cohorts that classes are, by id; what is kept of a class never changes."""
    query = select(RosterClass.id, Cohort.code).join(Cohort, Cohort.id == RosterClass.cohort_id).where(among(RosterClass.id, ids))
    return {key: (code, 1) for key, code in db.session.execute(query)}


def withdraw(actor: Actor, made: Sequence[Made]) -> None:
    """Forgets which cohorts classes are; one that was planned for its class is cancelled, unless somebody is in it by now."""
    query = select(RosterClass).where(among(RosterClass.id, [one.id for one in made])).order_by(RosterClass.id)
    for tie in db.session.scalars(query).all():
        if tie.planned and not in_it(tie.cohort_id):
            cohort = db.session.get_one(Cohort, tie.cohort_id, populate_existing=True)
            if cohort.state in (State.PLANNED, State.OPEN, State.CLOSED):
                cohort_services.cancel(actor, cohort, reason=_("The list was taken back."))
        db.session.delete(tie)


TITLE: LazyString = _l("Classes as cohorts")
CLASSES = Part("classes", TITLE, ("sourcedId",), check, apply, Undoing("roster_class", now, withdraw))
