"""Nobody under 18 is shown to an employer without a guardian's consent: every page that an employer can open is tried."""

from io import BytesIO
from itertools import product

import pytest
from sqlalchemy import select, update

from tests.candidates.factories import let_employers_find, make_application, make_interview, make_offer, make_vacancy
from tests.client import Browser
from tests.courses.buying import Bought, nominee
from tests.factories import learner, make_member, make_minor, make_school, save
from tests.files.pictures import png
from tests.internships.factories import make_entry, make_opening, make_placement, make_visit, today
from tests.trainees.lives import MARK, agreed
from training.accounts.memberships.models import Membership
from training.accounts.models import Account
from training.candidates.applications.models import Application
from training.candidates.interviews.models import Interview
from training.candidates.offers.models import Offer
from training.candidates.vacancies.models import Vacancy
from training.courses.allocations import queries as allocations
from training.courses.allocations import services as naming
from training.courses.allocations.models import Allocation
from training.courses.purchases.models import SeatPurchase
from training.courses.quotas.models import Quota
from training.internships.agreements.models import Agreement
from training.internships.evaluations.models import Evaluation
from training.internships.evaluations.workflow import By
from training.internships.logbooks.models import LogbookEntry, monday_of
from training.internships.logbooks.workflow import State as EntryState
from training.internships.openings.models import Opening
from training.internships.placements.models import Placement
from training.internships.placements.workflow import Notice as PlacementNotice
from training.internships.placements.workflow import State as PlacementState
from training.internships.visits.models import Visit
from training.internships.visits.workflow import State as VisitState
from training.kernel.db import db, transaction
from training.kernel.pages import Door, registered
from training.kernel.policy import Role
from training.notices.delivery import deliver
from training.notices.models import Dropped, Notification, Recipient
from training.notices.services import notify
from training.organisations.models import Organisation
from training.trainees.consents.models import Consent
from training.trainees.profiles.models import Trainee
from training.trainees.profiles.services import keep_photo

RECORDS = {
    "trainee_id": Trainee,
    "placement_id": Placement,
    "opening_id": Opening,
    "agreement_id": Agreement,
    "entry_id": LogbookEntry,
    "evaluation_id": Evaluation,
    "visit_id": Visit,
    "vacancy_id": Vacancy,
    "application_id": Application,
    "interview_id": Interview,
    "offer_id": Offer,
    "purchase_id": SeatPurchase,
    "quota_id": Quota,
    "allocation_id": Allocation,
}
"""What stands in the addresses of an employer's pages; what is not here belongs to schools, operators or nobody's record."""
OTHERS = {
    "year_id",
    "period_id",
    "room_id",
    "lesson_id",
    "pattern_id",
    "material_id",
    "version_id",
    "waiver_id",
    "module_id",
    "endorsement_id",
    "remark_id",
    "cohort_id",
    "enrolment_id",
    "document_id",
    "group_id",
    "team_id",
    "credential_id",
    "ruling_id",
    "recognition_id",
    "transfer_id",
    "edition_id",
    "assessment_id",
    "result_id",
    "award_id",
    "revocation_id",
    "invitation_id",
    "job_id",
    "name",
    "slug",
    "kind",
} | {
    "organisation_id",
    "membership_id",
    "sheet_id",
    "consent_id",
    "paper_id",
    "scan_id",
    "request_id",
    "subject_id",
    "kind",
    "problem_id",
    "view_id",
    "message_id",
    "notice_id",
    "claim_id",
    "first_id",
    "second_id",
}
"""Arguments of pages that show no trainee to an employer."""
SEARCHED = {"listed", "board"}
"""Pages with a search of their own."""
WORDS = f"?q={MARK.lower()}"
"""Looked for in small letters, so that what a page repeats of the question is no find."""


def a_minor_everywhere():
    """A minor with a consent in force who meets one employer in every way there is; gives the employer and its people by role."""
    trainee = make_minor(17, school_id=make_school().id, about=f"{MARK} likes lathes", phone=f"+7 {MARK}")
    trainee.call(family_name=MARK, given_name="Nina", patronymic=None, born_on=trainee.born_on)
    save(trainee)
    keep_photo(learner(trainee), trainee, source=BytesIO(png()))
    opening = make_opening(starts_on=today())
    employer = db.session.get_one(Organisation, opening.employer_id)
    placement = make_placement(trainee=trainee, state=PlacementState.ACTIVE, opening=opening)
    make_entry(placement, state=EntryState.SUBMITTED, task=f"{MARK} turned bushings")
    save(Evaluation(placement_id=placement.id, by=By.TRAINEE, comment=f"{MARK} learnt a lot"))
    make_visit(placement, state=VisitState.HELD, findings=f"{MARK} works well")
    agreed(db.session.get_one(Trainee, trainee.id), placement)
    person = let_employers_find(db.session.get_one(Trainee, trainee.id))
    application = make_application(make_vacancy(employer), trainee=person, letter=f"{MARK} writes")
    mentor = db.session.get_one(Membership, placement.mentor_id)
    make_interview(application, members=[mentor.id])
    make_offer(application)
    bought = Bought(2, employer=employer)
    keys = bought.name(nominee(email=person.email), nominee())  # the employer's own words: they stay its own
    naming.accept(learner(person), allocations.allocation(learner(person), keys[0]))
    people = {role: make_member(employer, role) for role in (Role.MANAGER, Role.RECRUITER)} | {Role.MENTOR: mentor}
    return employer, placement, {role.value: one.account_id for role, one in people.items()}


