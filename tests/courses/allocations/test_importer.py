"""Nominees from CSV and XLSX: against the seats that were bought, never more of them, and the same file twice changes nothing."""

import io

import pytest
import xlsxwriter
from sqlalchemy import func, select

from tests.client import Browser
from tests.courses.buying import Bought, make_worker, nominee
from tests.factories import actor_of, learner, make_employer
from training.accounts.models import Account
from training.courses.allocations import queries, services
from training.courses.allocations.models import Allocation
from training.courses.allocations.workflow import State
from training.courses.purchases import services as purchases
from training.exchange import checking
from training.exchange import queries as imports
from training.exchange import services as exchange
from training.exchange.undoing import undo
from training.exchange.workflow import Outcome
from training.exchange.workflow import State as ImportState
from training.kernel.db import db
from training.kernel.policy import NotAllowed, Role

HEAD = "Номер покупки;Группа;Колледж;ФИО;Почта;Табельный номер"


def taken(actor, content, name="list.csv"):
    """The file checked and, as far as rows are ready, imported."""
    batch = exchange.upload(actor, content.encode() if isinstance(content, str) else content, name=name, kind="nominations")
    checking.check(batch.id)
    db.session.rollback()
    db.session.refresh(batch)
    if batch.ready:
        exchange.confirm(actor, batch)
        checking.apply(batch.id)
    db.session.rollback()
    db.session.refresh(batch)
    return batch


def table(*rows):
    return "\n".join([HEAD, *rows])


def told(batch):
    return [[error["sentence"] for error in row.errors or []] for row in imports.all_rows(batch)]


def states():
    db.session.rollback()
    return dict(db.session.execute(select(Allocation.email_key, Allocation.state)).all())


@pytest.mark.usefixtures("app")
class TestImport:
    def test_by_number_and_by_cohort_with_its_school(self):
        bought = Bought(3)
        code, school = bought.cohort.code, bought.school.native_name

        batch = taken(
            bought.manager,
            table(f"{bought.key};;;Орлова Нина Сергеевна;nina@plant.example;00417", f";{code};{school};Белов Иван;ivan@plant.example;"),
        )

        assert (batch.state, batch.applied) == (ImportState.DONE, 2)
        [nina] = db.session.scalars(select(Allocation).where(Allocation.email_key == "nina@plant.example"))
        assert (nina.full_name, nina.personnel_number, nina.state) == ("Орлова Нина Сергеевна", "00417", State.ALLOCATED)
        assert bought.figures == (3, 0, 2)

    def test_a_recruiter_s_list_waits_for_approval(self):
        bought = Bought(3)

        taken(bought.recruiter, table(f"{bought.key};;;Орлова Нина;nina@plant.example;", f"{bought.key};;;Белов Иван;ivan@plant.example;"))

        assert set(states().values()) == {State.PROPOSED}
        assert services.approve_all(bought.manager, bought.purchase) == 2

    def test_people_after_the_last_seat_are_too_many(self):
        bought = Bought(2)
        batch = taken(bought.manager, table(*(f"{bought.key};;;Worker W{n};w{n}@plant.example;" for n in range(4))))

        assert (batch.applied, batch.bad) == (2, 2)
        assert (
            told(batch)[2:]
            == [["No seat is left: all that were bought are taken or kept for somebody. Buy more, or cancel a nomination first."]] * 2
        )
        assert bought.figures == (2, 0, 2)

    def test_the_same_file_twice_changes_nothing(self):
        bought, worker = Bought(3), make_worker("nina@plant.example")
        content = table(*(f"{bought.key};;;Worker {name};{name}@plant.example;" for name in ("nina", "ivan", "anna")))
        taken(bought.manager, content)
        (nina,) = queries.named(bought.manager, [bought.cohort_id], ["nina@plant.example"])
        services.decline(learner(worker), queries.allocation(learner(worker), nina.id), reason="No")
        before = states()

        again = taken(bought.manager, content)

        assert (again.same, again.bad, again.applied) == (2, 1, 0)
        assert told(again)[0] == ["Worker nina: Declined by the person. Nominate the person on the page of the purchase."]
        assert states() == before

    def test_what_is_wrong_with_a_row_says_what_to_do(self):
        bought, other = Bought(9), Bought(1)
        bought.name(nominee(email="known@plant.example", family_name="Known", given_name="One"))
        rows = {
            f"{other.key};;;Orlova Nina;a@plant.example;": "no seats under this number",
            "x;;;Orlova Nina;b@plant.example;": "no seats under this number",
            ";;;Orlova Nina;c@plant.example;": "Write the number of the purchase, or the cohort",
            ";NOPE-1;;Orlova Nina;d@plant.example;": "no seats of this cohort",
            f"{bought.key};;;Orlova;e@plant.example;": "Family name and given name are both needed",
            f"{bought.key};;;Orlova Nina;not-an-address;": "not an e-mail address",
            f"{bought.key};;;Orlova Nina;known@plant.example;": "nominated already as Known One",
            f"{bought.key};;;Orlova Nina;f@plant.example;": None,
            f"{bought.key};;;Orlova Nina;F@plant.example;": "says the same",
        }

        batch = taken(bought.manager, table(*rows))

        for sentences, expected in zip(told(batch), rows.values(), strict=True):
            assert (sentences == []) if expected is None else expected in sentences[0], (expected, sentences)
        assert batch.applied == 1

    def test_two_purchases_of_a_cohort_ask_for_the_number(self):
        bought = Bought(1)
        first = bought.key
        bought.key = bought.ask(1)
        purchases.agree(bought.head, bought.purchase)

        batch = taken(
            bought.manager, table(f";{bought.cohort.code};;Orlova Nina;a@plant.example;", f"{first};;;Orlova Nina;b@plant.example;")
        )

        assert (batch.applied, told(batch)[0]) == (1, ["Several purchases fit. Write the number of the purchase."])

    def test_taken_back_while_nobody_has_answered(self):
        bought = Bought(3)
        batch = taken(bought.manager, table(f"{bought.key};;;Orlova Nina;a@plant.example;"))

        exchange.undo(bought.manager, batch)
        undo(batch.id)

        assert (states(), bought.figures) == ({"a@plant.example": State.CANCELLED}, (3, 0, 0))

    def test_schools_and_mentors_bring_no_list(self):
        bought = Bought(3)

        for actor in (bought.head, actor_of(bought.employer, Role.MENTOR)):
            with pytest.raises(NotAllowed):
                exchange.upload(actor, table().encode(), name="x.csv", kind="nominations")

    def test_another_employer_s_seats_are_as_if_they_were_not_there(self):
        bought = Bought(3)
        stranger = actor_of(make_employer(), Role.MANAGER)

        batch = taken(stranger, table(f"{bought.key};;;Orlova Nina;a@plant.example;"))

        assert "no seats under this number" in told(batch)[0][0]


