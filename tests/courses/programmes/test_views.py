"""Pages of programmes."""

from datetime import date, timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import event

from tests.courses.factories import make_cohort, make_enrolment, make_occupation, make_programme, make_skill, make_version
from tests.factories import make_member, make_organisation, make_school
from training.courses.cohorts.workflow import Admission
from training.courses.cohorts.workflow import State as CohortState
from training.courses.enrolments.workflow import State as EnrolmentState
from training.courses.programmes.models import ProgrammeVersion
from training.courses.programmes.workflow import Kind, State
from training.kernel.db import db
from training.kernel.policy import OrganisationKind, Role
from training.organisations.workflow import State as OrganisationState


@pytest.fixture
def statements(app):
    """Counts what the database is asked within the block."""
    seen: list[str] = []

    def note(connection, cursor, statement, *rest):
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN")):
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield seen
    event.remove(db.engine, "before_cursor_execute", note)


def signed_in(client, school, *roles):
    member = make_member(school, *roles)
    client.sign_in(member.account)
    return f"/o/{school.slug}"


class TestCatalogue:
    def test_shows_what_can_be_begun_with_its_seats(self, client):
        version = make_version(found=True)
        make_cohort(version, seats=5)

        page = client.get("/programmes")

        assert page.status == 200
        assert version.programme.title in page.words
        assert "5 seats free" in page.words

    def test_does_not_call_seats_free_that_are_given_by_selection(self, client):
        make_cohort(make_version(found=True), seats=5, admission=Admission.SELECTION)

        page = client.get("/programmes")

        assert "By selection" in page.words
        assert "seats free" not in page.words

    def test_finds_by_stems(self, client):
        make_version(make_programme(title="Сварщик ручной сварки"), found=True)
        make_version(make_programme(title="Повар"), found=True)

        page = client.get("/programmes?q=сварщики")

        assert "1 programme for" in page.words
        assert "Сварщик" in page.words
        assert "Повар" not in page.words

    def test_says_what_is_of_the_same_family_when_nothing_is_called_so(self, client):
        make_version(make_programme(title="Наладка станков"), found=True)

        page = client.get("/programmes?q=станочник")

        assert "Did you mean:" in page.words
        assert "Наладка станков" in page.words

    def test_filters_by_town_school_occupation_kind_and_start_with_counts(self, client):
        here, there = make_school(town="Dimitrovgrad"), make_school(town="Ulyanovsk")
        occupation = make_occupation()
        free = make_version(make_programme(here, title="Free one", occupation_id=occupation.id))
        full = make_version(make_programme(here, title="Full one", kind=Kind.SPECIALTY))
        make_version(make_programme(there, title="Sleeping one"))
        make_cohort(free, seats=1)
        make_enrolment(make_cohort(full, seats=1))

        def titles(query):
            words = client.get(f"/programmes?{query}").words
            return {name for name in ("Free one", "Full one", "Sleeping one") if name in words}

        assert titles("start=free") == {"Free one"}
        assert titles("start=queue") == {"Full one"}
        assert titles("town=Ulyanovsk") == {"Sleeping one"}
        assert titles(f"school={here.id}") == {"Free one", "Full one"}
        assert titles(f"occupation={occupation.id}") == {"Free one"}
        assert titles("kind=specialty") == {"Full one"}
        assert titles("kind=specialty&start=free") == set()
        assert titles("school=x&kind=nothing&occupation=99999999999&start=soon") == {"Free one", "Full one", "Sleeping one"}

    def test_hides_drafts_and_schools_that_are_not_verified(self, client):
        make_version(make_programme(title="A draft"), state=State.DRAFT)
        suspended = make_organisation(OrganisationKind.SCHOOL, state=OrganisationState.SUSPENDED)
        make_version(make_programme(suspended, title="Of a suspended school"), found=True)

        assert "0 programmes" in client.get("/programmes").words
        assert "0 programmes" in client.get("/programmes?q=suspended").words

    def test_asks_as_much_for_forty_rows_as_for_two(self, client, statements):
        for _ in range(2):
            make_cohort(make_version(found=True))
        statements.clear()
        client.get("/programmes")
        few = len(statements)
        for _ in range(38):
            make_cohort(make_version(found=True))
        statements.clear()
        page = client.get("/programmes?q=module")

        assert "40 programmes" in page.words
        assert (len(statements), few) <= (8, 8)
        assert len(statements) <= few + 1

    def test_is_answered_with_304_while_nothing_happened(self, client):
        tag = client.get("/programmes").response.headers["ETag"]

        assert client.get("/programmes", headers={"If-None-Match": tag}).status == 304


