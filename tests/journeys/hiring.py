"""The hiring part of the main job: vacancy, application, board, interview, offer, hire."""

import re

from tests.journeys.arriving import home
from tests.journeys.cast import RUSLAN, RUSLAN_MAIL, Cast

VACANCY = "Precision grinder, tool shop"


def publish_a_vacancy(cast: Cast) -> None:
    """The recruiter writes it, says which skills it needs, publishes it, and finds the graduate who agreed to be found."""
    ruslan, recruiter = cast.ruslan, cast.recruiter
    ruslan.go("/me/profile").look("profile").go("/me/profile/visibility").fill(visibility="employers").look("visibility").press("Save")

    recruiter.look("home of a recruiter")
    start = home(recruiter.page.url)
    recruiter.go(f"{start}vacancies").press("New vacancy").press("Save draft").look("vacancy with mistakes")
    assert recruiter.error_of("title")
    recruiter.fill(title=VACANCY, occupation_id="Lathe operator", positions=1, pay_from=62000, pay_to=75000)
    recruiter.fill(description="Grinds bushes and pins for shock absorbers.\n\nTwo shifts, own workshop for beginners.")
    recruiter.press("Save draft").press("Publish").sees("The vacancy is public. Applications come to its board.").look("vacancy")
    cast.places["vacancy"] = recruiter.page.url
    recruiter.go(f"{start}talent").look("talent").go(f"{start}talent?q=хайруллин").follow(RUSLAN).look("one person in talent")


def apply_and_move(cast: Cast) -> None:
    """Ruslan applies on his phone; on the board his card is moved by keyboard, then by hand."""
    ruslan, recruiter = cast.ruslan, cast.recruiter
    ruslan.go("/vacancies?q=grinder").look("vacancies").follow(VACANCY).look("vacancy in public").press("Apply").look(
        "apply with the profile"
    )
    ruslan.fill(letter="Шлифовал в цехе ДААЗ, готов выйти сразу.").press("Send the application").look("application sent")
    cast.places["application"] = ruslan.page.url

    recruiter.go(cast.places["vacancy"]).press("Candidates").look("board")
    card = recruiter.page.locator(".board-card", has_text=RUSLAN)
    stages = recruiter.page.locator("ol[data-stage]")
    assert card.locator("xpath=ancestor::ol[1]").get_attribute("data-stage") == stages.nth(0).get_attribute("data-stage")
    card.locator("[data-menu]").focus()
    keyboard = recruiter.page.keyboard
    keyboard.press("Enter")
    keyboard.press("ArrowDown")
    with recruiter.page.expect_navigation(wait_until="load"):
        keyboard.press("Enter")
    assert stages.nth(1).locator(".board-card", has_text=RUSLAN).count() == 1, "The menu moves a card to the next stage."
    recruiter.look("board after a move by keyboard")
    card.hover()
    mouse = recruiter.page.mouse
    mouse.down()
    target = stages.nth(2).bounding_box()
    assert target
    mouse.move(target["x"] + 60, target["y"] + 20, steps=12)
    with recruiter.page.expect_navigation(wait_until="load"):
        mouse.up()
    assert stages.nth(2).locator(".board-card", has_text=RUSLAN).count() == 1, "A card can be dragged to a stage."
    recruiter.follow(RUSLAN).look("candidate")
    cast.places["candidate"] = recruiter.page.url


def interview(cast: Cast) -> None:
    """The recruiter proposes a time, Ruslan follows the letter, puts it into his calendar and confirms."""
    ruslan, recruiter = cast.ruslan, cast.recruiter
    recruiter.press("Propose an interview…").press("Propose").look("interview with mistakes")
    assert recruiter.error_of("place")
    recruiter.fill(day=cast.tomorrow.isoformat(), begins="10:30", place="Проходная 2, кабинет 14")
    recruiter.page.locator("main input[name=members]").first.check()
    recruiter.press("Propose").look("interview proposed")

    ruslan.open_letter(RUSLAN_MAIL, r"interview|собеседован")
    ruslan.look("interview to answer")
    with ruslan.page.expect_download() as coming:
        ruslan.find("Put into my calendar").click()
    text = coming.value.path().read_text(encoding="utf-8")
    assert coming.value.suggested_filename.endswith(".ics")
    assert "BEGIN:VEVENT" in text
    assert re.search(rf"DTSTART.*{cast.tomorrow:%Y%m%d}T", text)
    ruslan.press("I come").sees("Confirmed. The employer expects you.").look("interview confirmed")


def offer_and_hire(cast: Cast) -> None:
    """An offer with its last day, accepted on the phone; the board shows the hire."""
    ruslan, recruiter = cast.ruslan, cast.recruiter
    recruiter.go(cast.places["candidate"]).press("Make an offer…").press("Send the offer").look("offer with mistakes")
    assert recruiter.error_of("answer_by")
    recruiter.fill(
        pay=68000, starts_on=cast.tomorrow.isoformat(), answer_by=cast.tomorrow.isoformat(), conditions="Испытательный срок 2 месяца."
    )
    recruiter.press("Send the offer").look("offer sent")
    ruslan.open_letter(RUSLAN_MAIL, r"offer|предлож")
    ruslan.look("offer to answer").press("Accept the offer").look("hired")
    ruslan.go(cast.places["application"]).look("application after the hire")
    recruiter.go(cast.places["candidate"]).sees("Hired").look("candidate hired")
    recruiter.go(cast.places["vacancy"]).look("vacancy filled")
