"""What an employer is told at nomination of those who do not meet what the programme builds on, and what it is not told."""

from datetime import date

import pytest

from tests.courses.allocations.test_importer import table, taken, told
from tests.courses.buying import Bought, make_worker, nominee
from tests.courses.prerequisites.asking import again, completes, make_asking, make_taught
from tests.factories import make_member
from training.courses.allocations import queries
from training.courses.allocations.models import Allocation
from training.courses.waivers import services as waivers
from training.exchange import queries as imports
from training.exchange.workflow import Outcome
from training.kernel.db import db
from training.kernel.policy import Role

SAID = "does not yet meet what this programme builds on"


class Asked(Bought):
    """Seats in a cohort whose programme asks for another one beforehand."""

    def __init__(self, seats: int = 5) -> None:
        """With somebody who has completed it."""
        self.needed = make_taught(title="Drawings")
        super().__init__(seats, version=make_asking(self.needed))
        completes(make_worker("ready@plant.example"), self.needed)

    def file(self, *addresses: str) -> str:
        """A list of people at these addresses."""
        return str(table(*(f"{self.key};;;Worker W{n};{address};" for n, address in enumerate(addresses))))


@pytest.mark.usefixtures("app")
class TestUnready:
    def test_a_stranger_and_somebody_who_has_not_completed_it_look_alike(self):
        asked = Asked()
        make_worker("lacks@plant.example")

        found = queries.unready(asked.cohort, {"ready@plant.example", "lacks@plant.example", "nobody@plant.example"})

        assert found == {"lacks@plant.example", "nobody@plant.example"}

    def test_nothing_is_said_of_somebody_under_18_without_consent(self):
        asked = Asked()
        completes(make_worker("young@plant.example", born_on=date(2012, 1, 1)), asked.needed)

        assert queries.unready(asked.cohort, {"young@plant.example"}) == {"young@plant.example"}

    def test_whoever_was_let_in_meets_it(self):
        asked = Asked()
        worker = make_worker("let-in@plant.example", school=asked.school)
        waivers.grant(asked.head, again(asked.cohort.programme_version), trainee_id=worker.id, words="Shown at the plant.")

        assert queries.unready(asked.cohort, {"let-in@plant.example"}) == set()

    def test_a_programme_that_builds_on_nothing_asks_the_database_nothing(self, statements):
        bought = Bought(1)
        cohort = bought.cohort
        queries.unready(cohort, {"a@plant.example"})

        with statements() as seen:
            assert queries.unready(cohort, {"a@plant.example"}) == set()
        assert not seen

    def test_as_many_statements_for_forty_addresses_as_for_two(self, statements):
        asked = Asked()
        cohort, counts = asked.cohort, []
        for number in (2, 40):
            with statements() as seen:
                queries.unready(cohort, {f"w{n}@plant.example" for n in range(number)} | {"ready@plant.example"})
            counts.append(len(seen))

        assert counts[0] == counts[1]

    def test_a_row_of_a_file_says_so_and_comes_in(self):
        asked = Asked()

        batch = taken(asked.manager, asked.file("ready@plant.example", "nobody@plant.example"))

        assert (batch.applied, batch.bad) == (2, 0)
        first, second = told(batch)
        assert first == []
        assert (len(second), second[0].startswith(f"Worker W1 {SAID}. They can take the seat")) == (1, True)
        assert [row.outcome for row in imports.all_rows(batch)] == [Outcome.APPLIED] * 2


class TestPages:
    def test_the_form_warns_and_nominates(self, client):
        asked = Asked()
        slug, key = asked.employer.slug, asked.key
        client.sign_in(make_member(asked.employer, Role.MANAGER).account)
        form = f"/o/{slug}/seats/{key}/nominees/new"
        opened = client.get(form).words
        assert ("What the programme asks for" in opened, "Drawings" in opened) == (True, True)

        warned = client.submit(form, **{**nominee(email="nobody@plant.example"), "patronymic": "", "personnel_number": ""}, follow=True)
        clear = client.submit(form, **{**nominee(email="ready@plant.example"), "patronymic": "", "personnel_number": ""}, follow=True)

        assert (SAID in warned.words, "a letter is on its way" in warned.words) == (True, True)
        assert SAID not in clear.words
        assert clear.words.count("Does not yet meet what this programme builds on") == 1
        assert db.session.query(Allocation).count() == 2

    def test_the_school_does_not_read_it(self, client):
        asked = Asked()
        asked.name(nominee(email="nobody@plant.example"))
        slug, key = asked.school.slug, asked.key
        client.sign_in(make_member(asked.school, Role.MANAGER).account)

        assert "Does not yet meet" not in client.get(f"/o/{slug}/seats/{key}").words