class TestPublic:
    def test_tells_what_one_learns_and_offers_a_seat(self, client):
        skill = make_skill(title_en="Weld pipes")
        version = make_version(skills={skill.id: 3}, summary="You learn to weld.")
        cohort = make_cohort(version, seats=25)

        page = client.get(f"/programmes/{version.programme.slug}")

        assert "You learn to weld." in page.words
        assert "Weld pipes" in page.words
        assert "25 of 25 seats are free" in page.words
        assert f'href="/me/cohorts/{cohort.id}/apply"' in page.text

    def test_offers_the_queue_when_all_seats_are_taken(self, client):
        version = make_version()
        cohort = make_cohort(version, seats=1)
        make_enrolment(cohort)
        make_enrolment(cohort, state=EnrolmentState.WAITLISTED)

        page = client.get(f"/programmes/{version.programme.slug}")

        assert "Full, 1 in the queue" in page.words
        assert "Take a place in the queue" in page.words

    def test_without_a_cohort_it_says_so(self, client):
        assert "No cohort yet" in client.get(f"/programmes/{make_version().programme.slug}").words

    def test_a_planned_cohort_says_when_it_opens(self, client):
        cohort = make_cohort(state=CohortState.PLANNED)

        assert "Opens" in client.get(f"/programmes/{cohort.programme_version.programme.slug}").words

    def test_a_draft_and_nothing_look_the_same(self, client):
        draft = make_version(state=State.DRAFT)

        hidden, missing = client.get(f"/programmes/{draft.programme.slug}"), client.get("/programmes/nothing")

        assert (hidden.status, hidden.words) == (404, missing.words)

    def test_one_that_is_not_taught_any_more_stays_for_its_graduates_but_out_of_the_catalogue(self, client):
        programme = make_programme(title="Turner of old")
        make_version(programme, state=State.RETIRED, number=1, summary="The first edition", published_on=date(2020, 1, 1))
        make_version(programme, state=State.RETIRED, number=2, summary="The last edition", published_on=date(2021, 1, 1), found=True)
        never = make_version(state=State.RETIRED)

        page = client.get(f"/programmes/{programme.slug}")

        assert "Not taught any more" in page.words
        assert "The last edition" in page.words
        assert "Turner of old" not in client.get("/programmes?q=turner").words
        assert client.get(f"/programmes/{never.programme.slug}").status == 404

    def test_its_dates_go_into_a_calendar_and_a_title_adds_nothing_to_it(self, client):
        version = make_version(make_programme(title="Turner\r\nDTSTART:19990101"))
        cohort = make_cohort(version)

        answer = client.get(f"/programmes/{version.programme.slug}/dates.ics").response

        found = Calendar.from_ical(answer.data).walk("VEVENT")
        assert [one.decoded("dtstart") for one in found] == [cohort.closes_on, cohort.starts_on]
        assert [one.decoded("dtend") - timedelta(days=1) for one in found] == [cohort.closes_on, cohort.ends_on]
        assert answer.headers["Content-Type"].startswith("text/calendar")

    def test_speaks_russian(self, client):
        version = make_version()
        make_cohort(version)

        assert client.get(f"/programmes/{version.programme.slug}", headers={"Accept-Language": "ru"}).status == 200


