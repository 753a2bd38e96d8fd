"""Pages of recognition, as trainees and the school see them."""

from io import BytesIO

import pytest
from sqlalchemy import event

from tests.courses.assessments.factories import Class, fresh
from tests.courses.factories import make_credential
from tests.courses.recognitions.test_services import PDF, ask, enrolment_of, one
from tests.factories import make_member
from training.courses.assessments.workflow import Kind
from training.courses.recognitions import services
from training.kernel.db import db
from training.kernel.policy import Role


@pytest.fixture
def group() -> Class:
    """A cohort that studies."""
    return Class(2)


def test_a_trainee_asks_a_teacher_sends_back_and_accepts_and_everybody_reads_it(client, group):
    client.sign_in(group.accounts[0])
    form = f"/me/study/{group.enrolments[0]}/recognition"
    words = "Two years as an operator."
    made = client.submit(form, module_id=str(group.modules[0]), words=words, file=(BytesIO(PDF), "transcript.pdf"))
    key = made.location.rsplit("/", 1)[1]
    assert "It is with the teachers of your school" in client.get(made.location).words
    assert client.get(f"{made.location}/evidence").status == 200

    client.sign_in(group.account)
    base = f"/o/{group.school.slug}"
    assert "Decide whether a module is recognised" in client.get(f"{base}/").words
    assert "To be decided" in client.get(f"{base}/cohorts/{group.cohort_id}/recognitions").words
    client.submit(f"{base}/recognitions/{key}/send-back", reason="Which machines?")

    client.sign_in(group.accounts[0])
    assert "Sent back: Which machines?" in client.get(made.location).words
    client.submit(f"{made.location}/amend", words="Fanuc and Siemens.")

    client.sign_in(group.account)
    done = client.submit(f"{base}/recognitions/{key}/accept", words="The same hours and machines.", follow=True)
    assert "Recognised;" in done.words
    assert client.get(f"{base}/recognitions/{key}/evidence").status == 200
    for page in (f"{base}/enrolments/{group.enrolments[0]}", f"{base}/enrolments/{group.enrolments[0]}/results"):
        assert "The same hours and machines." in client.get(page).words, page

    client.sign_in(group.accounts[0])
    for page in (f"/me/study/{group.enrolments[0]}", "/me/results"):
        assert "The same hours and machines." in client.get(page).words, page


def test_a_credential_is_shown_to_the_school_by_its_public_page(client, group):
    credential = make_credential(trainee=enrolment_of(group).trainee)
    number, slug = credential.number, credential.slug
    client.sign_in(group.accounts[0])
    form = f"/me/study/{group.enrolments[0]}/recognition"

    made = client.submit(form, module_id=str(group.modules[0]), words="Learnt there.", shown=f"credential-{credential.id}")

    client.sign_in(group.account)
    page = client.get(f"/o/{group.school.slug}/recognitions/{made.location.rsplit('/', 1)[1]}")
    assert number in page.words
    assert f"/credentials/{slug}" in {link.get("href") for link in page.all("a")}
    assert client.get(f"/o/{group.school.slug}/recognitions/{made.location.rsplit('/', 1)[1]}/evidence").status == 404


def test_no_evidence_is_refused_beside_the_field(client, group):
    client.sign_in(group.accounts[0])

    none = client.submit(f"/me/study/{group.enrolments[0]}/recognition", module_id=str(group.modules[0]), words="Learnt there.")

    assert (none.status, "Show some evidence" in none.words) == (409, True)


def test_a_module_that_stands_is_not_offered_again_and_without_any_left_the_page_says_so(client, group):
    ask(group)
    client.sign_in(group.accounts[0])
    form = f"/me/study/{group.enrolments[0]}/recognition"
    offered = [option.get("value") for option in client.get(form).all("option")]
    assert offered == [str(group.modules[1])]

    group.grade(group.add(module=1, kind=Kind.EXAM, maximum=20), "20")

    assert "Every module is asked for" in client.get(form).words


def test_an_empty_list_says_how_people_ask(client, group):
    client.sign_in(group.account)

    assert "Nobody has asked yet" in client.get(f"/o/{group.school.slug}/cohorts/{group.cohort_id}/recognitions").words


def test_who_does_not_decide_sees_neither_the_request_nor_the_evidence(client, group):
    key = ask(group)
    client.sign_in(make_member(group.school, Role.PLACEMENT_OFFICER).account)
    assert client.get(f"/o/{group.school.slug}/recognitions/{key}").status == 403
    assert client.get(f"/o/{group.school.slug}/recognitions/{key}/evidence").status == 403
    assert "Two years at a plant." not in client.get(f"/o/{group.school.slug}/enrolments/{group.enrolments[0]}").words

    client.sign_in(group.accounts[1])
    assert client.get(f"/me/recognitions/{key}").status == 404


@pytest.mark.parametrize("page", ["recognitions", "gradebook"])
def test_the_pages_ask_as_many_questions_for_forty_requests_as_for_two(client, page):
    counts = []
    for number in (2, 40):
        group = Class(number)
        group.add()
        for person in range(number):
            services.accept(group.teacher, one(ask(group, person)), words="Shown.")
        fresh()
        client.sign_in(group.account)
        path = f"/o/{group.school.slug}/cohorts/{group.cohort_id}/{page}"
        client.get(path)
        seen: list[str] = []

        def note(*args, seen=seen):
            seen.append(args[2])

        event.listen(db.engine, "before_cursor_execute", note)
        client.get(path)
        event.remove(db.engine, "before_cursor_execute", note)
        counts.append(len(seen))

    assert counts[0] == counts[1]


def test_the_revocation_is_read_by_the_trainee(client, group):
    key = ask(group)
    services.accept(group.teacher, one(key), words="Shown.")
    fresh()
    client.sign_in(group.lead)

    client.submit(f"/o/{group.school.slug}/recognitions/{key}/revoke", reason="Somebody else's paper.")

    client.sign_in(group.accounts[0])
    page = client.get(f"/me/recognitions/{key}")
    assert "Somebody else's paper." in page.words
    assert "Recognition revoked" in page.words
