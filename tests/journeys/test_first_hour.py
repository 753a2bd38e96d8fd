"""A new school's first hour: from signing up to a programme that a second person can publish."""

import pytest

from tests.journeys.arriving import PASSWORD, home, sign_up

FOUNDER, COLLEAGUE, SCHOOL = "director@cheremshan-college.example", "teacher@cheremshan-college.example", "Черемшанский колледж"
ROSTER = """ФИО;Дата рождения;Группа;Город
Миронова Ольга Павловна;04.11.2006;С-1;Димитровград
Шарипов Айдар Маратович;17.05.2006;С-1;Димитровград
"""


@pytest.mark.timeout(240)
def test_a_new_school_takes_its_first_steps(person, tmp_path):
    founder = person(language="ru")
    sign_up(founder, name="Гульнара Ахметова", email=FOUNDER)
    founder.press("Register an organisation")
    founder.fill(kind="school", legal_name="ОГБПОУ Черемшанский колледж", short_name=SCHOOL, town="Димитровград", address="Мира 5")
    founder.press("Register").look("home of a new school")
    start = home(founder.page.url)
    founder.reads("Сделано: 0 из 5")

    founder.press("Say who you are").fill(about="Учим сварщиков и станочников с 1962 года.").press("Save")
    founder.go(start).reads("Сделано: 1 из 5").press("Invite colleagues").fill(email=COLLEAGUE, role="teacher", language="ru")
    founder.press("Send the invitation").reads(COLLEAGUE)
    colleague = person(language="ru", phone=True)
    colleague.open_letter(COLLEAGUE)
    colleague.press("Join").fill(name="Ринат Галиев", password=PASSWORD).press("Join")
    colleague.fill(way_in=COLLEAGUE, password=PASSWORD).press("Sign in").look("home of a colleague, without the steps")
    assert not colleague.page.get_by_text("Сделано: 2 из 5").count(), "The steps are for whoever leads the school."

    founder.go(start).reads("Сделано: 2 из 5").look("two steps done").press("Write the first programme")
    founder.fill(
        code="15.01.05", title="Сварщик ручной сварки", kind="worker_training", qualification="Сварщик 2 разряда", hours=240, months=3
    )
    founder.fill(summary="Сваривают детали и читают чертежи.")
    founder.press("Make the draft").sees("The draft is there. Add its modules.")

    roster = tmp_path / "группа.csv"
    roster.write_text(ROSTER, encoding="utf-8")
    founder.go(start).reads("Сделано: 3 из 5").press("Bring your trainees in").fill(kind="trainees", file=roster).press("Upload and check")
    founder.look("first import")

    founder.go(start).press("Put away").look("steps put away")
    founder.press("Undo", within="body").reads("Сделано: 3 из 5").look("steps brought back")
    founder.go(f"{start}people").press("Who may do what").reads("Ринат Галиев").look("who may do what at a school")
