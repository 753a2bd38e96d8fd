"""The first steps of an employer, of a family and of a school's lists."""

import re
from datetime import date

import pytest

from tests.journeys.arriving import PASSWORD, begin_to_learn, home, sign_up
from tests.journeys.person import wait_for
from tests.journeys.site import today

FOUNDER, COLLEAGUE, GUARDIAN = "founder@kama-forge.example", "colleague@kama-forge.example", "mother@families.example"
EMPLOYER = "Kama Forge"
ROSTER = """Государственное образовательное учреждение;;;;
Список группы;;;;
ФИО;Дата рождения;Группа;База 9/11;Город
Орлова Нина Сергеевна;04.11.2008;ШЛ-2;9 кл;Димитровград
Гарипов Тимур Ильдарович;17.05.2009;ШЛ-2;9 кл;Мелекесс
Кравцова;31.02.2009;ШЛ-2;9 кл;Димитровград
Ежов Степан Фёдорович;22.01.2008;ШЛ-2;11;Димитровград
Всего;4;;;
"""


@pytest.mark.timeout(180)
def test_an_employer_registers_is_verified_and_invites_a_colleague(person):
    founder = person(language="en")
    sign_up(founder, name="Timur Galeev", email=FOUNDER)
    founder.press("Register an organisation").press("Register").look("organisation with mistakes")
    assert founder.error_of("legal_name")
    founder.fill(kind="employer", legal_name="Kama Forge LLC", short_name=EMPLOYER, town="Димитровград", address="Куйбышева 1")
    founder.press("Register").sees("%(organisation)s waits to be verified. You can prepare everything; publishing comes after that.")
    founder.look("home of a new employer")
    start = home(founder.page.url)

    coordinator = person(language="ru").become("authority-coordinator").look("home of a coordinator")
    coordinator.take_up("Verify an organisation", EMPLOYER).look("organisation to verify")
    if not coordinator.page.url.endswith("/verify"):
        coordinator.press("Verify").look("verify")
    coordinator.press("Verify").look("organisation verified")
    founder.open_letter(FOUNDER, "verified").link.index(start)
    founder.look("own organisation")

    founder.go(f"{start}people").press("Invite somebody").look("invite").fill(email=COLLEAGUE, role="recruiter", language="ru")
    founder.press("Send the invitation").reads(COLLEAGUE).look("people with an invitation")
    colleague = person(language="ru", phone=True)
    colleague.open_letter(COLLEAGUE)
    colleague.look("invitation").press("Join").look("invitation with mistakes")
    assert colleague.error_of("password")
    colleague.fill(name="Алия Каримова", password=PASSWORD).press("Join").look("joined")
    colleague.fill(way_in=COLLEAGUE, password=PASSWORD).press("Sign in").look("home of a colleague")
    founder.go(f"{start}people").reads("Алия Каримова").look("people")


@pytest.mark.timeout(120)
def test_a_guardian_consents_by_letter_and_takes_it_back(person):
    trainee = person(language="ru", phone=True)
    sign_up(trainee, name="Нина Кравцова", email="nina@trainees.example")
    sixteen = today().year - 16
    begin_to_learn(trainee, family="Кравцова", given="Нина", born_on=date(sixteen, 1, 15))
    trainee.go("/me/profile").look("profile of a minor").press("Ask a guardian").press("Send the letter").look(
        "ask a guardian with mistakes"
    )
    assert trainee.error_of("email")
    trainee.fill(name="Ольга Кравцова", email=GUARDIAN, language="en").press("Send the letter").look("guardian asked")

    guardian = person(language="en", phone=True)
    letter = guardian.open_letter(GUARDIAN)
    guardian.look("consent asked").press("I agree").look("consent given")
    trainee.go("/me/profile").sees("Given").look("consent in the profile")
    guardian.go(letter.link).press("Withdraw my consent").look("consent withdrawn")
    trainee.go("/me/profile").sees("Withdrawn").look("consent withdrawn in the profile")


@pytest.mark.timeout(120)
def test_a_school_takes_over_a_roster_without_scripts(person, tmp_path):
    roster = tmp_path / "группа.csv"
    roster.write_bytes(ROSTER.encode("cp1251"))
    manager = person(language="ru", scripts=False).become("school-manager")
    manager.go(f"{home(manager.page.url)}imports").look("imports").press("Upload a file").look("upload").press("Upload and check")
    assert manager.error_of("file")
    manager.look("upload with mistakes").fill(kind="trainees", file=roster).press("Upload and check")
    wait_for(manager, "Import %(num)s row")
    assert manager.page.locator("main tbody tr").count() == 1, "One row is bad; the title rows and the total are none."
    manager.reads("Кравцова").look("preview with a bad row").press("Import %(num)s row")
    wait_for(manager, "Report, CSV")
    for _try in range(20):
        if manager.page.get_by_text(re.compile(manager.shown("%(num)s row was imported"))).count():
            break
        manager.page.wait_for_timeout(500)
        manager.page.reload()
    manager.look("rows imported")
    with manager.page.expect_download() as coming:
        manager.find("Report, CSV").click()
    report = coming.value.path().read_text(encoding="utf-8-sig")
    assert "Кравцова" in report
    manager.go(f"{home(manager.page.url)}trainees?q=Гарипов").reads("Гарипов Тимур").look("trainee from the roster")

    again = person(language="ru").become("school-manager")
    again.go(f"{home(again.page.url)}imports/new").fill(kind="trainees", file=roster).press("Upload and check")
    again.page.get_by_text(re.compile(again.shown("%(num)s is already there"))).first.wait_for(timeout=20_000)
    again.look("the same file again")
