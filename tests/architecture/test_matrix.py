"""Every page × actor × ownership on the demonstration region: allowed, 403 or 404 as its rule says, and never somebody else's record."""

import secrets
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import Connection, select

from tests.client import Browser
from tests.conftest import joined, undone
from tests.factories import session_token
from training.accounts.invitations.models import Invitation
from training.accounts.memberships.models import Membership
from training.accounts.memberships.queries import current, member
from training.accounts.models import Account
from training.accounts.queries import by_way_in
from training.app import AREAS
from training.candidates.applications.models import Application
from training.candidates.interviews.models import Interview
from training.candidates.offers.models import Offer
from training.candidates.vacancies.models import Vacancy
from training.courses.allocations.models import Allocation
from training.courses.assessments.models import Assessment, Result
from training.courses.awards.models import Award
from training.courses.calendar.models import AcademicYear, Period
from training.courses.cohorts.models import Cohort
from training.courses.credentials.models import Credential
from training.courses.endorsements.models import Endorsement
from training.courses.enrolments.models import Enrolment
from training.courses.lessons.models import Lesson, LessonPattern
from training.courses.materials.models import Material
from training.courses.programmes.models import Module, Programme, ProgrammeVersion
from training.courses.purchases.models import SeatPurchase
from training.courses.quotas.models import Quota
from training.courses.recognitions.models import Recognition
from training.courses.remarks.models import Remark
from training.courses.revocations.models import Revocation
from training.courses.rooms.models import Room
from training.courses.rulings.models import Ruling
from training.courses.scales.models import ScaleEdition
from training.courses.selections.models import Document, PriorityGroup
from training.courses.teams.models import Team
from training.courses.transfers.models import Transfer
from training.courses.waivers.models import Waiver
from training.exchange.models import ImportBatch
from training.internships.agreements.models import Agreement
from training.internships.evaluations.models import Evaluation
from training.internships.logbooks.models import LogbookEntry
from training.internships.openings.models import Opening
from training.internships.placements.models import Placement
from training.internships.scans.models import AgreementScan
from training.internships.visits.models import Visit
from training.jobs.models import Job
from training.kernel.db import NotFound, Record, db
from training.kernel.limits import limiter
from training.kernel.pages import Door, Page, registered
from training.kernel.policy import Actor, Learner, Member, NotNow, OrganisationKind, Visitor
from training.notices.models import Notification
from training.operations.problems.models import Problem
from training.organisations.models import Organisation
from training.saved_views.models import SavedView
from training.threads.models import Message
from training.trainees.cards.models import CardSheet
from training.trainees.claims.models import Claim
from training.trainees.consents.models import Consent
from training.trainees.erasures.models import ErasureRequest
from training.trainees.exports.models import DataExport
from training.trainees.merges.models import Pair
from training.trainees.papers.models import ConsentPaper
from training.trainees.passport.models import Evidence
from training.trainees.profiles.models import Education, Trainee

