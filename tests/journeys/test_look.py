"""What people see and reach, beside the main job: the parts, paper, the keyboard alone, a phone."""

import re

from tests.journeys.arriving import home

BUSY_VACANCY = "Оператор станков с ЧПУ"
GONE = "() => [...document.querySelectorAll('.masthead, .foot, .tabs, .breadcrumb, .btn')].filter((one) => one.checkVisibility()).length"
SMALL = """() => [...document.querySelectorAll("main :is(a.btn, button, summary, input[type=checkbox], input[type=radio])")].filter((one) => {
  const box = one.getBoundingClientRect();
  return one.checkVisibility() && (box.width < 24 || box.height < 24) && !one.labels?.length && !one.closest(".pick");
}).map((one) => one.outerHTML.slice(0, 120))"""


def test_the_parts_and_the_calendar(person):
    operator = person(language="en").become("operator")
    operator.go(f"{home(operator.page.url)}parts").look("parts")
    manager = person(language="ru", phone=True).become("school-manager")
    manager.go(f"{home(manager.page.url)}calendar").look("calendar")
    manager.go(f"{home(manager.page.url)}cohorts").look("cohorts")


def test_pages_print_without_navigation(person):
    mentor = person(language="en").become("employer-mentor")
    mentor.go(f"{home(mentor.page.url)}placements?state=active").page.emulate_media(media="print")
    assert mentor.page.evaluate(GONE) == 0, "A list prints without navigation."
    mentor.page.locator("main tbody th a").first.evaluate("(one) => one.click()")
    mentor.page.wait_for_url("**/placements/*")
    assert mentor.page.evaluate(GONE) == 0, "A record prints without navigation."
    assert mentor.page.pdf(format="A4").startswith(b"%PDF")


def test_the_skip_link_is_first_and_targets_are_large_enough(person):
    recruiter = person(language="en").become("employer-recruiter")
    recruiter.go(f"{home(recruiter.page.url)}vacancies").page.keyboard.press("Tab")
    assert recruiter.page.evaluate("document.activeElement.matches('a.skip')")
    recruiter.page.keyboard.press("Enter")
    assert recruiter.page.evaluate("document.activeElement.id") == "main"
    assert recruiter.page.evaluate(SMALL) == []


def test_the_board_by_keyboard_alone(person):
    recruiter = person(language="en").become("employer-recruiter")
    recruiter.go(f"{home(recruiter.page.url)}vacancies").follow(BUSY_VACANCY)
    page, keyboard = recruiter.page, recruiter.page.keyboard
    first = page.locator("ol[data-stage]").first
    name = first.locator(".board-card h3").first.inner_text()

    for _try in range(80):
        keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('[data-menu], .board-card summary')"):
            break
    keyboard.press("Enter")
    keyboard.press("ArrowDown")
    with page.expect_navigation(wait_until="load"):
        keyboard.press("Enter")
    assert page.locator("ol[data-stage]").nth(1).locator(".board-card", has_text=name).count() == 1
    for _try in range(80):
        keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.alert button')"):
            break
    with page.expect_navigation(wait_until="load"):
        keyboard.press("Enter")
    assert first.locator(".board-card", has_text=name).count() == 1, "Undo puts the candidate back."


def test_a_mentor_countersigns_a_week_on_a_phone(person):
    mentor = person(language="ru", phone=True).become("employer-mentor")
    task = mentor.page.locator("li.task a", has_text=re.compile(mentor.shown("Countersign %(num)s days of the logbook")))
    with mentor.page.expect_navigation(wait_until="load"):
        task.first.click()
    mentor.look("week to countersign").press("Countersign week").look("countersigned")
