"""What the law keeps of rulings, and what of a signed one may still go."""

import pytest
from sqlalchemy import update

from seeds.law_rules import RULES
from tests.courses.factories import SYSTEM
from tests.courses.rulings.acting import drafted, fresh, line_of, loaded, manager, running, signed, studying
from training.courses.rulings import services
from training.courses.rulings.holding import holds
from training.courses.rulings.models import RulingLine
from training.courses.rulings.workflow import Kind, Reason, What
from training.kernel import clock
from training.kernel.db import db, writing
from training.taxonomy import services as reference
from training.taxonomy.models import LawRule

EXPELLED = What(reason=Reason.OTHER, words="Own words")


@pytest.mark.usefixtures("app")
class TestHolds:
    def test_signed_lines_are_kept_for_fifty_years(self):
        reference.load(SYSTEM, LawRule, rows=RULES)
        cohort = running()
        one, other = studying(cohort, 2)
        ruling = signed(manager(cohort), [one], Kind.EXPULSION, EXPELLED)
        drafted(manager(cohort), [other], Kind.EXPULSION, EXPELLED)

        (held,) = holds(one.trainee_id)

        assert (held.kind, held.id) == ("ruling_line", line_of(ruling, one).id)
        assert held.until_on is not None
        assert held.until_on.year == clock.today().year + 50
        assert holds(other.trainee_id) == []

    def test_words_of_somebody_erased_may_go_and_nothing_else(self):
        cohort = running()
        (one,) = studying(cohort, 1)
        line = line_of(signed(manager(cohort), [one], Kind.EXPULSION, EXPELLED), one)

        with writing() as session:
            session.execute(update(RulingLine).where(RulingLine.id == line.id).values(words=None))

        db.session.expire_all()
        assert (line.words, line.reason) == (None, Reason.OTHER)


@pytest.mark.usefixtures("app")
def test_practice_is_drafted_and_signed_in_the_transaction_of_whoever_orders_it():
    cohort = running()
    people, actor = studying(cohort, 2), manager(cohort)
    cohort, ids = fresh(people[0]).cohort, [one.id for one in people]

    with writing():
        ruling = services.draft(actor, cohort, kind=Kind.PRACTICE, ground="Contracts of practice", chosen=ids)
        number = services.sign(actor, ruling)

    assert (number, loaded(ruling).number is not None) == (2, True)