SUBJECTS = 3
"""Records tried of each kind, spread over their states."""
MEMBERS = [
    "manager@dtk.example",
    "teacher@dtk.example",
    "placement_officer@dtk.example",
    "manager@dtpt.example",
    "manager@daaz.example",
    "recruiter@daaz.example",
    "mentor@daaz.example",
    "manager@dzpm.example",
    "recruiter@avtosvet.example",
    "coordinator@region.example",
    "auditor@region.example",
    "operator@operator.example",
]
KINDS: dict[str, type[Record]] = {
    "year_id": AcademicYear,
    "period_id": Period,
    "room_id": Room,
    "lesson_id": Lesson,
    "pattern_id": LessonPattern,
    "material_id": Material,
    "version_id": ProgrammeVersion,
    "waiver_id": Waiver,
    "endorsement_id": Endorsement,
    "remark_id": Remark,
    "cohort_id": Cohort,
    "enrolment_id": Enrolment,
    "ruling_id": Ruling,
    "recognition_id": Recognition,
    "transfer_id": Transfer,
    "document_id": Document,
    "group_id": PriorityGroup,
    "purchase_id": SeatPurchase,
    "quota_id": Quota,
    "allocation_id": Allocation,
    "team_id": Team,
    "credential_id": Credential,
    "edition_id": ScaleEdition,
    "assessment_id": Assessment,
    "result_id": Result,
    "award_id": Award,
    "revocation_id": Revocation,
    "opening_id": Opening,
    "placement_id": Placement,
    "agreement_id": Agreement,
    "entry_id": LogbookEntry,
    "evaluation_id": Evaluation,
    "visit_id": Visit,
    "vacancy_id": Vacancy,
    "application_id": Application,
    "interview_id": Interview,
    "offer_id": Offer,
    "trainee_id": Trainee,
    "claim_id": Claim,
    "education_id": Education,
    "evidence_id": Evidence,
    "consent_id": Consent,
    "paper_id": ConsentPaper,
    "scan_id": AgreementScan,
    "sheet_id": CardSheet,
    "export_id": DataExport,
    "request_id": ErasureRequest,
    "organisation_id": Organisation,
    "membership_id": Membership,
    "invitation_id": Invitation,
    "job_id": Job,
    "view_id": SavedView,
    "problem_id": Problem,
    "message_id": Message,
    "notice_id": Notification,
}
TWO_KEYS: dict[tuple[str, ...], tuple[Any, Any]] = {
    ("version_id", "module_id"): (Module.version_id, Module.id),
    ("first_id", "second_id"): (Pair.first_id, Pair.second_id),
}
"""Pages whose address names two records."""
OPEN_TO_OTHERS = {
    "trainees.disclosures.card",
    "trainees.disclosures.photo",
    "candidates.talent.show",
    "candidates.talent.invite",
    "courses.purchases.ask",
    "organisations.show",
    "threads.message",
}
"""Pages of records that others than the organisation they name may see: by a disclosure, because they are public, or as those it was written to."""
EVERY_CELL = "sqlite"
"""Here each subject is tried; elsewhere, for a page, person and door, the first of each answer: rules ask no database, their statements do."""
tried: Counter[str] = Counter()


@dataclass(frozen=True)
class Somebody:
    """One of the region's people, signed in: as an actor, and the public address of the organisation acted for."""

    name: str
    actor: Member | Learner
    slug: str | None
    token: str
    """Of a session that goes on."""

    @property
    def cookies(self) -> tuple[tuple[str, str], ...]:
        """What their browser keeps."""
        return (("_user_id", self.token),)

    def through(self, door: Door) -> Actor | None:
        """The actor as they come through a door; None when it is not theirs."""
        match door:
            case Door.MEMBER:
                return self.actor if isinstance(self.actor, Member) else None
            case Door.LEARNER:
                return self.actor if isinstance(self.actor, Learner) else None
            case Door.PUBLIC | Door.ACCOUNT:
                return Visitor(self.actor.account_id)
            case _:
                return None


@dataclass
class World:
    """The demonstration region with its people."""

    app: Flask
    connection: Connection
    people: list[Somebody] = field(default_factory=list)


@pytest.fixture(scope="module")
def world(small_region, tmp_path_factory) -> Iterator[World]:
    app = small_region(tmp_path_factory.mktemp("matrix"))
    limiter.enabled = False
    with joined(app) as connection:
        with app.app_context():
            people = actors()
        yield World(app, connection, people)
    limiter.enabled = True
    with app.app_context():
        db.engine.dispose()


