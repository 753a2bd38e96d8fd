import io

import pytest

from tests.exchange.conftest import checked, names, table
from tests.factories import make_account, make_member, make_school
from training.accounts.models import Account
from training.exchange import checking
from training.exchange.models import ImportBatch
from training.jobs.worker import run_due
from training.kernel.db import db
from training.kernel.policy import Role

ROWS = [
    ("Anna", "anna@import.example", "31.03.2010", "15.01.05"),
    ("<b>Eve</b>", "eve@import.example", "31.02.2010", "15.1.05"),
    ("=1+1", "c@import.example", "", ""),
]


@pytest.fixture
def browser(client, school, manager):
    return client.sign_in(db.session.get(Account, manager.account_id))


@pytest.fixture
def home(school):
    return f"/o/{school.slug}/imports"


def send(browser, home, content, name="people.csv", **values):
    form = browser.get(f"{home}/new").form() | {"kind": "people", "file": (io.BytesIO(content), name), **values}
    return browser.post(f"{home}/new", form, content_type="multipart/form-data")


def test_from_upload_to_report(app, browser, home):
    assert "No file has been imported yet" in browser.get(home).words

    sent = send(browser, home, table(*ROWS))
    page = browser.get(sent.location)
    assert "Uploaded" in page.words
    assert "progress" in page.text
    [batch] = db.session.query(ImportBatch)
    checking.check(batch.id)

    page = browser.get(sent.location)
    assert "2 rows are ready, 1 needs you." in page.words
    assert "There is no day 31.02.2010. Correct the date." in page.words
    assert "<b>Eve</b>" not in page.text
    assert 'class="bad' in page.text

    confirmed = browser.press(f"{home}/{batch.slug}/confirm", page=f"{home}/{batch.slug}")
    assert confirmed.status == 302
    checking.apply(batch.id)

    page = browser.get(f"{home}/{batch.slug}")
    assert "2 rows were imported." in page.words
    assert "people.csv" in browser.get(home).words

    report = browser.get(f"{home}/{batch.slug}/report?as=csv").text
    assert "'=1+1" in report
    assert "There is no day 31.02.2010." in report
    workbook = browser.client.get(f"{home}/{batch.slug}/report?as=xlsx")
    assert workbook.get_data().startswith(b"PK")
    workbook.close()
    assert names() == ["Anna", "=1+1"]


@pytest.mark.parametrize("outcome", ["all", "bad", "ready", "same", "applied", "nonsense"])
def test_rows_by_outcome(browser, home, manager, outcome):
    batch = checked(manager, table(*ROWS))

    page = browser.get(f"{home}/{batch.slug}?outcome={outcome}")

    assert page.status == 200
    assert ("anna@import.example" in page.text) == (outcome in {"all", "ready", "nonsense"})


def test_progress_answers_a_part_and_reloads_the_page_at_the_end(browser, home, manager):
    batch = checked(manager, table(*ROWS))
    page = browser.get(f"{home}/{batch.slug}/progress", headers={"HX-Request": "true"})

    assert page.response.headers["HX-Refresh"] == "true"
    assert "3 rows checked" in page.text


def test_a_file_that_is_no_table_is_refused_on_the_form(browser, home):
    page = send(browser, home, b"%PDF-1.7", "list.pdf")

    assert page.status == 409
    assert "This kind of file is not taken here." in page.words
    assert db.session.query(ImportBatch).count() == 0


def test_without_a_file_the_form_says_so(browser, home):
    page = browser.submit(f"{home}/new", kind="people")

    assert "Choose a file." in page.words


def test_a_file_that_cannot_be_read_says_why(browser, home, manager):
    batch = checked(manager, b"Name;Born\nAnna;\n")

    assert "These columns are missing: E-mail." in browser.get(f"{home}/{batch.slug}").words


def test_cancelled_takes_nothing(browser, home, manager):
    batch = checked(manager, table(*ROWS))
    browser.press(f"{home}/{batch.slug}/cancel", page=f"{home}/{batch.slug}")

    assert "Cancelled" in browser.get(home).words
    assert browser.post(f"{home}/{batch.slug}/confirm", browser.get(f"{home}/new").form()).status == 409
    assert names() == []


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_sample_is_read_again(browser, home, manager, form):
    response = browser.client.get(f"{home}/samples/people?as={form}")
    batch = checked(manager, response.get_data(), f"sample.{form}")

    assert (batch.staged, batch.ready) == (1, 1)
    response.close()


def paths_of(home, batch):
    return [f"{home}/{batch.slug}", f"{home}/{batch.slug}/report", f"{home}/{batch.slug}/progress", f"{home}/samples/people"]


def test_other_roles_find_no_import_and_no_list(client, school, manager, home):
    batch = checked(manager, table(*ROWS))
    officer = make_account()
    make_member(school, Role.PLACEMENT_OFFICER, account=officer)
    client.sign_in(officer)

    assert [client.get(path).status for path in paths_of(home, batch)] == [404] * 4
    assert client.get(home).status == 403


def test_other_organisations_find_nothing(client, school, manager, home):
    batch = checked(manager, table(*ROWS))
    other, elsewhere = make_account(), make_school()
    make_member(elsewhere, Role.MANAGER, account=other)
    client.sign_in(other)
    own = f"/o/{elsewhere.slug}/imports"

    paths = [*paths_of(home, batch), f"{own}/{batch.slug}", f"{own}/{'x' * 12}"]
    assert [client.get(path).status for path in paths] == [404] * 6


def test_the_worker_does_it_all(app, browser, home):
    sent = send(browser, home, table(*ROWS))
    run_due()
    page = browser.get(sent.location)
    assert "2 rows are ready" in page.words

    browser.press(f"{sent.location}/confirm", page=sent.location)
    run_due()

    assert "2 rows were imported." in browser.get(sent.location).words
    assert names() == ["Anna", "=1+1"]
