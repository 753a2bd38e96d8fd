"""Keys, money, dates and addresses."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from werkzeug.datastructures import MultiDict

from training.kernel import clock, i18n, keys
from training.kernel.lists import Wanted
from training.kernel.money import Money
from training.kernel.web import inside


@pytest.mark.parametrize(("text", "key"), [("Ёлкин  Пётр", "елкин петр"), ("ＤＡＡＺ", "daaz"), ("  Straße ", "strasse")])
def test_sort_keys_fold_what_people_do_not_tell_apart(text, key):
    assert keys.sort_key(text) == key


def test_an_address_is_compared_without_case_and_blanks():
    assert keys.email_key(" Admin@Example.ORG ") == keys.email_key("admin@example.org")
    assert keys.email_key("аdmin@example.org") != keys.email_key("admin@example.org"), "a Cyrillic а is another letter"


@pytest.mark.parametrize(("name", "short"), [("Nina Orlova", "NO"), ("ДААЗ", "ДА"), ("ООО «Автосвет»", "АВ"), ("", "–")])
def test_initials(name, short):
    assert keys.initials(name) == short


def test_money_is_whole_minor_units():
    assert Money.of("0.1") + Money.of("0.2") == Money.of("0.3")
    assert Money.of(Decimal("10.005")).minor == 1001
    with pytest.raises(ValueError, match="do not add up"):
        Money.of(1) + Money.of(1, "EUR")


@pytest.mark.parametrize(("language", "written"), [("en", "61,400 ₽"), ("ru", "61 400 ₽")])
def test_money_is_written_as_the_reader_does(app, language, written):
    with i18n.force_locale(language):
        assert str(Money.of(61400)).replace("\N{NO-BREAK SPACE}", " ") == written


@pytest.mark.parametrize(("language", "written"), [("en", "Friday, 19 June"), ("ru", "пятница, 19 июня")])
def test_a_day_is_said_with_its_weekday(app, language, written):
    with clock.at(datetime(2026, 6, 1, tzinfo=UTC)), i18n.force_locale(language):
        assert i18n.format_date(date(2026, 6, 19)) == written


def test_the_year_is_said_when_it_is_not_this_one(app):
    with clock.at(datetime(2026, 6, 1, tzinfo=UTC)):
        assert i18n.format_date(date(2027, 6, 19)) == "19 June 2027"
        assert i18n.format_date(date(2026, 6, 1)) == "Today"
        assert i18n.format_range(date(2026, 9, 1), date(2029, 6, 30)) == "1 September 2026 – 30 June 2029"
        assert i18n.format_range(date(2026, 9, 1), date(2026, 9, 1)) == "1 September 2026"


def test_a_zone_is_said_by_its_town_and_what_it_is_ahead(app):
    moment = datetime(2026, 6, 1, tzinfo=UTC)

    assert i18n.format_zone("Europe/Samara", moment) == "Samara, UTC+4"
    assert i18n.format_zone("Asia/Kolkata", moment).endswith("UTC+5:30")
    with i18n.force_locale("ru"):
        assert i18n.format_zone("Europe/Samara", moment) == "Самара, UTC+4"


def test_what_a_sentence_counts_is_read_in_groups_of_three(app):
    assert i18n.ngettext("%(num)s letter", "%(num)s letters", 9644) == "9,644 letters"
    assert i18n.ngettext("%(num)d minute", "%(num)d minutes", 45) == "45 minutes"


def test_a_deadline_at_midnight_is_the_end_of_the_day_that_was_named(app):
    with clock.at(datetime(2026, 6, 1, tzinfo=UTC)):
        assert i18n.format_moment(clock.end_of(date(2026, 6, 19), "Europe/Samara"), zone="Europe/Samara") == "Friday, 19 June, 24:00"


@pytest.mark.parametrize(
    ("language", "alone", "in_the_middle"),
    [("en", "Today, 18:00", "Answer by today, 18:00"), ("ru", "Сегодня, 18:00", "Срок ответа: сегодня, 18:00")],
)
def test_a_near_day_begins_small_inside_a_sentence(app, language, alone, in_the_middle):
    with clock.at(datetime(2026, 6, 1, tzinfo=UTC)), i18n.force_locale(language):
        moment = i18n.format_moment(datetime(2026, 6, 1, 14, tzinfo=UTC), zone="Europe/Samara")

        page = app.jinja_env.from_string("{{ _('Answer by %(moment)s', moment=moment) }}|{{ _('%(moment)s: open', moment=moment) }}")
        assert page.render(moment=moment) == f"{in_the_middle}|{alone}: open"
        assert (moment, i18n.gettext("Answer by %(moment)s", moment=moment)) == (alone, in_the_middle)


def test_the_name_of_a_weekday_keeps_its_capital(app):
    with clock.at(datetime(2026, 6, 1, tzinfo=UTC)):
        assert i18n.gettext("until %(day)s", day=i18n.format_date(date(2026, 6, 19))) == "until Friday, 19 June"


@pytest.mark.parametrize(
    "address",
    ["//host", "/\\host", "/\t/host", "https://host/", "host", "javascript:alert(1)", "/a\r\nSet-Cookie: x=1", "\\\\host", "", None],
)
def test_next_never_leaves_the_site(address):
    assert inside(address) is None


@pytest.mark.parametrize("address", ["/", "/me/", "/o/daaz/people?q=orlova&page=2"])
def test_next_stays_on_the_site(address):
    assert inside(address) == address


def test_what_is_put_into_a_sentence_for_later_is_text_on_a_page(app):
    sentence = i18n._l("It is with %(name)s now.", name="<script>alert(7)</script>")

    assert app.jinja_env.from_string("<p>{{ one }}</p>").render(one=sentence) == (
        "<p>It is with &lt;script&gt;alert(7)&lt;/script&gt; now.</p>"
    )


@pytest.mark.parametrize("page", ["0", "-1", "1e9", "٣", "9" * 30, "0" * 5_000 + "1", "\0", ""])
def test_a_page_that_cannot_be_is_the_first(page):
    assert Wanted.read(MultiDict({"page": page})).page == 1


@pytest.mark.parametrize("key", ["2147483648", "9" * 5_000, "%00", "1%00", "-1"])
def test_a_key_that_no_database_holds_is_not_there(client, key):
    assert client.get(f"/o/daaz/cohorts/{key}").status == 404
    assert client.get(f"/programmes/a%00{key}").status == 404
