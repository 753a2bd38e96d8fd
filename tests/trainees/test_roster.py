"""A school's roster from its own tables."""

import io
from datetime import date, datetime
from typing import Any

import xlsxwriter

from tests.factories import actor_of, events_of, make_school
from training.exchange import queries as exchange
from training.exchange import services
from training.exchange.workflow import State
from training.jobs.worker import run_due
from training.kernel.db import db
from training.kernel.policy import Member, Role
from training.trainees.profiles.models import Trainee
from training.trainees.profiles.workflow import Schooling

CSV = """№;ФИО;Дата рождения;Группа;База;Телефон
1;Орлова Нина Сергеевна;04.11.2010;СВ-26;9;
2;Гордеев Павел;31.02.2010;СВ-26;9;
3;Титова Алиса Игоревна;17.05.2009;СВ-26;11;+7 900 000-00-00
;Итого: 3;;;;
"""


def upload(actor: Member, content: bytes, name: str) -> Any:
    batch = services.upload(actor, io.BytesIO(content), name=name, kind="trainees")
    run_due()
    db.session.rollback()
    return exchange.of_id(actor, batch.id)


def people(school_id: int) -> list[Trainee]:
    return list(db.session.query(Trainee).filter_by(school_id=school_id).order_by(Trainee.name_key))


def test_ready_rows_of_a_cp1251_file_are_taken_and_bad_ones_named(app):
    school = make_school()
    actor = actor_of(school, Role.MANAGER)
    batch = upload(actor, CSV.encode("cp1251"), "группа.csv")
    assert (batch.state, batch.ready, batch.bad) == (State.CHECKED, 2, 1)
    assert people(school.id) == []

    services.confirm(actor, batch)
    run_due()

    nina, alisa = people(school.id)
    assert (nina.full_name, nina.born_on, nina.group_code, nina.schooling) == (
        "Орлова Нина Сергеевна",
        date(2010, 11, 4),
        "СВ-26",
        Schooling.BASIC,
    )
    assert alisa.phone == "+7 900 000-00-00"
    assert events_of(nina) == ["trainee.imported"]


def test_the_same_file_twice_changes_nothing(app):
    school = make_school()
    actor = actor_of(school, Role.MANAGER)
    services.confirm(actor, upload(actor, CSV.encode(), "group.csv"))
    run_due()
    versions = [(one.id, one.version) for one in people(school.id)]

    again = upload(actor, CSV.encode(), "group.csv")

    assert (again.ready, again.same, again.bad) == (0, 2, 1)
    assert [(one.id, one.version) for one in people(school.id)] == versions


def test_a_workbook_with_titles_two_sheets_and_date_cells(app):
    school = make_school()
    actor = actor_of(school, Role.MANAGER)
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        for number, group in enumerate(("СВ-26", "ОН-26")):
            sheet = book.add_worksheet(group)
            sheet.merge_range(0, 0, 0, 4, f"Список группы {group}")
            sheet.write_row(2, 0, ["№ п/п", "Фамилия", "Имя", "Отчество", "Дата рождения", "Группа"])
            sheet.write_row(3, 0, [1, "Зарипов", f"Тимур{number}", "Маратович"])
            sheet.write_datetime(3, 4, datetime(2009, 7, 8), day)
            sheet.write_string(3, 5, group)
            sheet.write_row(4, 0, ["Всего", 1])
    services.confirm(actor, upload(actor, file.getvalue(), "roster.xlsx"))
    run_due()

    assert [(one.given_name, one.born_on, one.group_code) for one in people(school.id)] == [
        ("Тимур0", date(2009, 7, 8), "СВ-26"),
        ("Тимур1", date(2009, 7, 8), "ОН-26"),
    ]