def sheet(rows):
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"strings_to_formulas": False}) as book:
        page = book.add_worksheet("Список")
        for number, row in enumerate([HEAD.split(";"), *rows]):
            page.write_row(number, 0, row)
    return target.getvalue()


@pytest.mark.usefixtures("app")
def test_500_rows_with_one_in_a_hundred_bad_all_named():
    bought = Bought(600, there=700)
    rows = [[bought.key, "", "", f"Worker W{n}", f"w{n}@plant.example", str(n)] for n in range(500)]
    for number in range(0, 500, 100):
        rows[number][4] = "" if number % 200 else "broken"

    batch = taken(bought.recruiter, sheet(rows), "list.xlsx")

    bad = [row.number for row in imports.all_rows(batch) if row.outcome is Outcome.BAD]
    assert (batch.state, batch.staged, batch.applied, batch.bad) == (ImportState.DONE, 500, 495, 5)
    assert bad == [2, 102, 202, 302, 402]
    assert db.session.scalar(select(func.count()).select_from(Allocation)) == 495
    assert bought.figures == (600, 0, 495)
    again = taken(bought.recruiter, sheet(rows), "list.xlsx")
    assert (again.same, again.bad, again.ready) == (495, 5, 0)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_goes_out_in_the_same_layout_changes_nothing_coming_back(app, form):
    bought = Bought(5)
    keys = bought.name(
        nominee(family_name="=cmd|' /C calc'!A0", given_name="+Eve", patronymic="@x", personnel_number="007"),
        nominee(family_name="Итого", given_name="Анна"),
        nominee(),
    )
    services.cancel(bought.manager, bought.allocation(keys[2]), reason="Moved")
    browser = Browser(app).sign_in(db.session.get_one(Account, bought.manager.account_id))
    base = f"/o/{bought.employer.slug}/seats/{bought.key}"
    page = browser.get(base)
    sent = browser.post(
        f"/o/{bought.employer.slug}/exports/new", page.form(action="/exports/new") | {"of": base, "shape": "imported", "as": form}
    )
    response = browser.client.get(sent.location)
    content = response.get_data()
    response.close()
    before = states()

    batch = taken(bought.manager, content, f"list.{form}")

    assert (batch.staged, batch.same, batch.bad) == (2, 2, 0), told(batch)
    assert states() == before
