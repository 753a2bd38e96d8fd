"""A whole life in the product: somebody with a row in every table that people have rows in."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import update

from tests.candidates.factories import let_employers_find, make_application, make_interview, make_offer, make_vacancy
from tests.courses.buying import Bought, nominee
from tests.courses.factories import make_cohort, make_credential, make_enrolment
from tests.factories import actor_of, learner, make_account, make_consent, make_member, make_organisation, make_school, save
from tests.files.pictures import png
from tests.internships.factories import make_entry, make_opening, make_placement, make_visit
from training.accounts import services as accounts
from training.accounts.models import Account, Session
from training.accounts.workflow import Purpose as LinkPurpose
from training.candidates.applications.models import Application
from training.candidates.interviews.models import Interview
from training.candidates.offers.models import Offer
from training.candidates.talent.models import TalentInvitation
from training.courses.allocations import queries as allocations
from training.courses.allocations import services as naming
from training.courses.cohorts.workflow import Admission
from training.courses.cohorts.workflow import State as CohortState
from training.courses.credentials import services as credentials
from training.courses.enrolments.workflow import State as EnrolmentState
from training.courses.selections.models import Answer, Candidacy, Criterion, Document, Ranking, RankingLine
from training.courses.selections.workflow import State as DocumentState
from training.courses.selections.workflow import What
from training.exchange.models import ImportBatch, ImportRow
from training.exchange.workflow import Outcome
from training.exchange.workflow import State as ImportState
from training.files import media, services, storage
from training.files.models import StoredFile
from training.internships.agreements import wording
from training.internships.agreements.models import Agreement, AgreementParty, AgreementPlacement, Signature
from training.internships.agreements.workflow import AgreementKind, How
from training.internships.agreements.workflow import State as AgreementState
from training.internships.evaluations.models import Evaluation, EvaluationRating
from training.internships.evaluations.workflow import By
from training.internships.logbooks.workflow import State as EntryState
from training.internships.placements.workflow import State as PlacementState
from training.internships.scans.models import AgreementScan
from training.internships.scans.workflow import State as ScanState
from training.internships.visits.workflow import State as VisitState
from training.jobs.models import Job, JobState
from training.kernel import clock, keys
from training.kernel.db import db, writing
from training.kernel.policy import OrganisationKind, Role, System, Visitor
from training.kernel.receipts import LimitCounter
from training.kernel.workflow import Party
from training.organisations.models import Organisation
from training.search.services import Document as Found
from training.search.services import put
from training.taxonomy.models import Skill
from training.trainees.cards import services as cards
from training.trainees.consents.models import Consent
from training.trainees.employments.models import Employment
from training.trainees.exports import services as exports
from training.trainees.papers.models import ConsentPaper
from training.trainees.papers.workflow import Says
from training.trainees.papers.workflow import State as PaperState
from training.trainees.passport.models import EvidenceKind
from training.trainees.passport.services import attest
from training.trainees.profiles import services as profiles
from training.trainees.profiles.models import Education, Photo, Trainee

MARK = "Zyxmarkova"
"""A word that stands nowhere else."""
BORN = date(2009, 2, 3)
SYSTEM = System("tests")
VISITED = ("place", "agenda", "reason", "findings", "agreed", "school_note", "mentor_words", "trainee_words")


@dataclass
class Life:
    """Somebody, and the organisations they met."""

    trainee: Trainee
    school: Organisation
    employer: Organisation
    agreement: Agreement
    others: dict[str, int]
    """Rows of somebody else, by table, that must stay as they are."""


def kept(name: str, content: bytes, *, kind: str = media.TEXT, subject: Any = None) -> StoredFile:
    """A file of anybody's."""
    received = storage.receive(content, name=f"{MARK}-{name}", kinds={kind}, limit=10_000)
    return services.keep_received(SYSTEM, received, subject=subject)


