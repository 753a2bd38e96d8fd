import csv
import io
import os
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from tests.exchange.conftest import PEOPLE, workbook
from tests.pace import paced
from training.exchange import cells, decoding, reading
from training.exchange.importers import Column
from training.files.media import CSV, XLSX
from training.kernel.i18n import _l
from training.kernel.policy import NotNow

pytestmark = pytest.mark.usefixtures("app")


def read(folder, content, media=CSV, columns=PEOPLE.columns):
    path = folder / "table"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    found = reading.tables(path, media, columns)
    return [
        (table.name, number, {name: cells.shown(row[place]) if place < len(row) else "" for name, place in table.heading.columns.items()})
        for table in found
        for number, row in table.rows
    ], found


def names(folder, content, media=CSV):
    return [(number, row["name"]) for _sheet, number, row in read(folder, content, media)[0]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters(tmp_path, encoding, delimiter):
    text = "\n".join(delimiter.join(row) for row in [("ФИО", "Почта"), ("Ёлкин «Пётр»", "a@b.ru"), ("Сидорова Анна", "c@d.ru")])
    assert names(tmp_path, text.encode(encoding)) == [(2, "Ёлкин «Пётр»"), (3, "Сидорова Анна")]


def test_western_letters_are_not_taken_for_russian(tmp_path):
    assert names(tmp_path, "Name;E-mail\nRenée Müller;a@b.fr\nFrançois Lefèvre;c@d.fr".encode("cp1252")) == [
        (2, "Renée Müller"),
        (3, "François Lefèvre"),
    ]


def test_quoted_newlines_blank_lines_and_true_row_numbers(tmp_path):
    content = 'Name,E-mail\r\n"Anna\nMaria, the first",a@b.ru\r\n\r\n  ,\r\nBelov,c@d.ru'
    assert names(tmp_path, content) == [(2, "Anna\nMaria, the first"), (5, "Belov")]


def test_a_decimal_comma_stays_text(tmp_path):
    columns = (Column("name", _l("Name"), required=True), Column("mark", _l("Mark")))
    assert read(tmp_path, "Name;Mark\nAnna;4,5\n", columns=columns)[0] == [("", 2, {"name": "Anna", "mark": "4,5"})]


def test_the_apostrophe_of_our_own_exports_goes(tmp_path):
    assert names(tmp_path, "Name,E-mail\n'=Anna,a@b.ru\n'tis,c@d.ru") == [(2, "=Anna"), (3, "'tis")]


def test_titles_above_totals_below_numbered_columns_and_repeated_headings(tmp_path):
    rows: list[list[object]] = [
        ["Список группы ОС-26"],
        ["на 1 сентября 2026 года"],
        [],
        ["№ п/п", "Ф И О", "Фамилия, имя", " E-Mail: ", "Дата  рождения"],
        [1, 2, 3, 4, 5],
        [1, "", "Белов", "a@b.ru", date(2010, 3, 31)],
        ["№ п/п", "Ф И О", "Фамилия, имя", "E-mail", "Дата рождения"],
        [2, "", "Итого Анна", "c@d.ru", None],
        ["", "", "Всего Пётр", "e@f.ru", None],
        ["Итого:", "", "", "", 2],
        ["Всего по колледжу", "", "", 2],
    ]
    found, tables = read(tmp_path, workbook(("Лист1", rows)), XLSX)

    assert [(number, row["name"], row["born"]) for _sheet, number, row in found] == [
        (6, "Белов", "31.03.2010"),
        (8, "Итого Анна", ""),
        (9, "Всего Пётр", ""),
    ]
    assert tables[0].notes == [("numbering", 5), ("heading", 7), ("total", 10), ("total", 11)]
    assert tables[0].heading.unread == ["№ п/п", "Ф И О"]


def test_a_total_may_stand_in_a_column_that_every_row_must_fill(tmp_path):
    columns = (Column("name", _l("Name"), required=True), Column("born", _l("Born"), required=True))
    assert read(tmp_path, "Name;Born\nAnna;04.11.2010\nВсего;1\n", columns=columns)[0] == [("", 2, {"name": "Anna", "born": "04.11.2010"})]


def test_merged_titles_an_offset_table_and_several_sheets(tmp_path):
    book = openpyxl.Workbook()
    first = book.worksheets[0]
    first.title = "ОС-26"
    first.merge_cells("B2:E2")
    first["B2"] = "Группа ОС-26"
    for column, text in zip("BCDE", ["ФИО", "Почта", "Дата рождения", "Код специальности"], strict=True):
        first[f"{column}4"] = text
    first["B5"], first["C5"], first["D5"], first["E5"] = "Белов", "a@b.ru", datetime(2010, 3, 31), datetime(2005, 1, 15)
    first["E5"].number_format = "dd.mm.yy"
    book.create_sheet("Справка")["A1"] = "Прочтите"
    hidden = book.create_sheet("Скрытый")
    hidden.append(["ФИО", "Почта"])
    hidden.append(["Тайный", "x@y.ru"])
    hidden.sheet_state = "hidden"
    other = book.create_sheet("ОС-27")
    other.append(["Почта", "ФИО"])
    other.append(["c@d.ru", "Орлова"])
    target = io.BytesIO()
    book.save(target)

    found, tables = read(tmp_path, target.getvalue(), XLSX)

    assert [(sheet, number, row["name"]) for sheet, number, row in found] == [("ОС-26", 5, "Белов"), ("ОС-27", 2, "Орлова")]
    assert tables[0].heading.columns == {"name": 1, "email": 2, "born": 3, "code": 4}
    row = next(iter(reading.tables(tmp_path / "table", XLSX, PEOPLE.columns)[0].rows))[1]
    assert cells.code(row[4]) == "15.01.05"


def test_a_missing_column_is_named(tmp_path):
    with pytest.raises(NotNow, match="missing: E-mail"):
        read(tmp_path, "Name;Born;Code\nAnna;;")


@pytest.mark.parametrize("content", ["", "nothing here\n", "\n" * 100, "a,b,c\n1,2,3\n", '"never ends', "\0\0\0"])
def test_no_table_is_said(tmp_path, content):
    with pytest.raises(NotNow):
        read(tmp_path, content)


def test_a_damaged_workbook_is_said(tmp_path):
    with zipfile.ZipFile(tmp_path / "bad.xlsx", "w") as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("xl/workbook.xml", "<not-closed")
    with pytest.raises(NotNow):
        read(tmp_path, (tmp_path / "bad.xlsx").read_bytes(), XLSX)


@pytest.mark.parametrize("cell", ["XFD1048576", "A1048576", "DA1", "CZ200000"])
def test_a_cell_far_out_takes_no_memory(tmp_path, cell):
    source = zipfile.ZipFile(io.BytesIO(workbook(("A", [["Name", "E-mail"], ["Anna", "a@b.ru"]]))))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = content.replace(b"</sheetData>", f'<row r="1048576"><c r="{cell}"><v>1</v></c></row></sheetData>'.encode())
            archive.writestr(name, content)
    with paced() as taken, pytest.raises(NotNow, match="At most"):
        read(tmp_path, target.getvalue(), XLSX)
    assert taken.floors < 5


def test_too_many_rows_are_said(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "MOST_ROWS", 3)
    with pytest.raises(NotNow, match="more than 3 rows"):
        read(tmp_path, "Name,E-mail\na,b\na,b\na,b\n")


def test_a_huge_cell_and_a_wide_row_break_nothing(tmp_path):
    assert names(tmp_path, f'Name,E-mail\n"{"x" * 200_000}",a@b.ru{"," * 5000}') == [(2, "x" * 1000)]


def test_the_codes_of_the_region_are_read():
    folder = os.environ.get("CADRE_SAMPLES")
    if not folder:
        pytest.skip("CADRE_SAMPLES is not set: the real files are not read")
    path = Path(folder) / "fgos" / "spo_codes.csv"
    columns = (
        Column("code", _l("Code"), required=True, read=cells.code),
        Column("name", _l("Name"), ("name_ru",), required=True),
        Column("kind", _l("Kind")),
    )

    [table] = reading.tables(path, CSV, columns)
    rows = list(table.rows)

    assert len(rows) == 44
    assert [cells.code(row[0]) for _number, row in rows] == [
        row["code"] for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    ]
    assert table.heading.unread == ["qualification_ru", "duration_text_in_source", "source_ids"]


def test_a_delimiter_inside_quotes_does_not_count():
    assert decoding.delimiter('a;"b,c,d"\ne;"f,g,h"\n') == ";"
