import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.search import words


def test_both_languages_are_stemmed_by_their_script():
    assert words.stems("Сварщиков welders welding сварщик", 400) == "сварщик welder weld сварщик"


def test_yo_is_ye_and_case_does_not_matter():
    assert words.stems("ЁЛКА елка", 400) == words.stems("елка ёлка", 400)


@pytest.mark.parametrize("code", ["15.01.05", "400-25410", "7212.3", "08.02.14"])
def test_a_code_is_one_word(code):
    assert words.stems(f"({code}), {code}.", 400) == f"{code} {code}"


def test_hyphenated_words_come_apart_and_codes_with_letters_stay():
    assert words.stems("электро-монтажник 1С 9-летний", 400) == "электр монтажник 1с 9 летн"


def test_text_is_cut_between_words():
    assert words.stems("aaa bbb ccc", 8) == "aaa bbb"


def test_the_last_word_and_codes_may_be_a_beginning():
    assert words.terms("сварка 15.01 мет") == [words.Term("сварк", None), words.Term("15.01", "15.01"), words.Term("мет", "мет")]


def test_a_scope_cannot_be_made_of_anything():
    with pytest.raises(ValueError, match="written in"):
        words.scope_terms("programme", ['public" OR "x'])


@given(st.text(max_size=200))
def test_no_term_ever_holds_a_sign_that_a_database_reads(text):
    for term in words.terms(text):
        assert not set(term.stem + (term.prefix or "")) & set("\"'*:&|!()<>\\ \0\t\n_^{}")
        (term.stem + (term.prefix or "")).encode()
