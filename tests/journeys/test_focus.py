"""Where a part of a page changes without a new page, focus is never lost, and what sighted people see is said."""

import re

import pytest
from playwright.sync_api import Page

from tests.journeys import site as running
from tests.journeys.arriving import home
from tests.journeys.person import Person
from training.kernel.config import ROOT

BUSY_VACANCY = "Оператор станков с ЧПУ"
ROSTER = "ФИО;Дата рождения;Группа;Город\nФокин Лев Ильич;04.11.2006;Ф-1;Димитровград\n"
PLACES = {
    "components/progress.html": "test_an_import_that_ends_while_one_reads",
    "components/search_field.html": "test_answers_while_one_types",
    "courses/programmes/create.html": "test_codes_that_are_offered_while_one_types",
    "trainees/cards/show.html": "test_login_cards_that_are_ready",
    "trainees/consents/show.html": "test_a_letter_to_print_that_is_ready",
    "trainees/exports/own.html": "test_a_copy_of_ones_data_that_is_ready",
}
"""The templates with a part that htmx replaces, and the journey that looks at it."""
SAID = "() => document.querySelector('body > [role=status]').textContent"
SWAPPED = """() => { window.swaps = 0; document.addEventListener("htmx:afterSettle", () => { window.swaps += 1; }); }"""


def focused(page: Page, selector: str) -> bool:
    """Whether what has the focus is this, or within it."""
    return bool(
        page.evaluate("(selector) => document.activeElement !== document.body && !!document.activeElement.closest(selector)", selector)
    )


def swapped(page: Page, times: int = 1) -> None:
    """Waits until parts of the page have come anew so many times."""
    page.evaluate(SWAPPED)
    page.wait_for_function("(times) => window.swaps >= times", arg=times)


def says(page: Page, words: str) -> None:
    """Waits until this is said to those who do not see it."""
    page.wait_for_function(f"(words) => new RegExp(words).test(({SAID})())", arg=words)


def test_every_place_that_htmx_replaces_is_tried():
    found = {str(one.relative_to(ROOT / "templates")) for one in (ROOT / "templates").rglob("*.html") if "hx-get" in one.read_text()}

    assert found == set(PLACES)
    assert {name for name in PLACES.values() if name not in globals()} == set()


def test_answers_while_one_types(person):
    stranger = person(language="en").go("/search")
    box = stranger.page.locator("main input[role=combobox]")
    box.press_sequentially("станк", delay=20)
    stranger.page.locator("main [role=listbox] [role=option]").first.wait_for()
    assert box.evaluate("(one) => one === document.activeElement")
    assert "offered" in stranger.page.locator(f"#{box.get_attribute('id')}-said").inner_text()
    box.press("ArrowDown")
    assert (
        box.evaluate("(one) => document.getElementById(one.getAttribute('aria-activedescendant')).getAttribute('aria-selected')") == "true"
    )
    box.press("Escape")
    assert box.evaluate("(one) => one === document.activeElement && one.getAttribute('aria-expanded') === 'false'")


def test_codes_that_are_offered_while_one_types(person):
    manager = person(language="en").become("school-manager")
    page = manager.go(f"{home(manager.page.url)}programmes/new").page
    code = page.locator("main input[name=code]")
    code.press_sequentially("15.01", delay=20)
    page.locator("#code-options option").first.wait_for(state="attached")
    assert code.evaluate("(one) => one === document.activeElement && one.value === '15.01'")
    code.press_sequentially(".35", delay=20)
    page.wait_for_function("() => document.querySelectorAll('#code-options option').length === 1")
    assert code.evaluate("(one) => one === document.activeElement && one.selectionStart === one.value.length")


def test_an_import_that_ends_while_one_reads(person, site, tmp_path):
    roster = tmp_path / "фокус.csv"
    roster.write_text(ROSTER, encoding="utf-8")
    manager = person(language="en").become("school-manager")
    page = manager.page
    with running.resting(site):
        manager.go(f"{home(page.url)}imports/new").fill(kind="trainees", file=roster).press("Upload and check")
        link = manager.find("Refresh")
        link.focus()
        swapped(page)
        assert link.evaluate("(one) => one === document.activeElement"), "The part that asks again is not the whole page."
    page.locator("main tbody tr").first.wait_for()
    assert focused(page, "main"), "The link is gone: what came instead has the focus."
    says(page, "фокус.csv")
    page.keyboard.press("Tab")
    assert focused(page, "main a, main button"), "The next stop is inside what came."