def live() -> Life:
    """Lives the life, to the end of everything that goes on."""
    school, operator = make_school(), make_organisation(OrganisationKind.OPERATOR)
    make_member(school, Role.MANAGER)
    make_member(operator, Role.OPERATOR)
    account = make_account(name=f"{MARK} Nina", email=f"{MARK}@example.org", login_name=f"{MARK.lower()}.nina")
    trainee = Trainee(
        slug=keys.slug(), account=account, school_id=school.id, email=account.email, phone=f"+7 {MARK}", town=f"{MARK}grad", about=MARK
    )
    trainee.call(family_name=MARK, given_name="Nina", patronymic=f"{MARK}na", born_on=BORN)
    save(trainee)
    save(Session(account_id=account.id, token="1" * 64, device=f"{MARK} phone", began_at=clock.now(), expires_at=clock.now()))
    accounts.sign_in(Visitor(account.id), account, device=f"{MARK} laptop")
    placement = interned(trainee)
    agreement = agreed(trainee, placement)
    studied(trainee, school)
    selected(trainee)
    nominated(trainee)
    told(trainee, school)
    employer = db.session.get_one(Organisation, placement.employer_id)
    recruited(trainee, employer)
    kept_beside(trainee, school)
    carded(school)
    others = {"trainee": save(other_of(school)).id}
    return Life(trainee, school, employer, agreement, others)


def other_of(school: Organisation) -> Trainee:
    """Somebody else of the same group."""
    other = Trainee(slug=keys.slug(), school_id=school.id, about="Stays")
    other.call(family_name="Stays", given_name="Here", patronymic=None, born_on=date(2008, 1, 1))
    return other


def interned(trainee: Trainee) -> Any:
    """A placement that is over, with a countersigned logbook and an evaluation."""
    placement = make_placement(trainee=trainee, state=PlacementState.COMPLETED, opening=make_opening(), reason=MARK)
    make_entry(placement, state=EntryState.COUNTERSIGNED, task=MARK, result=MARK, comment=MARK)
    make_entry(placement, state=EntryState.DRAFT, days_ago=1, task=MARK)
    evaluation = save(
        Evaluation(placement_id=placement.id, by=By.MENTOR, membership_id=placement.mentor_id, comment=MARK, disagreement=MARK)
    )
    visited: dict[str, Any] = dict.fromkeys(VISITED, MARK)
    make_visit(placement, state=VisitState.HELD, **visited)
    skill = save(Skill(slug=f"skill-{placement.id}", title_en="Turning", title_ru="Точение"))
    save(EvaluationRating(evaluation_id=evaluation.id, skill_id=skill.id, level=3))
    with writing():
        attest(trainee, {skill.id: 3}, EvidenceKind.OWN, trainee)
        attest(trainee, {skill.id: 3}, EvidenceKind.RATING, evaluation)
    save(
        Employment(
            trainee_id=trainee.id,
            employer_id=placement.employer_id,
            position=MARK,
            began_on=clock.today(),
            subject_kind="placement",
            subject_id=placement.id,
        )
    )
    return placement


def nominated(trainee: Trainee) -> None:
    """A seat that an employer kept for them, and that they did not take."""
    names = {"family_name": MARK, "given_name": "Nina", "patronymic": f"{MARK}na", "personnel_number": f"{MARK}-7"}
    (key,) = Bought(1).name(nominee(email=trainee.email, **names))
    naming.decline(learner(trainee), allocations.allocation(learner(trainee), key), reason=MARK)


