"""A school lets a programme build on another one: whoever lacks that is told what to complete first, or is let in, and no more."""

from datetime import datetime, timedelta

from tests.journeys.arriving import home
from tests.journeys.site import ZONE


def test_a_programme_asks_for_another_one_and_says_so_to_whoever_applies(person):
    teacher = person(language="ru").become("school-teacher")
    base = home(teacher.page.url)
    teacher.go(f"{base}programmes?q=Контролёр").page.locator("main tbody th a").first.click()
    teacher.press("Begin the next version")
    draft = teacher.page.url
    teacher.go(f"{draft}/prerequisites").look("nothing is asked for yet")
    teacher.fill(q="Контроль").press("Search").look("programmes that can be asked for").press("Add", within="main ul form")
    teacher.fill(needs="any", least=2).press("Save").look("more is asked for than there is")
    teacher.fill(needs="all", least="").press("Save").go(draft).look("a draft that builds on a programme")
    teacher.press("Hand in for review")

    manager = person(language="en").become("school-manager")
    manager.go(draft).press("Publish").press("See the public page").reads("Before it you need").look("a programme that builds on another")
    today = datetime.now(ZONE).date()
    manager.go(draft).press("Plan a cohort").fill(code="КК-9", study_form="evening", entry_base="any", state=4)
    manager.fill(opens_on=today.isoformat(), closes_on=(today + timedelta(days=5)).isoformat())
    manager.fill(starts_on=(today + timedelta(days=20)).isoformat(), ends_on=(today + timedelta(days=90)).isoformat())
    manager.press("Plan the cohort").press("Open applications")
    cohort = manager.last_of_address()

    trainee = person(language="en", phone=True).become("trainee")
    trainee.go(f"/me/cohorts/{cohort}/apply").reads("This programme builds on others.").look("what is to be completed first")

    waivers = f"{home(manager.page.url)}programmes/{draft.rsplit('/', 1)[1]}/waivers"
    manager.go(waivers).fill(q="ова").press("Search").press("Let in…").fill(words="Показала на участке.")
    manager.press("Let in", within="main form").look("somebody was let in").page.locator(
        "main a[href*='/waivers/']:not(.btn)"
    ).first.click()
    manager.press("Revoke…").look("taking a waiver back").fill(reason="Однофамилица.").press("Revoke", within="main form")
    manager.reads("No longer counts").look("a waiver was taken back")
