"""Selections: two people apply for one seat, the list decides, the first gives it up, the second is called; a minor takes a seat once a parent agrees."""

from datetime import date, datetime, timedelta

from tests.files.pictures import png
from tests.journeys.arriving import begin_to_learn, home, sign_up
from tests.journeys.person import Person
from tests.journeys.site import ZONE

CERTIFICATE = {"name": "attestat.png", "mimeType": "image/png", "buffer": png()}


def applies(one: Person, cohort: str, *, average: str, wrong: bool = False) -> str:
    """Applies on a phone and sends the certificate; gives the address of the application."""
    one.go(f"/me/cohorts/{cohort}/apply")
    if wrong:
        one.fill(average="пять").press("Apply").look("an average that is none")
        assert one.error_of("average")
    one.fill(average=average).press("Apply").sees(
        "You have applied. Bring your documents now: only who has brought them all stands on the list."
    )
    address = one.page.url
    one.press("Bring it").fill(file=CERTIFICATE).press("Send to the school").sees("To be checked")
    return address


def checks(manager: Person, name: str, points: int) -> None:
    """Accepts what somebody brought and gives points."""
    manager.follow(name).press("Accept").press("Give points")
    field = manager.page.locator("main input[name^='points_']").first.get_attribute("name") or ""
    manager.fill(**{field: points}).press("Save the points").sees("Saved.")


def test_a_round_from_the_application_to_the_second_call(person):
    today = datetime.now(ZONE).date()
    manager = person(language="en").become("school-manager")
    base = home(manager.page.url)
    manager.go(f"{base}programmes?q=16045").page.locator("main tbody th a").first.click()
    manager.press("Plan a cohort").fill(code="КН-1", admission="selection", study_form="evening", entry_base="any", state=1)
    manager.fill(opens_on=today.isoformat(), closes_on=(today + timedelta(days=1)).isoformat())
    manager.fill(starts_on=(today + timedelta(days=20)).isoformat(), ends_on=(today + timedelta(days=90)).isoformat())
    manager.press("Plan the cohort").press("Open applications")
    cohort = manager.last_of_address()
    manager.press("Applicants").press("What is asked of applicants")
    manager.fill(name_1="Собеседование", maximum_1=10, document_1="Грамоты").page.locator("main [name='required_1']").uncheck()
    manager.press("Save").sees("Saved. People see it before they apply.")

    zoya, mark = person(language="ru", phone=True), person(language="ru", phone=True)
    for one, given, family, email in ((zoya, "Зоя", "Ларина", "zoya@people.example"), (mark, "Марк", "Осипов", "mark@people.example")):
        sign_up(one, name=f"{given} {family}", email=email)
        begin_to_learn(one, family=family, given=given, born_on=date(2004, 5, 4))
    of_zoya = applies(zoya, cohort, average="4,80", wrong=True)
    of_mark = applies(mark, cohort, average="4,15")
    zoya.go(of_zoya).look("an application").go("/me/admissions").look("my applications")

    listed = f"{base}cohorts/{cohort}/applicants"
    manager.go(listed)
    checks(manager, "Ларина Зоя", 9)
    manager.go(listed)
    checks(manager, "Осипов Марк", 9)

    manager.go(f"{base}cohorts/{cohort}").unfold("Close applications").press("Close applications").press("Ranked list")
    manager.unfold("Publish the list").press("Publish the list")
    manager.press("Offer seats…").sees("Cut at place").look("what a round will do")
    manager.fill(until_on=(today + timedelta(days=5)).isoformat()).press("Offer the seats").look("after the first round")

    mark.go(of_mark).sees("Your place on the list").look("the place of somebody who waits")
    zoya.go(of_zoya).look("a seat is offered").press("Give it up…").press("Give it up")
    mark.go(of_mark).press("Take the seat").press("Take the seat").sees("The seat is yours.")
    manager.go(f"{base}cohorts/{cohort}/ranking").sees("Enrolled")


def test_a_minor_takes_the_offered_seat_when_a_parent_has_agreed_by_link(person):
    today = datetime.now(ZONE).date()
    manager = person(language="ru").become("school-manager")
    base = home(manager.page.url)
    manager.go(f"{base}programmes?q=16045").page.locator("main tbody th a").first.click()
    manager.press("Plan a cohort").fill(code="КН-2", admission="selection", study_form="evening", entry_base="any", state=1)
    manager.fill(opens_on=today.isoformat(), closes_on=(today + timedelta(days=1)).isoformat())
    manager.fill(starts_on=(today + timedelta(days=20)).isoformat(), ends_on=(today + timedelta(days=90)).isoformat())
    manager.press("Plan the cohort").press("Open applications")
    cohort = manager.last_of_address()

    dina = person(language="ru", phone=True)
    sign_up(dina, name="Дина Юдина", email="dina@people.example")
    begin_to_learn(dina, family="Юдина", given="Дина", born_on=date(today.year - 16, 1, 15))
    own = applies(dina, cohort, average="4,60")
    manager.go(f"{base}cohorts/{cohort}/applicants").follow("Юдина Дина").press("Accept")
    applicant = manager.page.url
    manager.go(f"{base}cohorts/{cohort}").unfold("Close applications").press("Close applications").press("Ranked list")
    manager.unfold("Publish the list").press("Publish the list").press("Offer seats…")
    manager.fill(until_on=(today + timedelta(days=5)).isoformat()).press("Offer the seats")

    dina.go(own).sees("Under 18 a parent or guardian agrees first. Nobody is named yet.").look("a seat that waits for a parent")
    dina.press("Name a parent or guardian").look("naming a parent").press("Send the letter")
    assert dina.error_of("name")
    dina.fill(name="Юдина Вера Павловна", email="vera@parents.example", language="ru").press("Send the letter")
    dina.look("the letter is on its way")

    mother = person(language="ru", phone=True)
    letter = mother.open_letter("vera@parents.example")
    mother.look("asked about a seat").press("I do not agree").look("saying why not")
    mother.fill(reason="Далеко ездить.").press("I do not agree").look("has not agreed")
    dina.go(own).reads("Далеко ездить.").look("a parent has not agreed")
    mother.go(letter.link).press("I agree").look("has agreed")

    manager.go(applicant).look("an applicant whose parent has agreed").press("All about this consent").look("a consent about a seat")
    dina.go(own).press("Take the seat").press("Take the seat").sees("The seat is yours.")