def test_login_cards_that_are_ready(person, site):
    manager = person(language="en").become("school-manager")
    page = manager.page
    manager.go(f"{home(page.url)}trainees/cards").page.locator("main .chips a").first.click()
    page.wait_for_load_state("load")
    with running.resting(site):
        manager.press("Make %(num)s card")
        manager.find("Refresh").focus()
        swapped(page)
        assert focused(page, "#sheet"), "The link comes anew with its part."
    page.locator("#sheet a[href$=pdf]").wait_for()
    assert focused(page, "#sheet")
    says(page, "The cards as PDF")


def test_a_letter_to_print_that_is_ready(person, site):
    manager = person(language="en").become("school-manager")
    page = manager.page
    manager.go(f"{home(page.url)}trainees?age=minor")
    for address in page.locator("main tbody th a").evaluate_all("(all) => all.map((one) => one.href)"):
        if manager.go(address).find("Ask a guardian…").count():
            break
    manager.press("Ask a guardian…").fill(name="Мария Кравцова", way="paper", language="ru")
    with running.resting(site):
        page.locator("main form.form button[type=submit]").first.click()
        page.wait_for_url(re.compile(r"/consents/\d+$"))
        manager.find("Refresh").focus()
        swapped(page)
        assert focused(page, "#letter")
    page.locator("#letter a[href$=letter]").wait_for()
    assert focused(page, "#letter")
    says(page, "The letter as PDF")


def test_a_copy_of_ones_data_that_is_ready(person, site):
    trainee = person(language="en", phone=True).become("trainee").go("/me/data")
    page = trainee.page
    with running.resting(site):
        trainee.press("Make a copy")
        trainee.find("Make a copy").focus()
        swapped(page)
        assert focused(page, "button")
    page.locator("#copies a").wait_for()
    assert focused(page, "button"), "What has the focus stands beside the part that comes anew, and keeps it."
    says(page, "The copy is ready")


def test_a_list_in_another_order(person):
    manager = person(language="en").become("school-manager")
    page = manager.go(f"{home(manager.page.url)}cohorts").page
    choice = page.locator("select[data-apply]")
    choice.focus()
    other = choice.locator("option:not([selected])").first.get_attribute("value")
    with page.expect_navigation(wait_until="load"):
        choice.select_option(other)
    page.wait_for_function("document.activeElement.matches('select[data-apply]')")
    assert page.locator("select[data-apply]").input_value() == other


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_rows_that_are_chosen(person, phone):
    manager = person(language="en", phone=phone).become("school-manager")
    page = manager.go(f"{home(manager.page.url)}trainees").page
    box = page.locator("input[data-pick]").first
    box.focus()
    page.keyboard.press("Space")
    says(page, "1 chosen")
    assert box.evaluate("(one) => one === document.activeElement")
    page.locator("[data-pick-none]").focus()
    page.keyboard.press("Enter")
    assert focused(page, "input[type=checkbox]"), "The bar is gone with its button: the boxes have the focus."


def test_a_card_that_moves_is_told_and_undo_comes_next(person):
    recruiter: Person = person(language="en").become("employer-recruiter")
    page = recruiter.go(f"{home(recruiter.page.url)}vacancies").follow(BUSY_VACANCY).page
    page.locator("ol[data-stage]").first.locator("[data-menu]").first.focus()
    page.keyboard.press("Enter")
    assert focused(page, ".board-card summary"), "The menu that came has the focus."
    page.keyboard.press("ArrowDown")
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.matches('main .alert')")
    says(page, page.locator("main .alert > div").first.inner_text().split(" ")[0])
    page.keyboard.press("Tab")
    assert focused(page, ".alert button")
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.matches('main .alert')")


COVERED = """() => {
  const one = document.activeElement;
  const box = one.getBoundingClientRect();
  const there = [0.2, 0.5, 0.8].map((share) => document.elementFromPoint(box.left + box.width / 2, box.top + box.height * share));
  return one === document.body || there.some((found) => found && (one.contains(found) || found.contains(one))) ? "" : one.outerHTML.slice(0, 120);
}"""


def test_the_bar_of_a_phone_covers_nothing_that_has_the_focus(person):
    page = person(language="ru", phone=True).become("trainee").go("/me/profile").page
    covered = set()
    for _stop in range(60):
        page.keyboard.press("Tab")
        covered.add(page.evaluate(COVERED))
    assert covered == {""}


def test_a_form_that_comes_back_with_mistakes(person):
    manager = person(language="en").become("school-manager")
    page = manager.go(f"{home(manager.page.url)}programmes/new").page
    page.locator("main form.form button[type=submit]").first.click()
    page.wait_for_function("document.activeElement.matches('.error-summary')")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('.field-error :is(input, select, textarea)')"), "The summary leads into the field."
