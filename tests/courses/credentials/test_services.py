"""Drafting, issuing, the document, revoking."""

import io
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pypdf
import pytest
from sqlalchemy import select

from tests.courses.factories import (
    SYSTEM,
    make_cohort,
    make_credential,
    make_enrolment,
    make_programme,
    make_skill,
    make_version,
)
from tests.factories import actor_of, events_of, make_trainee
from training.courses.cohorts.workflow import State as CohortState
from training.courses.credentials import documents, queries, services
from training.courses.credentials.models import Credential
from training.courses.credentials.workflow import Event, Notice, State
from training.courses.enrolments.workflow import State as EnrolmentState
from training.files import queries as files
from training.jobs import worker
from training.kernel import clock
from training.kernel.db import db
from training.kernel.policy import NotNow, Role
from training.notices.models import Notification
from training.trainees.passport import queries as passport


def completed(**given):
    return make_enrolment(make_cohort(state=CohortState.COMPLETED, **given), state=EnrolmentState.COMPLETED)


def manager_of(credential):
    return actor_of(credential.school, Role.MANAGER)


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

        credential = make_credential(enrolment)

        assert events_of(credential) == [Event.DRAFTED, Event.ISSUED]
        assert credential.number == f"{clock.today().year}-0001"
        assert passport.levels([trainee_id]) == {trainee_id: {skill.id: 3}}
        assert db.session.scalars(select(Notification.to_id).where(Notification.name == Notice.ISSUED.value)).all() == [account]

    def test_numbers_run_on_per_issuer(self):
        version = make_version()

        numbers = [str(make_credential(version=one)) for one in (version, version, None)]

        assert [number[-4:] for number in numbers] == ["0001", "0002", "0001"]


@pytest.mark.usefixtures("app")
class TestDocument:
    def test_is_made_in_the_background_with_the_words_and_the_address(self):
        trainee = make_trainee()
        trainee_name = trainee.full_name
        version = make_version(make_programme(title="Оператор-наладчик станков"))
        enrolment = make_enrolment(make_cohort(version, state=CohortState.COMPLETED), trainee, state=EnrolmentState.COMPLETED)
        credential = make_credential(enrolment)

        worker.run_due()

        there = loaded(credential)
        assert there.file is not None
        assert (there.pdf_digest, there.file.media_type) == (there.file.sha256, "application/pdf")
        content = files.path(there.file).read_bytes()
        document = pypdf.PdfReader(io.BytesIO(content))
        words = document.pages[0].extract_text()
        assert all(one in words for one in (trainee_name, "Оператор-наладчик станков", there.number, f"/credentials/{there.slug}"))
        assert b"pdfaid" in content
        assert events_of(credential) == [Event.DRAFTED, Event.ISSUED, Event.RENDERED]

    def test_is_pdf_a_with_a_supplement_of_modules_and_hours(self):
        credential = make_credential(version=make_version(modules={"ПМ.01": 60, "ПМ.02": 40}))

        worker.run_due()

        file = loaded(credential).file
        assert file is not None
        document = pypdf.PdfReader(files.path(file))
        intents: Any = document.root_object["/OutputIntents"]
        assert [one.get_object()["/S"] for one in intents] == ["/GTS_PDFA1"]
        assert document.xmp_metadata is not None
        told = document.xmp_metadata.rdf_root.toxml()
        assert ("pdfaid:part>3<" in told, "pdfaid:conformance>B<" in told) == (True, True)
        assert len(document.pages) == 2
        words = document.pages[1].extract_text()
        assert all(one in words for one in ("Приложение", "ПМ.01", "Module ПМ.01", "60", "40", "100", str(loaded(credential))))
        assert "Оценка" not in words

    def test_marks_stand_in_it_where_there_are_any_and_a_long_one_goes_on(self):
        credential = loaded(make_credential())
        lines = [documents.Line(f"УД.{number:02}", f"Дисциплина {number}", 36, number % 2, mark="5 (отлично)") for number in range(80)]

        made = documents.pdf(credential, address="https://cadre.example/credentials/x", lines=lines)

        pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages]
        assert len(pages) > 2
        assert all("Оценка" in page for page in pages[1:])
        assert "Дисциплина 79" in pages[-1]
        assert "отлично" in pages[1]

    def test_words_are_no_source(self):
        version = make_version(make_programme(title='#panic("x") $1/0$ ] } \\ "quoted"'))
        enrolment = make_enrolment(make_cohort(version, state=CohortState.COMPLETED), state=EnrolmentState.COMPLETED)
        credential = make_credential(enrolment)

        worker.run_due()

        there = loaded(credential)
        assert there.file is not None
        assert '#panic("x")' in pypdf.PdfReader(files.path(there.file)).pages[0].extract_text()


@pytest.mark.usefixtures("app")
class TestRevoke:
    def test_is_final_and_takes_the_evidence_back(self):
        skill = make_skill()
        enrolment = completed(version=make_version(skills={skill.id: 3}))
        trainee_id = enrolment.trainee_id
        credential = make_credential(enrolment)
        manager = manager_of(credential)

        services.revoke(manager, credential, reason="Issued to the wrong person")

        there = loaded(credential)
        assert (there.state, there.revoked_on) == (State.REVOKED, clock.today("Europe/Samara"))
        assert passport.levels([trainee_id]) == {trainee_id: {}}
        with pytest.raises(NotNow):
            services.revoke(manager, there, reason="Again")


def test_numbers_have_no_gap_and_no_double_under_a_race(committing_app):
    version = make_version()
    made = [services.draft(actor_of(version.programme.school, Role.TEACHER), [completed(version=version)])[0].id for _ in range(12)]

    def issue(credential_id):
        with committing_app.app_context():
            services.issue(SYSTEM, queries.credential(SYSTEM, credential_id))

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(issue, made))

    db.session.rollback()
    numbers = sorted(number for number in db.session.scalars(select(Credential.number)) if number)
    assert [int(number[-4:]) for number in numbers] == list(range(1, 13))