def agreed(trainee: Trainee, placement: Any) -> Agreement:
    """A consent, its paper, and an agreement that the guardian signed."""
    consent = make_consent(trainee)
    assert consent.guardian is not None
    guardian = consent.guardian
    guardian.name, guardian.email, guardian.email_key = f"Olga {MARK}", f"olga-{MARK}@example.org", f"olga-{MARK}@example.org".lower()
    save(guardian)
    with writing():
        accounts.link(LinkPurpose.CONSENT, consent.id, once=False)
        file = kept("paper.txt", f"signed {MARK}".encode())
        letter = kept("letter.txt", f"dear {MARK}".encode(), subject=consent)
        assert letter.subject_kind == "consent"
    paper = save(
        ConsentPaper(
            consent_id=consent.id,
            school_id=placement.school_id,
            file_id=file.id,
            says=Says.AGREES,
            brought_by_id=make_account().id,
            brought_at=clock.now(),
            state=PaperState.TURNED_DOWN,
            reason=MARK,
        )
    )
    with writing():
        services.claim(db.session.get_one(StoredFile, file.id), paper)
    agreement = save(
        Agreement(
            kind=AgreementKind.PRACTICE,
            number="ПП-1",
            school_id=placement.school_id,
            employer_id=placement.employer_id,
            starts_on=placement.starts_on,
            ends_on=placement.ends_on,
            language="ru",
            terms=wording.terms(AgreementKind.PRACTICE, "ПП-1", placement, "ru"),
            digest="1" * 64,
            state=AgreementState.IN_FORCE,
        )
    )
    save(AgreementPlacement(agreement_id=agreement.id, placement_id=placement.id))
    side = save(AgreementParty(agreement_id=agreement.id, place=1, party=Party.GUARDIAN, guardian_id=guardian.id))
    save(
        Signature(
            agreement_id=agreement.id,
            agreement_party_id=side.id,
            guardian_id=guardian.id,
            signer=f"Olga {MARK}",
            signed_at=clock.now(),
            how=How.PAPER,
            digest="1" * 64,
        )
    )
    with writing():
        sheet = kept("agreement-scan.txt", f"agreement signed by {MARK}".encode())
    scan = save(
        AgreementScan(
            agreement_id=agreement.id,
            school_id=placement.school_id,
            file_id=sheet.id,
            until=1,
            signers=f"Olga {MARK}",
            signed_on=clock.today(),
            brought_by_id=make_account().id,
            brought_at=clock.now(),
            state=ScanState.TURNED_DOWN,
            reason=MARK,
        )
    )
    with writing():
        services.claim(db.session.get_one(StoredFile, sheet.id), scan)
        agreement.file_id = kept("agreement.txt", f"agreement with {MARK}".encode(), subject=agreement).id
    return agreement


def studied(trainee: Trainee, school: Organisation) -> None:
    """An enrolment that is completed, and its credential with a document."""
    enrolment = make_enrolment(make_cohort(state=CohortState.COMPLETED), trainee, state=EnrolmentState.COMPLETED)
    credential = make_credential(enrolment)
    received = storage.receive(f"credential of {MARK}".encode(), name=f"{MARK}.txt", kinds={media.TEXT}, limit=1000)
    credentials.keep_document(SYSTEM, credential, received=received)
    save(Education(trainee_id=trainee.id, place=MARK, what=MARK))
    with writing():
        file = kept("photo.png", png(beside=MARK.encode()), kind=media.PNG)
    photo = save(Photo(trainee_id=trainee.id, file_id=file.id))
    with writing():
        services.claim(db.session.get_one(StoredFile, file.id), photo)


