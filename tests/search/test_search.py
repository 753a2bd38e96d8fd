import pytest
from sqlalchemy import func, select, text

from training.kernel.db import db, writing
from training.search import index
from training.search.models import SearchDocument
from training.search.queries import hits, suggest
from training.search.services import PUBLIC, Document, drop, of_organisation, put, put_many

pytestmark = pytest.mark.usefixtures("app")

PROGRAMMES = [
    Document("programme", 1, "Сварщик ручной сварки", "Учит варить металл. Код 15.01.05", [PUBLIC]),
    Document("programme", 2, "Welder of pipelines", "Welding of steel pipes, code 15.01.05", [PUBLIC]),
    Document("programme", 3, "Токарь", "Работает рядом со сварщиками. 15.01.38", [PUBLIC]),
    Document("programme", 4, "Ёлочный мастер", "Украшения", [PUBLIC]),
    Document("programme", 5, "Сварщик секретный", "Черновик", [of_organisation(7)]),
    Document("programme", 6, "Сварщик чужой", "Черновик", [of_organisation(8)]),
    Document("vacancy", 1, "Сварщик", "", [PUBLIC]),
]


@pytest.fixture
def documents(app):
    put_many(PROGRAMMES)


def seen(*ids):
    """As what a reader may see."""
    return select(SearchDocument.subject_id).where(SearchDocument.subject_id.in_(ids))


def found(words, scopes=(PUBLIC,), kind="programme"):
    result = hits(kind, words, scopes)
    return list(db.session.scalars(select(result.c.subject_id).order_by(result.c.rank, result.c.subject_id)))


@pytest.mark.usefixtures("documents")
class TestHits:
    @pytest.mark.parametrize("words", ["сварщик", "Сварщиков", "СВАРЩИКУ", "сварщ"])
    def test_russian_words_in_every_form_and_titles_come_first(self, words):
        assert found(words) == [1, 3]

    @pytest.mark.parametrize("words", ["welder", "welders", "Welding pipe", "pipe weld"])
    def test_english_words_in_every_form(self, words):
        assert found(words) == [2]

    @pytest.mark.parametrize("words", ["елочный", "ЁЛОЧНЫЙ", "ёлочных"])
    def test_yo_is_ye(self, words):
        assert found(words) == [4]

    @pytest.mark.parametrize(("words", "ids"), [("15.01.05", {1, 2}), ("15.01", {1, 2, 3}), ("15.01.38", {3}), ("код 15.01.05", {1})])
    def test_codes_whole_and_by_their_beginning(self, words, ids):
        assert set(found(words)) == ids

    def test_every_word_must_be_there(self):
        assert found("сварщик токарь") == [3]
        assert found("сварщик повар") == []

    def test_only_within_the_scopes_and_counts_included(self):
        assert set(found("сварщик", [PUBLIC, of_organisation(7)])) == {1, 3, 5}
        assert found("секретный", [PUBLIC, of_organisation(8)]) == []
        assert found("сварщик", [of_organisation(9)]) == []
        assert found("сварщик", []) == []
        assert db.session.scalar(select(func.count()).select_from(hits("programme", "сварщик", [PUBLIC]))) == 2

    def test_a_scope_is_no_word_that_can_be_typed(self):
        assert found("_programme_o8", [PUBLIC]) == []
        assert found("public programme o8", [PUBLIC]) == []

    def test_only_of_the_kind(self):
        assert found("сварщик", kind="vacancy") == [1]

    def test_the_best_only(self):
        assert list(db.session.scalars(select(hits("programme", "сварщик", [PUBLIC], limit=1).c.subject_id))) == [1]

    @pytest.mark.parametrize(
        "words",
        [
            '"',
            "'",
            "\\",
            "* OR *",
            'a" OR "b',
            "NEAR(a b)",
            "title:сварщик",
            "-сварщик",
            "сварщик\0",
            "\ud800",
            "!",
            "",
            "   ",
            "a & b | !c:*",
            "{x} : y",
            "'; DROP TABLE x",
            "сварщик " * 2000,
            "(" * 10_000,
            "ж" * 10_000,
            "\u202eсварщик",
            "é̂̃",
            "日本語",
            "😀",
        ],
    )
    def test_hostile_words_break_nothing(self, words):
        assert set(found(words)) <= {1, 3}

    def test_words_said_with_operators_still_find(self):
        assert found('сварщик" OR "токарь') == []
        assert found('"сварщик" (ручной)*') == [1]


@pytest.mark.usefixtures("documents")
class TestPut:
    def test_anew_replaces_what_was_said(self):
        put(Document("programme", 1, "Повар", "Готовит", [PUBLIC]))

        assert found("повар") == [1]
        assert found("сварщик") == [3]

    def test_another_scope_hides(self):
        put(Document("programme", 1, "Сварщик ручной сварки", "Учит варить металл. Код 15.01.05", [of_organisation(8)]))

        assert found("сварщик") == [3]
        assert set(found("сварщик", [of_organisation(8)])) == {1, 6}

    def test_the_same_again_writes_nothing(self):
        assert put_many(PROGRAMMES) == 0
        assert put_many([*PROGRAMMES, Document("programme", 9, "Новый", scopes=[PUBLIC])]) == 1

    def test_dropped_is_not_found(self):
        drop("programme", 1)
        drop("programme", 99)

        assert found("сварщик") == [3]
        assert db.session.scalar(select(func.count()).select_from(SearchDocument)) == len(PROGRAMMES) - 1

    def test_one_title_with_every_hostile_sign(self):
        put(Document("programme", 1, "'\"\\ \0\ud800 Кран:*&|!", "'" * 5000 + " кран " * 30_000, [PUBLIC]))

        assert found("кран") == [1]

    def test_the_index_can_be_made_anew(self):
        with writing() as session:
            if session.get_bind().dialect.name == "postgresql":
                session.execute(text("DELETE FROM search_index"))
            else:
                session.execute(text("INSERT INTO search_index(search_index) VALUES ('delete-all')"))
        assert found("сварщик") == []

        with writing() as session:
            index.rebuild(session.connection())

        assert found("сварщик") == [1, 3]


@pytest.mark.usefixtures("documents")
class TestSuggest:
    def test_a_slip_finds_the_title(self):
        assert suggest("programme", "сварщк ручной", [PUBLIC], among=seen(1, 2, 3, 4))[0] == "Сварщик ручной сварки"
        assert suggest("programme", "wlder", [PUBLIC], among=seen(1, 2, 3, 4)) == ["Welder of pipelines"]

    def test_never_from_another_scope(self):
        titles = suggest("programme", "сварщик секретный", [PUBLIC], among=seen(*range(1, 9)), limit=10)

        assert "Сварщик секретный" not in titles
        assert "Сварщик чужой" not in titles

    def test_never_what_the_reader_may_not_see_though_the_index_still_has_it(self):
        assert "Сварщик ручной сварки" not in suggest("programme", "сварщк ручной", [PUBLIC], among=seen(2, 3))

    @pytest.mark.parametrize("words", ["", "!!!", "\0", "\ud800", "x" * 10_000])
    def test_nothing_for_nothing(self, words):
        assert suggest("programme", words, [PUBLIC], among=seen(1, 2, 3, 4)) == []


def test_many_documents_are_written_in_batches_and_found():
    put_many(Document("programme", number, f"Профессия {number}", "", [PUBLIC]) for number in range(1, 5_101))

    assert found("профессия 5100")[0] == 5100
    assert len(found("профессия")) == 1000