class TestWork:
    def test_a_teacher_writes_and_a_manager_publishes(self, client, app):
        school, skill = make_school(), make_skill()
        teacher, manager = make_member(school, Role.TEACHER), make_member(school, Role.MANAGER)
        here = f"/o/{school.slug}/programmes"

        client.sign_in(teacher.account)
        draft = client.submit(f"{here}/new", code="15.01.05", title="Welder", kind="profession", hours="100", months="10", follow=True)
        version = db.session.query(ProgrammeVersion).one()
        assert "There is no module yet" in draft.words
        added = client.submit(
            f"{here}/{version.id}/modules/new", code="PM.01", title="Cutting", hours="100", skill_1=str(skill.id), level_1="3", follow=True
        )
        assert "Cutting" in added.words
        assert skill.title_en in added.words
        assert client.press(f"{here}/{version.id}/submit", page=f"{here}/{version.id}").status == 302
        assert client.post(f"{here}/{version.id}/publish", client.token(f"{here}/new")).status == 403

        client.sign_in(manager.account)
        assert client.press(f"{here}/{version.id}/publish", page=f"{here}/{version.id}").status == 302
        assert "Published" in client.get(f"{here}/{version.id}").words
        assert "Welder" in client.get("/programmes?q=welder").words

    def test_wrong_entries_are_said_beside_their_field(self, client):
        here = signed_in(client, make_school(), Role.MANAGER)

        page = client.submit(f"{here}/programmes/new", code="15.01.05", title="", kind="retraining", hours="100")

        assert page.status == 200
        assert "Fill this in." in page.words

    def test_a_refusal_keeps_what_was_typed(self, client):
        here = signed_in(client, make_school(), Role.MANAGER)

        page = client.submit(f"{here}/programmes/new", code="15.01.05", title="Short course", kind="retraining", hours="100")

        assert page.status == 409
        assert "at least 250 hours" in page.words
        assert "Short course" in page.text

    def test_comments_send_a_draft_back(self, client):
        version = make_version(state=State.IN_REVIEW)
        here = signed_in(client, version.programme.school, Role.MANAGER)

        page = client.submit(f"{here}/programmes/{version.id}/send-back", reason="Name the exam", follow=True)

        assert "Name the exam" in page.words
        assert "Draft" in page.words

    def test_every_page_of_a_draft_opens(self, client):
        version = make_version(state=State.DRAFT)
        here = signed_in(client, version.programme.school, Role.MANAGER)
        one = f"{here}/programmes/{version.id}"

        for address in ("", "/edit", "/modules/new", f"/modules/{version.modules[0].id}"):
            assert client.get(one + address).status == 200
        assert client.submit(f"{one}/edit", hours_total="120", months="11", summary="More").status == 302
        assert client.press(f"{one}/modules/{version.modules[1].id}/remove", page=one).status == 302
        assert client.submit(f"{one}/modules/{version.modules[0].id}", hours="120").status == 302

    def test_published_ones_begin_the_next_version_and_retire(self, client):
        version = make_version()
        here = signed_in(client, version.programme.school, Role.MANAGER)
        one = f"{here}/programmes/{version.id}"

        assert client.press(f"{one}/next", page=one).status == 302
        assert client.press(f"{one}/retire", page=one).status == 302
        assert "Retired" in client.get(one).words

    def test_a_foreign_schools_draft_looks_like_nothing(self, client):
        version = make_version(state=State.DRAFT)
        here = signed_in(client, make_school(), Role.MANAGER)

        assert client.get(f"{here}/programmes/{version.id}").status == client.get(f"{here}/programmes/999999").status == 404

    def test_the_list_asks_as_much_for_forty_rows_as_for_two(self, client, statements):
        school = make_school()
        here = signed_in(client, school, Role.MANAGER)
        for _ in range(2):
            make_version(make_programme(school))
        statements.clear()
        client.get(f"{here}/programmes")
        few = len(statements)
        for _ in range(38):
            make_version(make_programme(school))
        statements.clear()

        assert "40 versions" in client.get(f"{here}/programmes").words
        assert len(statements) == few

    def test_strangers_are_sent_to_sign_in(self, client):
        assert client.get(f"/o/{make_school().slug}/programmes").status == 302
