"""The long texts: whole in both languages, safe, and true to the addresses they name."""

import re

import pytest

from training.insights.help import texts
from training.kernel.i18n import LANGUAGES

NAMES = [*texts.ROLES, *texts.RULES]


def test_every_text_is_there_in_both_languages_and_nothing_else():
    wanted = {f"{name}.{language}.md" for name in NAMES for language in LANGUAGES}

    assert {path.name for path in texts.FOLDER.glob("*.md")} == wanted


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_say_as_much(name):
    english, russian = (texts.path(name, language).read_text(encoding="utf-8") for language in ("en", "ru"))

    for shape in (r"^## ", r"^\d+\. ", r"^\* ", r"^\| ", r"\]\("):
        assert len(re.findall(shape, english, re.MULTILINE)) == len(re.findall(shape, russian, re.MULTILINE)), shape
    assert re.findall(r"\]\(([^)]+)\)", english) == re.findall(r"\]\(([^)]+)\)", russian)
    assert re.findall(r"`[^`]+`", english) == re.findall(r"`[^`]+`", russian)


@pytest.mark.parametrize("name", NAMES)
def test_russian_is_russian(name):
    russian = texts.text(name, "ru")

    assert re.search("[а-яё]", russian.title)
    assert all(re.search("[а-яё]", title) for _key, title in russian.sections)
    assert "!" not in russian.html


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_text_has_a_title_a_lead_and_sections_that_can_be_led_to(name, language):
    text = texts.text(name, language)

    assert text.title
    assert text.lead.endswith(".")
    assert len(text.sections) >= 3
    assert all(f'<h2 id="{key}">' in text.html for key, _title in text.sections)


def test_what_is_not_text_is_taken_out(tmp_path, monkeypatch):
    monkeypatch.setattr(texts, "FOLDER", tmp_path)
    (tmp_path / "odd.en.md").write_text(
        "# Odd\n\nLead.\n\n## One\n\n<script>alert(1)</script> [x](javascript:alert(1)) <b onclick=x>y</b>\n"
    )

    html = texts.text("odd", "en").html

    assert "<script" not in html
    assert "javascript:" not in html or "href" not in html
    assert "<b" not in html
