"""A school transfers people by a ruling: previewed, signed, kept as a document; a trainee reads where it led."""

import re

from tests.journeys.arriving import home
from tests.journeys.person import wait_for

GROUND = "Протокол педагогического совета № 4, заявления обучающихся"


def test_a_school_transfers_two_and_the_one_without_a_seat_is_left_out(person):
    trainee = person(language="ru", phone=True).become("trainee")
    trainee.go("/me/study").page.locator("h2 a").first.click()
    mine = trainee.last_of_address()

    manager = person(language="en").become("school-manager")
    base = home(manager.page.url)
    manager.go(f"{base}rulings").look("rulings").go(f"{base}rulings?kind=expulsion").page.locator("main tbody th a").last.click()
    manager.press("Correct…").look("correcting a ruling")
    manager.go(f"{base}enrolments/{mine}").look("somebody with a ruling").page.locator("main a[href*='/cohorts/']").first.click()
    cohort = manager.page.url.split("?")[0]
    manager.press("Rulings").look("rulings of a cohort").press("Transfer").look("preparing a transfer")
    aim = manager.page.locator("select[name=to_cohort_id] option").nth(1).get_attribute("value")
    narrow(manager, f"{base}cohorts/{aim}")

    last = manager.go(cohort).page.locator("main input[name=chosen]")
    chosen = [mine, *(last.nth(-place).get_attribute("value") for place in (2, 1))]
    for one in chosen:
        manager.tick("chosen", one)
    manager.look("chosen people").press("Prepare a ruling…").look("what can be ordered").press("Transfer")
    manager.press("To the preview").look("a transfer with mistakes")
    manager.fill(ground=GROUND, to_cohort_id=aim).press("To the preview")
    manager.sees("1 person cannot be ordered this").look("somebody without a seat").press("Leave them out")
    draft = manager.page.url
    manager.look("ready to be signed").press("Change the ground…").look("changing the ground").press("Save")
    manager.press("Add people…").look("adding people").go(draft)
    manager.unfold("Sign").look("before the signature").press("Sign", within="main details")
    wait_for(manager, "Download the PDF")
    manager.look("a signed ruling")
    with manager.page.expect_download() as got:
        manager.find("Download the PDF").click()
    assert re.fullmatch(r"\d{4}-\d{4}\.pdf", got.value.suggested_filename)

    trainee.go(f"/me/study/{mine}").look("a trainee who was transferred").follow("ОН-27")
    trainee.look("the place in the other cohort").press("Leave…").look("leaving with a reason")


def narrow(manager, cohort: str) -> None:
    """Leaves two free seats of the state in a cohort."""
    taken = int(manager.go(cohort).page.locator("main table tbody tr").first.locator("td").nth(1).inner_text())
    manager.press("Change seats").fill(state=taken + 2).press("Save")