def selected(trainee: Trainee) -> None:
    """An application by selection that was refused, with an answer, a document that was sent back and a condition."""
    cohort = make_cohort(admission=Admission.SELECTION)
    enrolment = make_enrolment(cohort, trainee, state=EnrolmentState.REFUSED, priority=1, rank=1)
    values = {"average": 415, "condition": MARK, "condition_until_on": clock.today(), "condition_module": MARK}
    candidacy = save(Candidacy(enrolment_id=enrolment.id, school_id=cohort.school_id, **values))
    criterion = save(Criterion(cohort_id=cohort.id, school_id=cohort.school_id, place=1, name="Letter", weight=1, maximum=10))
    save(Answer(candidacy_id=candidacy.id, criterion_id=criterion.id, words=MARK, points=5))
    with writing():
        file = kept("certificate.txt", f"certificate of {MARK}".encode())
    of_applicant = {"candidacy_id": candidacy.id, "school_id": cohort.school_id, "place": 1, "required": True}
    document = save(Document(**of_applicant, what=What.CERTIFICATE, state=DocumentState.SENT_BACK, file_id=file.id, reason=MARK))
    with writing():
        services.claim(db.session.get_one(StoredFile, file.id), document)
    ranking = save(Ranking(cohort_id=cohort.id, school_id=cohort.school_id, number=1, published_at=clock.now()))
    line = {"place": 1, "first": False, "points": 5, "average": 415, "priority": 1}
    save(RankingLine(ranking_id=ranking.id, enrolment_id=enrolment.id, **line))


def told(trainee: Trainee, school: Organisation) -> None:
    """Words in the trail, and a search document."""
    profiles.edit(learner(trainee), trainee, version=trainee.version, about=MARK)
    exports.ask(learner(trainee), trainee)
    with writing():
        put(Found("trainee", trainee.id, f"{MARK} Nina", MARK, [f"o{school.id}"]))


def recruited(trainee: Trainee, employer: Organisation) -> None:
    """An application that ended, with an interview and an offer, and an invitation."""
    let_employers_find(trainee)
    vacancy = make_vacancy(employer)
    application = make_application(vacancy, trainee=trainee, letter=MARK)
    make_interview(application)
    make_offer(application)
    save(TalentInvitation(vacancy_id=vacancy.id, employer_id=employer.id, trainee_id=trainee.id, invited_at=clock.now()))
    with writing() as session:
        mine = {"synchronize_session": False}
        session.execute(update(Interview).values(words=MARK).execution_options(**mine))
        session.execute(update(Offer).values(words=MARK, conditions=MARK, state="withdrawn").execution_options(**mine))
        session.execute(
            update(Application)
            .where(Application.trainee_id == trainee.id)
            .values(words=MARK, state="rejected", rejection="skills")
            .execution_options(**mine)
        )


def kept_beside(trainee: Trainee, school: Organisation) -> None:
    """What no key leads to: a roster, a failed job, a counter of tries."""
    with writing():
        file = kept("roster.csv", f"ФИО\n{MARK} Nina\n".encode(), kind=media.CSV)
    batch = save(
        ImportBatch(
            slug=keys.slug(),
            organisation_id=school.id,
            account_id=(uploader := make_account().id),
            holder_id=uploader,
            kind="trainees",
            file_id=file.id,
            language="ru",
            layout={"names": ["full_name"]},
            state=ImportState.DONE,
        )
    )
    for number, name in enumerate((f"{MARK} Nina", "Stays Here"), 2):
        save(
            ImportRow(
                batch_id=batch.id, sheet=0, number=number, outcome=Outcome.APPLIED, cells=[name], values={"full_name": name}, errors=None
            )
        )
    save(Job(task="x", args={}, run_at=clock.now(), attempts=8, state=JobState.PARKED, error=f"SMTP: {trainee.email} refused"))
    key = f"LIMITER/way in {keys.sort_key(trainee.email or '')}/accounts.sign_in/30/1/hour"
    save(LimitCounter(key=key, count=2, until_at=clock.now() + timedelta(hours=1)))


def carded(school: Organisation) -> None:
    """A card of somebody else's, so that sheets are there and stay."""
    other = save(other_of(make_school()))
    own_school = db.session.get_one(Organisation, other.school_id)
    cards.give(actor_of(own_school, Role.MANAGER), own_school, trainee_ids=[other.id], language="ru")


def account_of(life: Life) -> Account:
    """The account."""
    return db.session.get_one(Account, life.trainee.account_id)


def consent_of(life: Life) -> Consent:
    """The consent."""
    return db.session.query(Consent).filter_by(trainee_id=life.trainee.id).one()