def actors() -> list[Somebody]:
    """The region's people: members of every kind, and three trainees."""
    found: list[Somebody] = []
    for address in MEMBERS:
        account = by_way_in(address)
        assert account is not None, address
        slug = address.split("@")[1].removesuffix(".example")
        acting = member(current(account.id), slug)
        assert isinstance(acting, Member)
        found.append(Somebody(address, acting, slug, session_token(account)))
    query = select(Trainee).where(Trainee.account_id.is_not(None)).order_by(Trainee.id)
    placed = db.session.scalars(query.where(Trainee.id.in_(select(Placement.trainee_id))).limit(1)).one()
    hired = db.session.scalars(query.where(Trainee.id.in_(select(Offer.trainee_id))).limit(1)).one()
    other = db.session.scalars(query.where(Trainee.id.in_(select(Enrolment.trainee_id))).offset(60).limit(1)).one()
    for name, trainee in (("a placed trainee", placed), ("a candidate", hired), ("another trainee", other)):
        assert trainee.account_id is not None
        token = session_token(db.session.get_one(Account, trainee.account_id))
        found.append(Somebody(name, Learner(trainee.account_id, trainee.id), None, token))
    return found


def arguments(page: Page) -> list[dict[str, Any]]:
    """Path arguments that lead to records of the region, in several states, and one that leads nowhere."""
    names = page.arguments
    if not names:
        return [{}]
    if names == ["slug"]:
        kinds: dict[str, type[Any]] = {
            "programmes": Programme,
            "openings": Opening,
            "vacancies": Vacancy,
            "organisations": Organisation,
            "credentials": Credential,
            "badges": Credential,
            "allocations": Allocation,
            "teams": Team,
        }
        words = page.endpoint.split(".")
        kind = kinds.get(
            "openings" if page.endpoint == "internships.placements.request" else "vacancies" if words[1] == "applications" else words[-2]
        )
        slugs = list(db.session.scalars(select(kind.slug).order_by(kind.id).limit(SUBJECTS))) if kind else []
        return [{"slug": slug} for slug in [*slugs, "nowhere"]]
    if tuple(names) in TWO_KEYS:
        first, second = TWO_KEYS[tuple(names)]
        rows = db.session.execute(select(first, second).order_by(first.class_.id.desc()).limit(SUBJECTS))
        return [dict(zip(names, row, strict=True)) for row in rows] + [{names[0]: 10**6, names[1]: 10**6 + 1}]
    if names == ["placement_id", "monday"]:
        rows = db.session.execute(
            select(LogbookEntry.placement_id, LogbookEntry.worked_on).order_by(LogbookEntry.id.desc()).limit(SUBJECTS)
        )
        return [{"placement_id": key, "monday": str(day)} for key, day in rows] + [{"placement_id": 10**6, "monday": "2026-01-05"}]
    if names == ["kind", "subject_id"]:
        return [{"kind": "placement", "subject_id": key} for key in [*spread(Placement), 10**6]] + [{"kind": "account", "subject_id": 1}]
    if names == ["slug", "number", "name"]:
        return [{"slug": "dtk", "number": 0, "name": signed} for signed in ("RS256", "EdDSA")] + [
            {"slug": "dtk", "number": 0, "name": "none"}
        ]
    if names == ["slug", "tie_id"]:
        batches = db.session.scalars(select(ImportBatch.slug).order_by(ImportBatch.id).limit(SUBJECTS))
        return [{"slug": slug, "tie_id": 1} for slug in [*batches, "nowhere"]]
    if names == ["message_id", "slug"]:
        return [{"message_id": key, "slug": "nowhere"} for key in [*spread(Message), 10**6]]
    [name] = names
    if name in ("name", "kind", "token", "code", "persona", "session_id"):
        return []
    kind = KINDS[name]
    return [{name: key} for key in [*spread(kind), 10**6]]


def spread(kind: type[Any]) -> list[int]:
    """Keys of records in different states."""
    if "state" not in kind.__table__.c:
        return list(db.session.scalars(select(kind.id).order_by(kind.id).limit(SUBJECTS)))
    found: dict[Any, list[int]] = {}
    for key, state in db.session.execute(select(kind.id, kind.state).order_by(kind.id.desc())):
        found.setdefault(state, []).append(key)
    return [keys[0] for keys in found.values()][: SUBJECTS + 2]


