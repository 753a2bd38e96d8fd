"""Issuing, the document, revoking."""

import io
from concurrent.futures import ThreadPoolExecutor

import pypdf
import pytest
from sqlalchemy import select

from tests.courses.factories import SYSTEM, make_cohort, make_enrolment, make_programme, make_skill, make_version
from tests.factories import actor_of, events_of, make_school, make_trainee
from training.courses.cohorts.workflow import State as CohortState
from training.courses.credentials import queries, services
from training.courses.credentials.models import Credential
from training.courses.credentials.workflow import Event, Notice, State
from training.courses.enrolments import queries as enrolments
from training.courses.enrolments.workflow import State as EnrolmentState
from training.files import queries as files
from training.jobs import worker
from training.kernel import clock
from training.kernel.db import db
from training.kernel.policy import NotAllowed, NotNow, Role
from training.notices.models import Notification
from training.trainees.passport import queries as passport


def completed(**given):
    return make_enrolment(make_cohort(state=CohortState.COMPLETED, **given), state=EnrolmentState.COMPLETED)


def manager_of(enrolment):
    return actor_of(enrolment.cohort.programme_version.programme.school, Role.MANAGER)


def loaded(credential):
    db.session.rollback()
    db.session.expire_all()
    return queries.credential(SYSTEM, credential.id)


@pytest.mark.usefixtures("app")
class TestIssue:
    def test_numbers_it_and_attests_the_skills(self):
        skill = make_skill()
        enrolment = completed(version=make_version(skills={skill.id: 3}))
        trainee_id, account = enrolment.trainee_id, enrolment.trainee.account_id

        credential = services.issue(manager_of(enrolment), enrolment)

        assert events_of(credential) == [Event.ISSUED]
        assert credential.number == f"{clock.today().year}-0001"
        assert passport.levels([trainee_id]) == {trainee_id: {skill.id: 3}}
        assert db.session.scalars(select(Notification.to_id).where(Notification.name == Notice.ISSUED.value)).all() == [account]

    def test_numbers_run_on_per_issuer(self):
        version = make_version()
        first, second, elsewhere = completed(version=version), completed(version=version), completed()

        numbers = [services.issue(manager_of(one), one).number for one in (first, second, elsewhere)]

        assert [number[-4:] for number in numbers] == ["0001", "0002", "0001"]

    def test_is_given_once_and_only_after_completion(self):
        enrolment, studying = completed(), make_enrolment()
        manager, other = manager_of(enrolment), manager_of(studying)
        services.issue(manager, enrolment)

        with pytest.raises(NotNow):
            services.issue(manager, enrolment)
        with pytest.raises(NotNow):
            services.issue(other, studying)

    def test_is_for_managers_of_the_school(self):
        enrolment = completed()

        for stranger in (
            actor_of(make_school(), Role.MANAGER),
            actor_of(enrolment.cohort.programme_version.programme.school, Role.TEACHER),
        ):
            with pytest.raises(NotAllowed):
                services.issue(stranger, enrolment)

    def test_a_whole_cohort_at_once_leaves_out_whoever_has_one(self):
        cohort = make_cohort(state=CohortState.COMPLETED)
        first = make_enrolment(cohort, state=EnrolmentState.COMPLETED)
        make_enrolment(cohort, state=EnrolmentState.COMPLETED)
        make_enrolment(cohort, state=EnrolmentState.EXPELLED)
        manager = manager_of(first)
        services.issue(manager, first)

        assert services.issue_all(manager, cohort) == 1
        assert services.issue_all(manager, cohort) == 0


@pytest.mark.usefixtures("app")
class TestDocument:
    def test_is_made_in_the_background_with_the_words_and_the_address(self):
        trainee = make_trainee()
        trainee_name = trainee.full_name
        version = make_version(make_programme(title="Оператор-наладчик станков"))
        enrolment = make_enrolment(make_cohort(version, state=CohortState.COMPLETED), trainee, state=EnrolmentState.COMPLETED)
        credential = services.issue(manager_of(enrolment), enrolment)

        worker.run_due()

        there = loaded(credential)
        assert there.file is not None
        assert (there.pdf_digest, there.file.media_type) == (there.file.sha256, "application/pdf")
        content = files.path(there.file).read_bytes()
        document = pypdf.PdfReader(io.BytesIO(content))
        words = document.pages[0].extract_text()
        assert all(one in words for one in (trainee_name, "Оператор-наладчик станков", there.number, f"/credentials/{there.slug}"))
        assert b"pdfaid" in content
        assert events_of(credential) == [Event.ISSUED, Event.RENDERED]

    def test_words_are_no_source(self):
        version = make_version(make_programme(title='#panic("x") $1/0$ ] } \\ "quoted"'))
        enrolment = make_enrolment(make_cohort(version, state=CohortState.COMPLETED), state=EnrolmentState.COMPLETED)
        credential = services.issue(manager_of(enrolment), enrolment)

        worker.run_due()

        there = loaded(credential)
        assert there.file is not None
        assert '#panic("x")' in pypdf.PdfReader(files.path(there.file)).pages[0].extract_text()


@pytest.mark.usefixtures("app")
class TestRevoke:
    def test_is_final_and_takes_the_evidence_back(self):
        skill = make_skill()
        enrolment = completed(version=make_version(skills={skill.id: 3}))
        manager, trainee_id = manager_of(enrolment), enrolment.trainee_id
        credential = services.issue(manager, enrolment)

        services.revoke(manager, credential, reason="Issued to the wrong person")

        there = loaded(credential)
        assert (there.state, there.revoked_on) == (State.REVOKED, clock.today("Europe/Samara"))
        assert passport.levels([trainee_id]) == {trainee_id: {}}
        with pytest.raises(NotNow):
            services.revoke(manager, there, reason="Again")


def test_numbers_have_no_gap_and_no_double_under_a_race(committing_app):
    version = make_version()
    ids = [completed(version=version).id for _ in range(12)]
    manager = actor_of(version.programme.school, Role.MANAGER)

    def issue(enrolment_id):
        with committing_app.app_context():
            return services.issue(manager, enrolments.enrolment(SYSTEM, enrolment_id)).number

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(issue, ids))

    db.session.rollback()
    numbers = sorted(db.session.scalars(select(Credential.number)))
    assert [int(number[-4:]) for number in numbers] == list(range(1, 13))
