"""Pages of materials: a teacher puts up, orders, takes down; trainees open; nobody else does."""

from datetime import timedelta
from io import BytesIO

import pytest

from tests.courses.assessments.factories import Class
from tests.courses.materials.factories import PDF, SYSTEM, add_file, add_link, all_of, newcomer, titles, whole
from tests.factories import make_account, make_employer, make_member, make_trainee
from training.accounts.models import Account
from training.courses.enrolments.workflow import State as EnrolmentState
from training.courses.materials import services
from training.courses.materials.workflow import State
from training.kernel import clock
from training.kernel.db import db
from training.kernel.policy import Role


def at(group, path):
    slug = group.school.slug
    db.session.commit()  # what a page writes is not inside this reading
    return f"/o/{slug}{path}"


@pytest.fixture
def group(app):
    return Class(1)


def test_a_teacher_puts_up_a_file_and_a_link_and_the_cohort_opens_them(client, group):
    client.sign_in(group.account)
    listed = at(group, f"/cohorts/{group.cohort_id}/materials")
    assert "No materials yet" in client.get(listed).words
    page = client.submit(
        f"{listed}/new-file", module_id=group.modules[0], title="Table of threads", file=(BytesIO(PDF), "Резьбы.pdf"), follow=True
    )
    assert "It is in the list." in page.words
    form = f"{listed}/new-link"
    filled = client.get(form).form() | {"module_id": str(group.modules[1]), "title": "Safety", "description": "Read it."}
    wrong = client.post(form, filled | {"url": "http://lathes.example/"})
    assert "A link begins with https://" in wrong.words
    assert wrong.form()["title"] == "Safety", "nothing typed is lost"
    assert client.post(form, wrong.form() | {"url": "https://lathes.example/1"}).status == 302

    client.sign_in(group.accounts[0])
    page = client.get("/me/materials")

    assert "Table of threads Резьбы.pdf , 1 kB" in page.words
    assert "link to lathes.example Read it." in page.words
    [link] = [one for one in page.all("a") if one.get("href") == "https://lathes.example/1"]
    assert {"noopener", "noreferrer"} <= set(link.get("rel").split())
    [own] = [one.get("href") for one in page.all("a") if "/materials/" in one.get("href", "")]
    sent = client.get(own)
    assert (sent.status, sent.content) == (200, PDF)
    assert sent.response.headers["Cache-Control"] == "private, no-store"
    assert sent.response.headers["Content-Disposition"].startswith("attachment")
    assert sent.response.headers["X-Content-Type-Options"] == "nosniff"


def test_a_file_opens_for_the_cohort_and_the_school_alone(client, group):
    key = add_file(group).id
    waiting = newcomer(group, EnrolmentState.WAITLISTED).account_id
    employer = make_employer()
    hiring = make_member(employer, Role.MANAGER).account
    other = Class(1)

    for account, path, status in (
        (group.account, at(group, f"/materials/{key}/file"), 200),
        (group.accounts[0], f"/me/materials/{key}/file", 200),
        (db.session.get_one(Account, waiting), f"/me/materials/{key}/file", 404),
        (make_trainee().account, f"/me/materials/{key}/file", 404),
        (other.accounts[0], f"/me/materials/{key}/file", 404),
        (other.account, at(other, f"/materials/{key}/file"), 404),
        (hiring, f"/o/{employer.slug}/materials/{key}/file", 404),
    ):
        client.sign_in(account)
        assert client.get(path).status == status, path


def test_a_link_has_no_file(client, group):
    key = add_link(group).id
    client.sign_in(group.account)

    assert client.get(at(group, f"/materials/{key}/file")).status == 404


