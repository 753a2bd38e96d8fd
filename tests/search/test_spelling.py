"""Words that nothing is called by are put right by those that something is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.search.spelling import corrected

TITLES = ["Сварщик (ручной сварки)", "Токарь-универсал", "Welder of pipelines", "Электромонтёр", "15.01.05"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("свращик", "сварщик"),
        ("сварщк", "сварщик"),
        ("свращики", "сварщик"),
        ("электромантер", "электромонтер"),
        ("welber", "welder"),
        ("свращик цеха", "сварщик цеха"),
        ("токаль", "токарь"),
    ],
)
def test_slips(typed, meant):
    assert corrected(typed, TITLES) == meant


@pytest.mark.parametrize(("typed", "meant"), [("cdfhobr", "сварщик"), ("njrfhm", "токарь"), ("цудвук", "welder")])
def test_the_other_keyboard_layout(typed, meant):
    assert corrected(typed, TITLES) == meant


def test_an_unfinished_last_word():
    assert corrected("свращ", TITLES) == "сварщик"


@pytest.mark.parametrize("typed", ["сварщик", "сварщиками", "welders", "кот", "15.01.99", "абракадабра", "", "!!"])
def test_nothing_to_put_right(typed):
    assert corrected(typed, TITLES) is None


@pytest.mark.parametrize(
    ("typed", "called", "meant"),
    [
        ("станочник", "Оператор-наладчик металлообрабатывающих станков", "станков"),
        ("станочница", "Оператор-наладчик металлообрабатывающих станков", "станков"),
        ("сварка", "Сварщик", "сварщик"),
        ("сварочный", "Сварщик", "сварщик"),
        ("фрезеровщик", "Фрезерные работы", "фрезерные"),
        ("программист", "Программирование станков", "программирование"),
        ("наладка", "Наладчик", "наладчик"),
        ("кузнец", "Кузнечное дело", "кузнечное"),
        ("механический", "Автомеханик, механик", "механик"),
        ("монтёр", "Монтаж оборудования", "монтаж"),
        ("welding", "Welder", "welder"),
        ("electrical", "Electrician", "electrician"),
    ],
)
def test_a_word_of_the_same_family(typed, called, meant):
    assert corrected(typed, [called, "Водитель", "Стандарты и станции"]) == meant


@pytest.mark.parametrize("typed", ["станция", "стандарт"])
def test_a_like_beginning_makes_no_family(typed):
    assert corrected(typed, ["Наладчик станков"]) is None


def test_nothing_is_known():
    assert corrected("свращик", []) is None


@given(st.text(max_size=200), st.lists(st.text(max_size=50), max_size=5))
def test_any_text_is_taken(typed, titles):
    assert corrected(typed, titles) != ""
