"""Pages of selections, as applicants, their school and strangers see them."""

from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import event

from tests.courses.factories import SYSTEM
from tests.courses.selections.factories import applies, closed, make_applicant, make_selection
from tests.courses.selections.test_calling import called, offer, publish
from tests.factories import learner, make_member, make_minor, make_trainee
from tests.files.pictures import png
from tests.listed import file_of
from training.accounts.models import Account
from training.courses.cohorts import queries as cohorts
from training.courses.enrolments.workflow import State as EnrolmentState
from training.courses.selections import queries
from training.courses.selections.rules import Rule, Wish
from training.courses.selections.workflow import State
from training.kernel import clock
from training.kernel.db import db
from training.kernel.policy import Role
from training.organisations.models import Organisation

TEST = Rule("Entrance test", 2, 50)


@contextmanager
def statements(app):
    sent = []
    with app.app_context():
        engine = db.engine

    def count(connection, cursor, statement, parameters, context, many):
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", count)
    yield sent
    event.remove(engine, "before_cursor_execute", count)


def school_of(cohort) -> Organisation:
    return db.session.get_one(Organisation, cohort.school_id)


def inside(client, cohort, *roles):
    """Signs a member of the cohort's school in; gives the beginning of its addresses."""
    school = school_of(cohort)
    client.sign_in(make_member(school, *(roles or (Role.MANAGER,))).account)
    return f"/o/{school.slug}"


def account_of(trainee) -> Account:
    return db.session.get_one(Account, trainee.account_id)


def again(candidacy):
    """As it stands after what browsers did, which nothing undoes."""
    db.session.expunge_all()
    return queries.candidacy(SYSTEM, candidacy.id)


def document_of(candidacy):
    return again(candidacy).documents[0]


class TestTheApplicant:
    def test_applies_brings_a_certificate_and_sees_what_is_missing(self, client):
        cohort = make_selection(criteria=[TEST], documents=[Wish("Photograph", required=False)])
        trainee = make_minor(16)
        client.sign_in(trainee.account)
        criterion = queries.criteria(cohort.id)[0]

        redirected = client.get(f"/me/cohorts/{cohort.id}/apply")
        form = client.get(redirected.location)
        assert "Photograph" in form.words
        page = client.submit(
            redirected.location, funding="state", priority="1", average="4,35", **{f"answer_{criterion.id}": "I weld."}, follow=True
        )

        assert "1 document is not accepted yet" in page.words
        assert "4.35" in page.words
        assert "I weld." in page.words
        [made] = queries.mine(learner(trainee))
        bring = f"/me/applicant-documents/{made.documents[0].id}/bring"
        sent = client.post(bring, client.get(bring).form() | {"average": "4.40", "file": (BytesIO(png()), "certificate.png")})
        assert "To be checked" in client.get(sent.location).words
        assert again(made).average == 440
        seen = client.get(f"/me/applicant-documents/{document_of(made).id}")
        assert (seen.status, seen.content[:4]) == (200, b"\x89PNG")

    @pytest.mark.parametrize("average", ["", "five", "4.355", "0", "101", "4..5"])
    def test_is_told_what_an_average_is(self, client, average):
        cohort = make_selection()
        client.sign_in(make_trainee().account)

        page = client.submit(f"/me/cohorts/{cohort.id}/admission", funding="state", priority="1", average=average)

        assert page.status == 200
        assert "average" in page.words
        assert queries.applied(cohort.id) == 0

    def test_changes_the_order_and_is_told_when_two_are_alike(self, client):
        trainee = make_trainee()
        one, other = applies(make_selection(), trainee, priority=1), applies(make_selection(), trainee, priority=2)
        client.sign_in(account_of(trainee))
        keys = f"priority_{one.enrolment_id}", f"priority_{other.enrolment_id}"

        alike = client.submit("/me/admissions", **dict.fromkeys(keys, "1"))
        assert "Another application has this priority." in alike.words
        saved = client.submit("/me/admissions", **dict(zip(keys, ("2", "1"), strict=True)), follow=True)

        assert "Saved." in saved.words
        assert [again(found).enrolment.priority for found in (one, other)] == [2, 1]

    def test_sees_the_place_the_seats_and_nobody_elses_name(self, client):
        _cohort, (first, second, third) = called(seats=1, people=3)
        client.sign_in(account_of(again(third).enrolment.trainee))

        page = client.get(f"/me/admissions/{third.enrolment_id}")

        assert "3 of 3" in page.words
        assert "The last place within the seats is 1." in page.words
        assert "The last one called has place 1." in page.words
        assert "Same points as place 2, lower certificate average." in page.words
        names = [again(one).enrolment.trainee.name for one in (first, second)]
        assert [name for name in names if name in page.words.split("Documents")[0]] == []
        assert client.get(f"/me/admissions/{first.enrolment_id}").status == 404

    def test_takes_the_seat_and_is_asked_about_the_lower_ones(self, client):
        _cohort, (first,) = called(seats=1, people=1)
        trainee = again(first).enrolment.trainee
        less = applies(make_selection(), trainee, priority=2)
        client.sign_in(account_of(trainee))
        address = f"/me/admissions/{first.enrolment_id}/take"

        page = client.get(address)
        assert page.form()["ending"] == str(less.enrolment_id)
        client.post(address, page.form())

        assert [again(one).enrolment.state for one in (first, less)] == [EnrolmentState.ENROLLED, EnrolmentState.WITHDRAWN]

    def test_can_keep_them(self, client):
        _cohort, (first,) = called(seats=1, people=1)
        trainee = again(first).enrolment.trainee
        less = applies(make_selection(), trainee, priority=2)
        client.sign_in(account_of(trainee))
        address = f"/me/admissions/{first.enrolment_id}/take"

        form = client.get(address).form()
        del form["ending"]
        client.post(address, form)

        assert [again(one).enrolment.state for one in (first, less)] == [EnrolmentState.ENROLLED, EnrolmentState.APPLIED]

    def test_is_led_to_the_application_from_home_and_study(self, client):
        made = applies(make_selection())
        client.sign_in(account_of(again(made).enrolment.trainee))

        assert f"/me/admissions/{made.enrolment_id}" in client.get("/me/").text
        assert f"/me/admissions/{made.enrolment_id}" in client.get("/me/study").text
        assert "You have applied." in client.get(f"/me/study/{made.enrolment_id}").words


