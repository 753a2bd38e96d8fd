"""Pages of rulings: from the roster to the document."""

import io

import pypdf

from tests.courses.factories import make_enrolment, pool_of
from tests.courses.rulings.acting import GROUND, drafted, loaded, manager, running, school_of, signed, studying
from tests.factories import events_of, make_member, make_school
from training.courses.enrolments.workflow import State as EnrolmentState
from training.courses.rulings.models import Ruling
from training.courses.rulings.workflow import Event, Kind, Reason, State, What
from training.jobs import worker
from training.kernel.db import db
from training.kernel.policy import Role


def come_in(client, cohort, role=Role.MANAGER):
    """A member of the cohort's school signs in; the beginning of their addresses."""
    school = school_of(cohort)
    client.sign_in(make_member(school, role).account)
    return f"/o/{school.slug}"


class TestDraft:
    def test_begins_with_chosen_people_of_the_roster(self, client):
        cohort = running()
        first, _ = studying(cohort, 2)
        here = come_in(client, cohort)

        roster = client.get(f"{here}/cohorts/{cohort.id}")
        kinds = client.get(f"{here}/cohorts/{cohort.id}/rulings/new?chosen={first.id}")
        asked = client.get(f"{here}/cohorts/{cohort.id}/rulings/new?kind=expulsion&chosen={first.id}")

        assert "Prepare a ruling" in roster.words
        assert f"chosen={first.id}" in " ".join(one.get("href", "") for one in kinds.all("a"))
        ticked = [one.get("value") for one in asked.all("input") if one.get("name") == "chosen" and one.get("checked") is not None]
        assert ticked == [str(first.id)]

    def test_then_shows_what_would_become_of_each(self, client):
        cohort = running()
        (one,) = studying(cohort, 1)
        here = come_in(client, cohort)

        page = client.submit(
            f"{here}/cohorts/{cohort.id}/rulings/new?kind=expulsion",
            ground=GROUND,
            chosen=[str(one.id)],
            reason="absence",
            words="More than 60 hours",
            follow=True,
        )

        assert all(words in page.words for words in ("Draft of a ruling", "Enrolled", "Expelled", "More than 60 hours", GROUND))

    def test_asks_what_the_kind_needs(self, client):
        cohort = running()
        (one,) = studying(cohort, 1)
        here = come_in(client, cohort)
        address = f"{here}/cohorts/{cohort.id}/rulings/new"

        backwards = client.submit(
            f"{address}?kind=leave", ground=GROUND, chosen=[str(one.id)], from_on="2030-05-02", until_on="2030-05-01", follow=True
        )
        nobody = client.submit(f"{address}?kind=graduation", ground=GROUND, follow=True)

        assert "The last day is before the first." in backwards.words
        assert "nobody was chosen" in nobody.words
        assert db.session.query(Ruling).count() == 0

    def test_of_practice_is_not_made_here(self, client):
        cohort = running()
        here = come_in(client, cohort)

        assert "What is ordered?" in client.get(f"{here}/cohorts/{cohort.id}/rulings/new?kind=practice").words

    def test_is_not_for_placement_officers_and_strangers(self, client):
        cohort, stranger = running(), make_school()
        officer = come_in(client, cohort, Role.PLACEMENT_OFFICER)
        assert client.get(f"{officer}/cohorts/{cohort.id}/rulings/new").status == 403

        client.sign_in(make_member(stranger, Role.MANAGER).account)
        ruling = drafted(manager(cohort), studying(cohort, 1), Kind.ENROLMENT)

        assert client.get(f"/o/{stranger.slug}/rulings/{ruling.id}").status == 404
        assert client.get(f"/o/{stranger.slug}/rulings").status == 200


