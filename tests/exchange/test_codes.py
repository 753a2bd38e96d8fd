from datetime import date, datetime
from decimal import Decimal

import pytest

from training.exchange import cells, codes, values
from training.kernel import identifiers
from training.kernel.money import Money


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (date(2005, 1, 15), "15.01.05"),
        (datetime(1938, 1, 15), "15.01.38"),
        ("2005-01-15", "15.01.05"),
        ("2005-01-15 00:00:00", "15.01.05"),
        ("15.01.2005", "15.01.05"),
        ("15.1.05", "15.01.05"),
        ("15/01/05", "15.01.05"),
        (" 15.01.05 ", "15.01.05"),
        ("43.01.09", "43.01.09"),
        ("0110", "0110"),
        (7212.0, "7212"),
        ("400-25410 S", "400-25410 S"),
    ],
)
def test_what_became_a_date_is_a_code_again(cell, code):
    assert cells.code(cell) == code


@pytest.mark.parametrize(
    "cell",
    [
        date(2010, 3, 31),
        datetime(2010, 3, 31, 12),
        "31.03.2010",
        "31/03/2010",
        "2010-03-31",
        "2010-03-31T18:25:43.511Z",
        " 31.3.2010 ",
        40268,
        40268.5,
    ],
)
def test_dates_in_every_form(cell):
    assert cells.day(cell) == date(2010, 3, 31)


def test_no_such_day_is_named():
    with pytest.raises(cells.BadCell, match=r"There is no day 31\.02\.2010"):
        cells.day("31.02.2010")


@pytest.mark.parametrize(
    "cell", ["31.03.10", "yesterday", "0", 0, 999_999, True, "1/5", "31.12.9999", "0001-01-01", "99999999999999999999"]
)
def test_other_dates_ask_for_a_form(cell):
    with pytest.raises(cells.BadCell):
        cells.day(cell)


def test_the_day_nought_of_spreadsheets():
    assert codes.as_date(1) == date(1899, 12, 31)
    assert codes.as_date(36526) == date(2000, 1, 1)


@pytest.mark.parametrize(("cell", "number"), [("1 250,50", "1250.50"), ("1\u00a0250.5", "1250.5"), ("−3", "-3"), (12, "12"), (1.5, "1.5")])
def test_numbers_with_comma_point_and_blanks(cell, number):
    assert cells.decimal(cell) == Decimal(number)


@pytest.mark.parametrize("cell", ["1e9999", "nan", "١٢", "9" * 400, "12.5.6", "x", float("inf"), float("nan")])
def test_no_numbers(cell):
    if cell == "١٢":
        assert cells.decimal(cell) == 12
        return
    with pytest.raises(cells.BadCell):
        cells.decimal(cell)


def test_whole_numbers_have_bounds():
    assert cells.whole(1, 5)("5") == 5
    for cell in ("6", "0", "1.5", "five"):
        with pytest.raises(cells.BadCell):
            cells.whole(1, 5)(cell)


def test_words_with_a_meaning():
    read = cells.choice({"Бюджет": 1, "Внебюджет": 2, "Целевоё": 3})
    assert (read("бюджет "), read("ЦЕЛЕВОЕ")) == (1, 3)
    with pytest.raises(cells.BadCell, match="Бюджет, Внебюджет"):
        read("x")


def test_check_digits():
    assert cells.inn("7707083893") == "7707083893"
    assert cells.inn("500100732259") == "500100732259"
    assert identifiers.inn("7707083894") is None
    assert identifiers.inn("770708389") is None
    assert cells.ogrn("1027700132195") == "1027700132195"
    assert identifiers.ogrn("1027700132196") is None
    assert identifiers.ogrnip("304500116000157") == "304500116000157"
    assert identifiers.ogrnip("304500116000158") is None
    assert cells.snils("112-233-445 95") == "11223344595"
    assert identifiers.snils("11223344596") is None
    assert cells.kpp("730201001") == "730201001"
    assert identifiers.kpp("73020100") is None
    assert identifiers.inn("٧٧٠٧٠٨٣٨٩٣") is None


def test_leading_zeros_that_a_spreadsheet_dropped_come_back():
    assert cells.kpp(30201001.0) == "030201001"


@pytest.mark.parametrize(
    "value", [None, "x", 1, True, 1.5, date(2020, 1, 2), datetime(2020, 1, 2, 3), Decimal("1.50"), Money(5, "EUR"), [date(2020, 1, 2), "a"]]
)
def test_values_survive_being_staged(value):
    assert values.unpacked(values.packed(value)) == value
