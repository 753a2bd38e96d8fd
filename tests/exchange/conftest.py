"""A small importer of its own: accounts by e-mail address."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
import xlsxwriter
from sqlalchemy import insert, select

from tests.factories import actor_of, make_school
from tests.internships.conftest import statements
from training.accounts.models import Account
from training.exchange import cells, checking, queries, services
from training.exchange.importers import Column, Importer, Row
from training.kernel import clock
from training.kernel.db import db
from training.kernel.i18n import _l
from training.kernel.policy import Actor, Member, Role, System

__all__ = ["statements"]

SYSTEM = System("test")


def check_people(actor: Actor, rows: Sequence[Row]) -> None:
    look = select(Account.email_key, Account.name).where(Account.email_key.in_([row.values["email"] for row in rows]))
    known = {email: name for email, name in db.session.execute(look)}  # noqa: C416 -- a result is no sequence of pairs to mypy
    for row in rows:
        if row.values["name"] == "Nobody":
            row.wrong("name", "Nobody is nobody.")
        row.same = known.get(row.values["email"]) == row.values["name"]


def apply_people(actor: Actor, rows: Sequence[Mapping[str, Any]]) -> None:
    at = clock.now()
    db.session.execute(
        insert(Account),
        [
            {"name": row["name"], "email": row["email"], "email_key": row["email"], "language": "ru", "version": 1, "confirmed_at": at}
            for row in rows
        ],
    )


PEOPLE = Importer(
    kind="people",
    title=_l("People"),
    columns=(
        Column("name", _l("Name"), ("ФИО", "Фамилия, имя"), required=True, example="Белов Артём"),
        Column("email", _l("E-mail"), ("Почта", "e-mail"), required=True, read=cells.email, example="belov@example.org"),
        Column("born", _l("Born"), ("Дата рождения",), read=cells.day, example="31.12.2008"),
        Column("code", _l("Code"), ("Код специальности",), read=cells.code, example="15.01.05"),
    ),
    check=check_people,
    apply=apply_people,
    may=lambda actor: isinstance(actor, Member) and Role.MANAGER in actor.roles,
    key=("email",),
)


@pytest.fixture
def school(app):
    wiring = app.extensions["wiring"]
    app.extensions["wiring"] = replace(wiring, importers={**wiring.importers, "people": PEOPLE})
    yield make_school()
    app.extensions["wiring"] = wiring


@pytest.fixture
def manager(school):
    return actor_of(school, Role.MANAGER)


def table(*rows: Sequence[object], delimiter: str = ";") -> bytes:
    return "\r\n".join(delimiter.join(map(str, row)) for row in (("ФИО", "Почта", "Дата рождения", "Код специальности"), *rows)).encode()


def workbook(*sheets: tuple[str, Sequence[Sequence[Any]]]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        dated = book.add_format({"num_format": "dd.mm.yy"})
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    if hasattr(value, "year"):
                        sheet.write_datetime(number, column, value, dated)
                    elif value is not None:
                        sheet.write(number, column, value)
    return target.getvalue()


def checked(manager: Member, content: bytes, name: str = "people.csv"):
    batch = services.upload(manager, content, name=name, kind="people")
    checking.check(batch.id)
    return batch


def applied(manager: Member, batch: Any) -> None:
    services.confirm(manager, batch)
    checking.apply(batch.id)


def rows_of(batch: Any) -> list[tuple[int, str, list[str]]]:
    db.session.rollback()
    return [(row.number, row.outcome.value, [one["sentence"] for one in row.errors or []]) for row in queries.all_rows(batch)]


def names(suffix: str = "@import.example") -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Account.name).where(Account.email_key.endswith(suffix)).order_by(Account.email_key)))