def test_taking_down_can_be_taken_back_at_once_and_later(client, group):
    key = add_file(group).id
    client.sign_in(group.account)
    listed = at(group, f"/cohorts/{group.cohort_id}/materials")
    one = at(group, f"/materials/{key}")

    client.press(f"{one}/withdraw", page=listed)
    page = client.get(listed)

    assert "Table of threads is taken down." in page.words
    assert "1 material was taken down" in page.words
    assert whole(key).state is State.WITHDRAWN
    client.press(f"{one}/put-back", page=listed)
    assert "Table of threads is shown again." in client.get(listed).words
    history = client.get(one).words
    assert "Material taken down" in history
    assert "Material put back" in history


def test_a_teacher_changes_the_order_and_the_words(client, group):
    first, second = add_link(group, title="A").id, add_link(group, title="B").id
    client.sign_in(group.account)
    listed = at(group, f"/cohorts/{group.cohort_id}/materials")

    client.press(at(group, f"/materials/{second}/earlier"), page=listed)
    assert titles(group) == ["B", "A"]
    client.press(at(group, f"/materials/{second}/later"), page=listed)
    assert titles(group) == ["A", "B"]
    page = client.submit(at(group, f"/materials/{first}/edit"), title="Chart", shown_from_on="2199-01-01", follow=True)
    assert "The cohort sees it from" in page.words
    client.sign_in(group.accounts[0])
    assert "Chart" not in client.get("/me/materials").words


def test_a_form_of_an_older_version_is_a_conflict(client, group):
    link = add_link(group)
    key, version = link.id, link.version
    client.sign_in(group.account)
    address = at(group, f"/materials/{key}/edit")
    form = client.get(address).form()
    assert client.submit(address, title="Mine").status == 302

    assert client.post(address, form | {"title": "Theirs"}).status == 409
    assert (whole(key).title, whole(key).version) == ("Mine", version + 1)


def test_whoever_does_not_teach_reads_and_changes_nothing(client, group):
    key = add_file(group).id
    client.sign_in(make_member(group.school, Role.PLACEMENT_OFFICER).account)

    page = client.get(at(group, f"/cohorts/{group.cohort_id}/materials"))
    assert (page.status, "Put up a file" in page.words, "Take it down" in page.words) == (200, False, False)
    assert client.get(at(group, f"/cohorts/{group.cohort_id}/materials/new-file")).status == 403
    assert client.post(at(group, f"/materials/{key}/withdraw")).status in (400, 403)


def test_who_studies_nothing_reads_why_there_is_nothing(client):
    client.sign_in(make_trainee().account)

    assert "You do not study anything now" in client.get("/me/materials").words


def test_who_has_no_profile_gets_no_page(client):
    client.sign_in(make_account())

    assert client.get("/me/materials").status != 200


@pytest.mark.parametrize("whose", ["school", "trainee"])
def test_the_page_asks_as_much_at_40_as_at_2(client, group, statements, whose):
    account, address = (
        (group.account, at(group, f"/cohorts/{group.cohort_id}/materials")) if whose == "school" else (group.accounts[0], "/me/materials")
    )
    group.account, group.accounts[0]
    key = account.id
    counts = []
    for number in (1, 19):
        for one in range(number):
            add_file(group, title=f"File {number} {one}", module=one % 2)
            add_link(group, title=f"Link {number} {one}", module=one % 2)
        client.sign_in(db.session.get_one(Account, key))
        client.get(address)
        statements.clear()
        assert client.get(address).status == 200
        counts.append(len(statements))

    assert counts[0] == counts[1]
    assert len(all_of(group)) == 40


def test_the_cohort_gets_one_letter_that_leads_to_the_list(client, group, mailbox):
    add_link(group, title="Angles")
    add_file(group, title="Threads")
    address = group.accounts[0].email
    with clock.at(clock.now() + timedelta(hours=1)):
        services.tell(SYSTEM)
        [letter] = mailbox(address)

    assert "2 new materials to learn with" in letter.subject
    text = " ".join(letter.text.split())
    assert "“Angles” for Module PM.01 and what else was added is in the list now." in text
    assert f"/me/materials?cohort={group.cohort_id}" in text or "/notices/" in text