def addresses(app, employer) -> list[tuple[str, str]]:
    """Every page of a member that can be opened, with every record of the kinds in its address."""
    found = []
    for endpoint, page in sorted(registered(app).items()):
        if Door.MEMBER not in page.doors or "GET" not in page.methods:
            continue
        assert set(page.arguments) <= {*RECORDS, *OTHERS, "monday"}, f"{endpoint}: is {page.arguments} about a trainee? Add it to RECORDS"
        choices = [values(name) for name in page.arguments]
        for chosen in product(*choices):
            address = f"/o/{employer.slug}{page.path}"
            for name, value in zip(page.arguments, chosen, strict=True):
                address = address.replace(f"<int:{name}>", value).replace(f"<{name}>", value)
            found.append((endpoint, address))
            if endpoint.rsplit(".", 1)[1] in SEARCHED:
                found.append((endpoint, f"{address}{WORDS}"))
    return found


def values(name: str) -> list[str]:
    """What can stand for an argument."""
    if name == "monday":
        return [str(monday_of(today()))]
    if name in OTHERS:
        return ["1"]
    kind = RECORDS[name]
    return [str(key) for key in db.session.scalars(select(kind.id).order_by(kind.id))]


def shown_to(app, account_id: int, pages) -> set[str]:
    """On which pages the minor is read, or a file of theirs is sent."""
    browser = Browser(app).sign_in(db.session.get_one(Account, account_id))
    db.session.commit()
    found = set()
    for endpoint, address in pages:
        with app.app_context():
            got = browser.client.get(address)
            content = got.get_data()
            got.close()
        is_file = got.status_code == 200 and got.mimetype != "text/html"
        if MARK.encode() in content or is_file:
            found.add(endpoint)
    return found


BOTH = {
    "candidates.applications.board",
    "candidates.applications.show",
    "candidates.interviews.download",
    "candidates.offers.listed",
    "candidates.talent.listed",
    "candidates.talent.show",
}
ALL = {
    "internships.agreements.pdf",
    "internships.agreements.show",
    "internships.evaluations.listed",
    "internships.logbooks.show",
    "internships.placements.listed",
    "internships.placements.show",
    "trainees.disclosures.card",
    "trainees.disclosures.photo",
}
VISITED = {
    "internships.visits.download",
    "internships.visits.listed",
    "internships.visits.of_placement",
    "internships.visits.show",
}
PLACES = {
    "manager": ALL | BOTH | VISITED,
    "recruiter": ALL | BOTH,
    "mentor": ALL | VISITED | {"candidates.interviews.show", "internships.logbooks.countersign"},
}
"""Where an employer's people read a minor while the guardian agrees: otherwise the test would prove nothing."""


@pytest.mark.timeout(280)
def test_an_employer_reads_a_minor_everywhere_or_nowhere(app):
    employer, _placement, people = a_minor_everywhere()
    pages = addresses(app, employer)
    assert len(pages) > 80

    for role, account_id in people.items():
        assert shown_to(app, account_id, pages) >= PLACES[role], role
    db.session.execute(update(Consent).values(state="withdrawn"))
    db.session.commit()

    for role, account_id in people.items():
        assert shown_to(app, account_id, pages) == set(), role


def test_a_letter_that_waits_is_not_sent_once_the_guardian_has_withdrawn(app):
    _employer, placement, people = a_minor_everywhere()

    @transaction()
    def tell() -> None:
        notify(PlacementNotice.STARTED, placement, to=[Recipient("account", people["manager"], placement.employer_id)])

    tell()
    newest = select(Notification.id).order_by(Notification.id.desc()).limit(1)
    notice = db.session.scalars(newest).one()
    db.session.execute(update(Consent).values(state="withdrawn"))
    db.session.commit()

    deliver(notice)

    assert db.session.get_one(Notification, notice, populate_existing=True).dropped is Dropped.NO_LONGER_THEIRS