class TestShow:
    def test_reads_two_cohorts_of_one_version(self, client):
        cohort = running()
        other = running(cohort.programme_version)
        ruling = drafted(manager(cohort), studying(cohort, 1), Kind.TRANSFER, What(to_cohort_id=other.id))
        here = come_in(client, cohort)
        code, address = other.code, f"{here}/rulings/{ruling.id}"
        db.session.expunge_all()

        page = client.get(address)

        assert page.status == 200
        assert code in page.words

    def test_leaves_out_whoever_cannot_and_signs(self, client):
        cohort = running()
        (one,) = studying(cohort, 1)
        away = make_enrolment(cohort, state=EnrolmentState.ON_LEAVE)
        ruling = drafted(manager(cohort), [one, away], Kind.GRADUATION)
        here = f"{come_in(client, cohort)}/rulings/{ruling.id}"

        before = client.get(here)
        client.press(f"{here}/leave-out-all", page=here)
        ready = client.get(here)
        client.press(f"{here}/sign", page=here)

        assert "1 person cannot be ordered this" in before.words
        assert f"{here}/sign" not in [form.get("action") for form in before.all("form")]
        assert f"{here}/sign" in [form.get("action") for form in ready.all("form")]
        assert loaded(ruling).state is State.SIGNED

    def test_leaves_chosen_people_out_adds_and_edits(self, client):
        cohort = running()
        first, second, third = studying(cohort, 3)
        ruling = drafted(manager(cohort), [first, second], Kind.ENROLMENT)
        here = f"{come_in(client, cohort)}/rulings/{ruling.id}"

        client.submit(f"{here}/people", chosen=[str(third.id)])
        client.submit(f"{here}/edit", ground="Other minutes")
        page = client.get(here)

        assert "3 people" in page.words
        assert all(words in page.words for words in ("Other minutes", "People added", "Wording changed"))

    def test_a_teacher_reads_and_does_not_sign(self, client):
        cohort = running()
        ruling = drafted(manager(cohort), studying(cohort, 1), Kind.ENROLMENT)
        here = f"{come_in(client, cohort, Role.TEACHER)}/rulings/{ruling.id}"

        page = client.get(here)

        assert "It is with the school's managers now" in page.words
        assert f"{here}/sign" not in [form.get("action") for form in page.all("form")]

    def test_is_corrected_by_a_further_one(self, client):
        cohort = running()
        (one,) = studying(cohort, 1)
        ruling = signed(manager(cohort), [one], Kind.EXPULSION, What(reason=Reason.DEBT))
        line = db.session.query(Ruling).one()
        here = come_in(client, cohort)
        names = client.get(f"{here}/rulings/{ruling.id}/correct")
        (box,) = [one for one in names.all("input") if one.get("name") == "chosen"]

        page = client.submit(f"{here}/rulings/{line.id}/correct", ground="Mistaken name", chosen=[box.get("value")], follow=True)

        assert f"Corrects ruling {ruling.number}" in page.words
        assert "A correction is being prepared" in client.get(f"{here}/rulings/{ruling.id}").words

    def test_the_pages_of_old_states_say_why_not(self, client):
        cohort = running()
        ruling = signed(manager(cohort), studying(cohort, 1), Kind.ENROLMENT)
        here = f"{come_in(client, cohort)}/rulings/{ruling.id}"

        for page in ("people", "edit"):
            assert "does not change any more" in client.get(f"{here}/{page}").words


class TestDocument:
    def test_is_made_with_everybody_number_day_and_signer(self, client):
        cohort = running()
        people = studying(cohort, 3)
        ruling = signed(manager(cohort), people, Kind.EXPULSION, What(reason=Reason.ABSENCE, words='#panic("x") $1/0$'))
        names = [one.trainee.full_name for one in people if "trainee" in one.__dict__]
        here = f"{come_in(client, cohort)}/rulings/{ruling.id}"

        early = client.get(f"{here}/document")
        worker.run_due()
        ruling = loaded(ruling)
        document = client.get(f"{here}/document")

        words = pypdf.PdfReader(io.BytesIO(document.content)).pages[0].extract_text()
        assert (early.status, document.status, document.response.mimetype) == (404, 200, "application/pdf")
        assert all(one in words for one in (*names, str(ruling), GROUND, '#panic("x")', str(ruling.signer)))
        assert events_of(ruling) == [Event.DRAFTED, Event.SIGNED, Event.RENDERED]


class TestTrainee:
    def test_reads_their_own_line_and_nobody_elses(self, client):
        cohort = running()
        there = running(cohort.programme_version)
        one, other = studying(cohort, 2)
        account, name = one.trainee.account, other.trainee.name
        ruling = signed(manager(cohort), [one, other], Kind.TRANSFER, What(to_cohort_id=there.id, words="Own words"))
        client.sign_in(account)

        page = client.get(f"/me/study/{one.id}")

        assert all(
            words in page.words for words in (f"Ruling {ruling.number}", f"To cohort {there.code}", f"After that: cohort {there.code}")
        )
        assert name not in page.words
        assert pool_of(there).held == 2

    def test_sees_no_draft(self, client):
        cohort = running()
        (one,) = studying(cohort, 1)
        account = one.trainee.account
        drafted(manager(cohort), [one], Kind.EXPULSION, What(reason=Reason.DISCIPLINE))
        client.sign_in(account)

        assert "Broke the rules" not in client.get(f"/me/study/{one.id}").words


class TestLists:
    def test_finds_by_number_kind_year_and_cohort(self, client):
        cohort = running()
        actor = manager(cohort)
        first = signed(actor, studying(cohort, 1), Kind.ENROLMENT)
        drafted(actor, studying(cohort, 1), Kind.GRADUATION)
        here = come_in(client, cohort)

        number, kind, year, draft = (
            client.get(f"{here}/rulings?{query}")
            for query in (f"q={first.number}", "kind=graduation", f"year={str(first)[:4]}", "state=draft")
        )

        assert ("1 ruling" in number.words, str(first) in number.words) == (True, True)
        assert ("Graduation" in kind.words, str(first) in kind.words) == (True, False)
        assert str(first) in year.words
        assert str(first) not in draft.words
        assert str(first) in client.get(f"{here}/cohorts/{cohort.id}/rulings").words

    def test_asks_as_much_for_forty_rows_as_for_two(self, client, statements):
        cohort = running(seats=60)
        actor = manager(cohort)
        here = come_in(client, cohort)
        for _ in range(2):
            drafted(actor, studying(cohort, 1), Kind.ENROLMENT)
        client.get(f"{here}/rulings")
        with statements() as few:
            client.get(f"{here}/rulings")
        for _ in range(38):
            drafted(actor, studying(cohort, 1), Kind.ENROLMENT)
        with statements() as many:
            page = client.get(f"{here}/rulings")

        assert "40 rulings" in page.words
        assert len(many) == len(few)
