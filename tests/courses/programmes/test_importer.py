"""Programmes from CSV and XLSX, also from the national list."""

import io
import os
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter
from sqlalchemy import func, select

from tests.courses.factories import make_occupation
from tests.factories import actor_of, make_school
from training.courses.programmes.importer import length
from training.courses.programmes.models import Programme, ProgrammeVersion
from training.courses.programmes.workflow import Kind, State
from training.exchange import checking, queries, services
from training.kernel.db import db
from training.kernel.policy import Role

SAMPLE = Path(os.environ.get("CADRE_SAMPLES", "/nowhere")) / "fgos" / "spo_codes.csv"
HEAD = "Код специальности;Специальность;Вид;Часы;Срок обучения;Профессия по МСКЗ"


def imported(content, name="list.csv"):
    manager = actor_of(make_school(), Role.MANAGER)
    return manager, taken(manager, content, name)


def taken(manager, content, name="list.csv"):
    batch = services.upload(manager, content, name=name, kind="programmes")
    checking.check(batch.id)
    db.session.rollback()
    db.session.refresh(batch)
    if batch.ready:
        services.confirm(manager, batch)
        checking.apply(batch.id)
    db.session.rollback()
    db.session.refresh(batch)
    return batch


def sentences(batch):
    return [one["sentence"] for row in queries.all_rows(batch) for one in row.errors or []]


def programmes():
    db.session.rollback()
    query = select(Programme, ProgrammeVersion).join(ProgrammeVersion, ProgrammeVersion.programme_id == Programme.id)
    return [(one, version) for one, version in db.session.execute(query.order_by(Programme.code))]


@pytest.mark.usefixtures("app")
class TestImport:
    def test_makes_drafts(self):
        occupation = make_occupation(title_ru="Сварщик")
        lines = [HEAD, "15.01.05;Сварщик;профессия;1476;10 мес.;сварщик", "15.02.16;Технология машиностроения;;;3 года 10 мес.;"]

        _, batch = imported("\r\n".join(lines).encode("cp1251"))

        assert (batch.applied, batch.bad) == (2, 0), sentences(batch)
        (welder, first), (engineer, second) = programmes()
        assert (welder.code_system, welder.kind, welder.occupation_id) == ("fgos", Kind.PROFESSION, occupation.id)
        assert (first.state, first.hours_total, first.months) == (State.DRAFT, 1476, 10)
        assert (engineer.kind, second.months) == (Kind.SPECIALTY, 46)

    def test_says_what_is_wrong_where(self):
        lines = [
            HEAD,
            "16045;Оператор;;;;",
            "ПК-1;Курс;повышение квалификации;8;;",
            "15.01.05;Сварщик;;;долго;",
            "15.01.38;Оператор;;;;астролог",
        ]

        _, batch = imported("\r\n".join(lines).encode())

        assert (batch.applied, batch.bad) == (0, 4)
        assert len(sentences(batch)) == 4

    def test_the_same_file_twice_changes_nothing(self):
        content = f"{HEAD}\r\n15.01.05;Сварщик;;;;\r\n15.01.35;Мастер слесарных работ;;;;".encode()
        manager, _ = imported(content)

        again = taken(manager, content)

        assert (again.applied, again.same, len(programmes())) == (0, 2, 2)

    def test_takes_codes_back_that_a_spreadsheet_made_dates_of(self):
        target = io.BytesIO()
        with xlsxwriter.Workbook(target) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, ["Перечень программ колледжа"])
            sheet.write_row(1, 0, ["Код специальности", "Специальность"])
            sheet.write_datetime(2, 0, datetime(2005, 1, 15), book.add_format({"num_format": "dd.mm.yy"}))
            sheet.write(2, 1, "Сварщик")

        _, batch = imported(target.getvalue(), "list.xlsx")

        assert (batch.applied, sentences(batch)) == (1, [])
        assert programmes()[0][0].code == "15.01.05"

    @pytest.mark.skipif(not SAMPLE.is_file(), reason="CADRE_SAMPLES is not set: the national list was left out")
    def test_reads_the_national_list(self):
        manager, batch = imported(SAMPLE.read_bytes())

        again = taken(manager, SAMPLE.read_bytes())

        db.session.rollback()
        assert (batch.bad, batch.applied, again.applied, again.same) == (
            0,
            db.session.scalar(select(func.count(Programme.id))),
            0,
            batch.applied,
        )
        assert batch.applied >= 40


@pytest.mark.parametrize(
    ("written", "months"), [("3 года 10 мес.", 46), ("10 мес.", 10), ("1 год", 12), ("2 г. 10 мес.", 34), (22, 22), ("5 лет", 60)]
)
def test_a_length_is_read_in_months(written, months):
    assert length(written) == months
