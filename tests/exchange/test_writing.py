import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from operator import itemgetter

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from training.exchange.downloads import download
from training.exchange.workflow import Outcome
from training.exchange.writing import csv_pieces, safe, workbook
from training.kernel.i18n import force_locale
from training.kernel.listings import OutColumn
from training.kernel.money import Money

pytestmark = pytest.mark.usefixtures("app")

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")', "\n=1", "＝1"]


def columns(*names):
    return [OutColumn(name, itemgetter(place)) for place, name in enumerate(names)]


def as_csv(rows, *names):
    content = b"".join(csv_pieces(columns(*names), rows))
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";" if b";" in content[:40] else ","))


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_a_csv_file_begins_a_formula(text):
    assert as_csv([(text, "x")], text, "b") == [[f"'{text}", "b"], [f"'{text}", "x"]]


def test_numbers_are_no_formulas_and_text_stays():
    assert as_csv([(-5, Decimal("-1.50"), "a-b", None)], "a", "b", "c", "d")[1] == ["-5", "-1.50", "a-b", ""]
    assert safe("15.01.05") == "15.01.05"


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_a_workbook_is_a_formula(text):
    with workbook(columns(text), [(text,)]) as made:
        sheet = openpyxl.load_workbook(made).worksheets[0]
    assert [cell.data_type for row in sheet.iter_rows() for cell in row] == ["s", "s"]


def test_codes_are_text_and_dates_are_dates_in_a_workbook():
    values = ("15.01.05", "0110", date(2026, 6, 19), datetime(2026, 6, 19, 20, 0, tzinfo=UTC), Money.of("61400.50"))
    with workbook(columns(*"abcde"), [values], "Europe/Samara") as made:
        row = list(openpyxl.load_workbook(made).worksheets[0].iter_rows())[1]
        made.seek(0)
        again = CalamineWorkbook.from_filelike(made).get_sheet_by_index(0).to_python()

    assert [cell.value for cell in row] == ["15.01.05", "0110", datetime(2026, 6, 19), datetime(2026, 6, 20), 61400.5]
    assert row[0].number_format == "@"
    assert again[1][:2] == ["15.01.05", "0110"]


def test_the_reader_s_language_decides_delimiter_dates_and_fractions():
    row = (date(2026, 6, 19), Decimal("1.5"), True, Outcome.BAD)
    assert as_csv([row], "a", "b", "c", "d")[1][:2] == ["2026-06-19", "1.5"]
    with force_locale("ru"):
        assert as_csv([row], "a", "b", "c", "d")[1][:2] == ["19.06.2026", "1,5"]


def test_control_signs_nul_and_surrogates_break_neither():
    hostile = "a\0b\x01\ud800" + "x" * 40_000
    assert as_csv([(hostile, "")], "a", "b")[1][0].startswith("ab")
    with workbook(columns("a"), [(hostile,)]) as made:
        assert made.read(2) == b"PK"


def test_a_csv_file_begins_before_all_rows_are_read():
    read = []

    def rows():
        for number in range(10_000):
            read.append(number)
            yield (number,)

    next(csv_pieces(columns("a"), rows()))
    assert len(read) <= 200


@pytest.mark.parametrize(
    ("form", "mimetype", "suffix"),
    [("csv", "text/csv", ".csv"), ("exe", "text/csv", ".csv"), (None, "text/csv", ".csv"), ("xlsx", "application/vnd", ".xlsx")],
)
def test_a_download_is_named_and_not_kept(app, form, mimetype, suffix):
    with app.test_request_context():
        response = download(columns("a"), [("x",)], name="Список /../ группы", form=form)
        response.direct_passthrough = False
        assert response.get_data()
        response.close()

    assert str(response.mimetype).startswith(mimetype)
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert suffix in response.headers["Content-Disposition"]
    assert response.headers["Content-Disposition"].isascii(), "a header holds no other letters; names travel as RFC 5987 says"
    assert response.headers["Cache-Control"] == "private, no-store"
