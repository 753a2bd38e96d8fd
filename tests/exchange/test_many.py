"""Reliability 10: of a long file every bad row is named, nothing is half-written, and the same file again changes nothing."""

import pytest
from sqlalchemy import func, select

from tests.factories import actor_of, make_school
from training.audit.models import Happening
from training.exchange import checking, queries, services
from training.exchange.workflow import Outcome, State
from training.kernel.db import db
from training.kernel.policy import Role
from training.trainees.profiles.models import Trainee

EVERY = 100
"""Of so many rows one is bad."""


def state_of_everything():
    db.session.rollback()
    newest = db.session.execute(select(func.count(Trainee.id), func.max(Trainee.id), func.sum(Trainee.version))).one()
    named = select(func.count(Happening.id)).where(Happening.subject_kind == "trainee")
    return tuple(newest), db.session.scalar(named)


@pytest.mark.torture
def test_every_bad_row_is_named_nothing_is_half_written_and_the_same_file_changes_nothing(app, sizes, figure):
    manager, rows = actor_of(make_school(), Role.MANAGER), sizes.imported
    lines = (f"Фамилия{number:06} Имя;{'31.02' if number % EVERY == 7 else '01.03'}.2005;Г-{number % 40:03}" for number in range(rows))
    content = "\n".join(("ФИО;Дата рождения;Группа", *lines)).encode()
    bad = {number + 2 for number in range(rows) if number % EVERY == 7}

    def taken():
        batch = services.upload(manager, content, name="roster.csv", kind="trainees")
        checking.check(batch.id)
        if batch.ready:
            services.confirm(manager, batch)
            checking.apply(batch.id)
        return batch

    first = taken()
    named = {row.number for row in queries.all_rows(first) if row.outcome is Outcome.BAD and row.errors}
    (people, _last, _versions), events = before = state_of_everything()
    again = taken()
    after = state_of_everything()
    half = abs(people - (rows - len(bad))) + abs((events or 0) - people)

    figure(
        "10 imports",
        f"{rows:,} rows, 1 % bad, and the same file again",
        f"{len(named & bad)} of {len(bad)} named, {half} half-written",
        promised="all named, 0, no change",
    )
    assert (first.state, named, half) == (State.DONE, bad, 0)
    assert (again.ready, again.same, after) == (0, rows - len(bad), before)