class TestTheSchool:
    def test_says_what_is_asked(self, client):
        cohort = make_selection()
        base = inside(client, cohort)

        client.submit(
            f"{base}/cohorts/{cohort.id}/rules", name_1="Test", maximum_1="50", weight_1="2", document_1="Photograph", required_1=None
        )

        assert [(one.name, one.maximum, one.weight) for one in queries.criteria(cohort.id)] == [("Test", 50, 2)]
        assert [(one.name, one.required) for one in queries.asked(cohort.id)] == [("Photograph", True)]
        applies(cohort)
        assert "so it stays as it is" in client.get(f"{base}/cohorts/{cohort.id}/rules").words

    def test_checks_scores_and_sets_a_condition(self, client):
        cohort = make_selection(criteria=[TEST])
        made = applies(cohort)
        client.sign_in(account_of(again(made).enrolment.trainee))
        bring = f"/me/applicant-documents/{document_of(made).id}/bring"
        client.post(bring, client.get(bring).form() | {"file": (BytesIO(png()), "certificate.png")})
        base = inside(client, cohort)
        show = f"{base}/applicants/{made.enrolment_id}"
        assert "Check what an applicant brought" in client.get(f"{base}/").words

        back = client.submit(f"{base}/applicant-documents/{document_of(made).id}/send-back", reason="Second page", follow=True)
        assert "Second page" in back.words
        client.sign_in(account_of(again(made).enrolment.trainee))
        client.post(bring, client.get(bring).form() | {"file": (BytesIO(png()), "certificate.png")})
        base = inside(client, cohort)
        client.press(f"{base}/applicant-documents/{document_of(made).id}/accept", page=show)
        client.submit(f"{show}/score", **{f"points_{again(made).answers[0].criterion_id}": "40"})
        client.submit(f"{show}/condition", words="Maths", until_on=(clock.today() + timedelta(days=9)).isoformat())

        page = client.get(show)
        assert (document_of(made).state, again(made).points) == (State.ACCEPTED, 80)
        assert "Yes, if: Maths" in page.words
        client.press(f"{show}/meet", page=show)
        assert "It is met." in client.get(show).words

    def test_publishes_the_list_and_offers_seats_after_a_preview(self, client):
        cohort = make_selection(seats=2)
        people = [make_applicant(cohort, average=number) for number in (415, 400, 430)]
        applies(cohort)
        closed(cohort)
        base = inside(client, cohort)
        ranking = f"{base}/cohorts/{cohort.id}/ranking"
        assert "1 applicant is not on the list" in client.get(ranking).words

        client.press(f"{base}/cohorts/{cohort.id}/publish-ranking", page=ranking)
        preview = client.get(f"{base}/cohorts/{cohort.id}/offer-seats")
        assert "This will offer 2 of the free seats (2)." in preview.words
        assert "Cut at place 2: 0 points, average 4.15." in preview.words
        done = client.submit(
            f"{base}/cohorts/{cohort.id}/offer-seats", until_on=(clock.today() + timedelta(days=5)).isoformat(), follow=True
        )

        assert "2 seats are offered." in done.words
        assert "Same points as place 2, lower certificate average." in done.words
        assert again(people[1]).enrolment.state is EnrolmentState.WAITLISTED

    def test_lists_and_exports_applicants(self, client):
        cohort = make_selection()
        whole, part = make_applicant(cohort, average=450), applies(cohort, average=400)
        base = inside(client, cohort)

        page = client.get(f"{base}/cohorts/{cohort.id}/applicants?whole=yes")
        assert again(whole).enrolment.trainee.name in page.words
        assert again(part).enrolment.trainee.name not in page.words
        head, *rows = file_of(client, f"{base}/cohorts/{cohort.id}/applicants")
        assert head[4] == "Certificate average"
        assert sorted(row[4] for row in rows) == ["4.00", "4.50"]

    def test_names_priority_groups_with_their_ground(self, client):
        base = inside(client, make_selection())

        page = client.submit(f"{base}/priority-groups", name="Orphans", ground="Law 159, article 6", follow=True)

        assert "Law 159, article 6" in page.words

    def test_lets_teachers_check_but_not_publish(self, client):
        cohort = make_selection()
        made = make_applicant(cohort)
        base = inside(client, cohort, Role.TEACHER)

        assert client.get(f"{base}/applicants/{made.enrolment_id}").status == 200
        assert client.get(f"{base}/cohorts/{cohort.id}/offer-seats").status == 403
        assert "Publish the list" not in client.get(f"{base}/cohorts/{cohort.id}/ranking").words

    def test_keeps_placement_officers_and_other_schools_out(self, client):
        cohort = make_selection()
        made = make_applicant(cohort)
        base = inside(client, cohort, Role.PLACEMENT_OFFICER)
        assert client.get(f"{base}/applicants/{made.enrolment_id}").status == 403

        base = inside(client, make_selection())
        assert client.get(f"{base}/applicants/{made.enrolment_id}").status == 404

    @pytest.mark.parametrize("page", ["applicants", "ranking", "offer-seats"])
    def test_reads_as_many_statements_with_forty_applicants_as_with_two(self, client, app, page):
        few, many = make_selection(seats=1), make_selection(seats=1)
        for cohort, number in ((few, 2), (many, 40)):
            for one in range(number):
                make_applicant(cohort, average=300 + one)
            closed(cohort)
            publish(cohort)
        sent = []
        for cohort in (few, many):
            base = inside(client, cohort)
            with statements(app) as found:
                assert client.get(f"{base}/cohorts/{cohort.id}/{page}").status == 200
            sent.append(len(found))

        assert sent[0] == sent[1]


class TestEverybodyElse:
    def test_reads_on_the_public_page_that_seats_are_given_by_selection(self, client):
        cohort, (first, *_others) = called(seats=1, people=2)
        version = cohorts.cohort(SYSTEM, cohort.id).programme_version
        open_one = make_selection(version=version)

        page = client.get(f"/programmes/{version.programme.slug}")

        assert "given by selection" in page.words
        assert f"/me/cohorts/{open_one.id}/admission" in page.text
        assert again(first).enrolment.trainee.family_name not in page.words

    def test_finds_no_list_and_no_offer_in_public(self, client):
        cohort = make_selection(seats=1)
        make_applicant(cohort)
        closed(cohort)
        publish(cohort)
        offer(cohort)

        assert client.get(f"/cohorts/{cohort.id}/ranking").status == 404
