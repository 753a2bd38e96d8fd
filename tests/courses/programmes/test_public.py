"""The public page of a programme: what one chooses it by, what machines read, as many statements however much there is."""

from datetime import timedelta

import pytest
from sqlalchemy import event, select

from tests.courses.factories import make_cohort, make_enrolment, make_occupation, make_programme, make_version
from tests.factories import make_employer, save
from tests.internships.factories import make_opening
from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.workflow import State
from training.internships.openings.models import OpeningCode
from training.kernel import clock
from training.kernel.db import db
from training.kernel.wiring import wired
from training.taxonomy.models import ProgrammeCode


@pytest.fixture
def statements(app):
    """The statements so far."""
    sent = []

    def note(connection, cursor, statement, *rest):
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield sent
    event.remove(db.engine, "before_cursor_execute", note)


def welding():
    """A programme of a listed code for an occupation."""
    occupation = make_occupation()
    version = make_version(make_programme(code="15.01.05", occupation=occupation, occupation_id=occupation.id))
    code = save(ProgrammeCode(system="fgos", code="15.01.05", kind="profession", title_en="Welder", title_ru="Сварщик"))
    return version, occupation, code


def suited(code, **given):
    opening = make_opening(**given)
    save(OpeningCode(opening_id=opening.id, programme_code_id=code.id))
    return opening


class TestPlaces:
    def test_openings_that_name_the_code_and_those_of_the_work_that_name_none_are_shown(self, client):
        version, occupation, code = welding()
        other = save(ProgrammeCode(system="fgos", code="15.01.35", kind="profession", title_en="Fitter", title_ru="Слесарь"))
        employer = make_employer()
        suited(code, employer=employer, title="Named shop")
        make_opening(employer=employer, title="Any shop", occupation=occupation)
        suited(other, employer=employer, title="Fitting shop", occupation=occupation)
        make_opening(employer=employer, title="Kitchen")

        words = client.get(f"/programmes/{version.programme.slug}").words

        assert [title for title in ("Named shop", "Any shop", "Fitting shop", "Kitchen") if title in words] == ["Named shop", "Any shop"]

    def test_what_is_full_or_has_begun_is_not(self, app):
        version, _occupation, code = welding()
        today = clock.today()
        suited(code, starts_on=today - timedelta(1), ends_on=today + timedelta(20))

        assert wired().tells["programme.places"](version.programme).rows == []


class TestGraduates:
    def test_the_share_says_of_how_many_and_since_when(self, client):
        version, _occupation, _code = welding()
        cohort = make_cohort(version)
        enrolled = [make_enrolment(cohort, state=State.COMPLETED).id for _ in range(3)]
        one = db.session.scalars(select(Enrolment).where(Enrolment.id == enrolled[0])).one()
        one.hired_on = clock.today()
        db.session.commit()

        words = client.get(f"/programmes/{version.programme.slug}").words

        assert "1 of 3 who completed it since" in words

    def test_nothing_is_said_where_nobody_has_completed_it(self, client):
        version, _occupation, _code = welding()

        assert "What became of those who finished" not in client.get(f"/programmes/{version.programme.slug}").words


class TestPage:
    def test_the_queue_is_told_when_all_seats_are_taken(self, client):
        version, _occupation, _code = welding()
        cohort = make_cohort(version, seats=1)
        make_enrolment(cohort)
        for _ in range(2):
            make_enrolment(cohort, state=State.WAITLISTED)

        assert "2 people wait now." in client.get(f"/programmes/{version.programme.slug}").words

    def test_machines_read_the_programme_its_course_and_each_cohort(self, client):
        version, _occupation, _code = welding()
        cohorts = [make_cohort(version), make_cohort(version)]

        page = client.get(f"/programmes/{version.programme.slug}")

        kinds = [one.get("itemtype").rpartition("/")[2] for one in page.all("*") if one.get("itemtype")]
        assert (kinds.count("EducationalOccupationalProgram"), kinds.count("Course"), kinds.count("CourseInstance")) == (1, 1, 2)
        assert page.text.count(f'itemprop="startDate" content="{cohorts[0].starts_on.isoformat()}"') == 3

    def test_its_address_can_be_passed_on(self, client):
        version, _occupation, _code = welding()

        assert f"/programmes/{version.programme.slug}</span>" in client.get(f"/programmes/{version.programme.slug}").text

    def test_it_is_not_sent_again_while_nothing_has_happened(self, client):
        version, _occupation, _code = welding()
        address = f"/programmes/{version.programme.slug}"

        etag = client.get(address).response.headers["ETag"]

        assert client.get(address, headers={"If-None-Match": etag}).status == 304

    def test_much_takes_as_many_statements_as_little(self, client, statements):
        version, _occupation, code = welding()
        address = f"/programmes/{version.programme.slug}"

        def more(number):
            for _ in range(number):
                make_cohort(version)
                suited(code)

        def asked():
            statements.clear()
            client.get(address)
            return len(statements)

        more(2)
        client.get(address)
        few = asked()
        more(10)

        assert (asked(), few <= 16) == (few, True)