def expected(page: Page, actor: Actor, args: dict[str, Any]) -> tuple[int, Any]:
    """What the page's own rule says: 404, 403 or 200, and the subject."""
    try:
        subject = page.subject(actor, **args) if page.subject else None
    except NotFound:
        return 404, None
    may = page.may(actor) if page.subject is None else page.may(actor, subject)
    return (200 if may else 403), subject


def owners(subject: Any) -> set[int]:
    """The organisations that a record belongs to; empty when it belongs to none."""
    names = ("organisation_id", "school_id", "employer_id")
    return {value for name in names if (value := getattr(subject, name, None)) is not None}


def endpoints() -> list[str]:
    """The pages that somebody acts on: of members and of trainees."""
    app = Flask("endpoints")
    app.extensions["gate"] = None
    for area in AREAS:
        app.register_blueprint(area)
    return [name for name, page in sorted(registered(app).items()) if {Door.MEMBER, Door.LEARNER, Door.PUBLIC} & set(page.doors)]


@pytest.mark.parametrize("endpoint", endpoints())
def test_a_page_answers_as_its_rule_says(world: World, endpoint: str):
    page = registered(world.app)[endpoint]
    with world.app.app_context():
        wanted = arguments(page)
    for somebody in world.people:
        for door in page.doors:
            acting = somebody.through(door)
            if acting is None:
                continue
            met: set[int] = set()
            for args in wanted:
                with undone(world.connection):
                    with world.app.app_context():
                        says, subject = expected(page, acting, args)
                        foreign = is_foreign(acting, subject)
                    if says not in met or world.connection.dialect.name == EVERY_CELL:
                        check(world, page, door, somebody, args, says, foreign=foreign)
                met.add(says)


def is_foreign(actor: Actor, subject: Any) -> bool:
    """Whether this belongs to other schools or employers than the member's."""
    if not isinstance(actor, Member) or actor.kind not in (OrganisationKind.SCHOOL, OrganisationKind.EMPLOYER):
        return False
    return bool(owners(subject)) and actor.organisation_id not in owners(subject)


def check(world: World, page: Page, door: Door, somebody: Somebody, args: dict[str, Any], says: int, *, foreign: bool) -> None:
    """One cell of the matrix."""
    about = f"{page.endpoint} {args} as {somebody.name}"
    url = address(page, door, somebody.slug, args)
    browser = Browser(world.app).come_back(somebody.token)
    try:
        if "GET" in page.methods:
            status = browser.get(url).status
            assert status in {404: (404,), 403: (403,), 200: (200, 302, 304, 409)}[says], f"{about}: {status}, its rule says {says}"
        else:
            with browser.client.session_transaction() as session:
                session["csrf_token"] = "0" * 40
            status = browser.post(url, {"csrf_token": signed(world.app), "receipt_key": secrets.token_urlsafe(8)}).status
            assert status in {404: (404,), 403: (403,), 200: (302, 409, 400)}[says], f"{about}: {status}, its rule says {says}"
    except NotNow as refusal:
        raise AssertionError(f"{about}: a refusal escaped the gate: {refusal}") from refusal
    others = foreign and says == 200 and door is Door.MEMBER and page.endpoint not in OPEN_TO_OTHERS
    assert not others, f"{about}: somebody else's record"
    tried[str(says)] += 1


def address(page: Page, door: Door, slug: str | None, args: dict[str, Any]) -> str:
    """The page's address through a door."""
    url = door.value.replace("<organisation>", slug or "") + page.path
    for key, value in args.items():
        url = url.replace(f"<int:{key}>", str(value)).replace(f"<{key}>", str(value))
    return url


def signed(app: Flask) -> str:
    """The form token of a session whose secret is forty zeros."""
    return str(URLSafeTimedSerializer(app.config["SECRET_KEY"], salt="wtf-csrf-token").dumps("0" * 40))


def test_every_kind_of_answer_has_been_met(world: World, record_property):
    """Runs last on its worker; the number of cells stands in the report."""
    record_property("cells", sum(tried.values()))
    assert sum(tried.values()) > 200
    assert {"200", "403", "404"} <= set(tried)
