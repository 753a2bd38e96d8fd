"""The school's part of the main job: programme, cohort, seats and queue, credential."""

import re
from datetime import date

from tests.journeys.arriving import begin_to_learn, home, sign_up
from tests.journeys.cast import DANIEL_MAIL, LEILA_MAIL, RUSLAN, RUSLAN_MAIL, STEM, TITLE, Cast
from tests.journeys.person import wait_for

HOURS = 240
COHORT = "ШЛ-1"


def publish_a_programme(cast: Cast) -> None:
    """The teacher writes it, the manager publishes it, and anybody finds it by another form of its words."""
    teacher = cast.teacher.look("home of a teacher")
    teacher.go(f"{home(teacher.page.url)}programmes").press("New programme")
    teacher.press("Make the draft").look("programme with mistakes")
    teacher.fill(code="19481", title=TITLE, kind="worker_training", qualification="Шлифовщик 3 разряда", hours=HOURS, months=3)
    teacher.fill(occupation_id="Слесарь-инструментальщик", summary="Шлифуют и доводят детали до микрона, меряют, ведут журнал.")
    teacher.press("Make the draft").sees("The draft is there. Add its modules.")
    teacher.press("Add a module")
    teacher.fill(code="ПМ.01", title="Обработка на шлифовальных станках", hours=HOURS, theory_hours=HOURS - 72, plant_hours=72)
    teacher.fill(skill_1="Читает чертежи", level_1="2", skill_2="Измеряет детали с точностью", level_2="3")
    teacher.look("module").press("Add the module").sees("The module is added.")
    teacher.press("Hand in for review").sees("Handed in. Somebody else of your school looks at it now.").look("programme handed in")

    manager = cast.manager.reads(TITLE).look("home of a manager")
    manager.take_up("Review a programme", TITLE).press("Publish").look("programme published")

    visitor = cast.ruslan.go("/").look("landing")
    visitor.go(f"/programmes?q={STEM}").look("catalogue found by a stem").follow(TITLE).look("programme in public")
    cast.places["programme"] = visitor.page.url


def open_a_cohort(cast: Cast) -> None:
    """Two seats: whoever comes third waits."""
    manager = cast.manager.press("Plan a cohort")
    manager.fill(code=COHORT, study_form="evening", entry_base="any", opens_on=cast.tomorrow.isoformat(), closes_on=cast.day.isoformat())
    manager.fill(starts_on=cast.tomorrow.isoformat(), ends_on=cast.day.isoformat(), state=2)
    manager.press("Plan the cohort").look("cohort with mistakes")
    manager.fill(opens_on=cast.day.isoformat(), closes_on=cast.tomorrow.isoformat(), starts_on=cast.tomorrow.isoformat())
    manager.fill(ends_on=date.fromordinal(cast.tomorrow.toordinal() + 90).isoformat())
    manager.press("Plan the cohort").sees("Planned").press("Open applications").sees("Applications are open.").look("cohort open")
    cast.places["cohort"] = manager.page.url


def take_the_seats(cast: Cast) -> None:
    """Ruslan and Leila hold the two seats; Daniel sees that he is the first in the queue."""
    ruslan, leila, daniel = cast.ruslan, cast.leila, cast.daniel
    ruslan.go("/sign-up").look("sign up").press("Sign up").look("sign up with mistakes")
    assert ruslan.error_of("email")
    sign_up(ruslan, name="Руслан Хайруллин", email=RUSLAN_MAIL)
    ruslan.look("start")
    begin_to_learn(ruslan, family="Хайруллин", given="Руслан", patronymic="Маратович", born_on=date(2005, 3, 14))
    ruslan.look("home of a trainee").go(cast.places["programme"]).press("Take a seat").look("apply")
    ruslan.press("Take a seat").sees("The seat is yours.").look("a seat")
    cast.places["ruslan's study"] = ruslan.page.url

    sign_up(leila, name="Лейла Сафина", email=LEILA_MAIL)
    begin_to_learn(leila, family="Сафина", given="Лейла", born_on=date(2004, 9, 2))
    leila.go(cast.places["programme"]).press("Take a seat").press("Take a seat").sees("The seat is yours.")

    sign_up(daniel, name="Daniel Whitford", email=DANIEL_MAIL)
    begin_to_learn(daniel, family="Whitford", given="Daniel", born_on=date(2003, 6, 21))
    daniel.go(cast.places["programme"]).look("programme that is full").press("Take a place in the queue")
    daniel.press("Take a place in the queue").sees("You are in the queue. We write to you when a seat becomes free.")
    daniel.reads(re.compile(r"\b1\b")).look("rank in the queue")
    cast.places["daniel's study"] = daniel.page.url


def move_up_from_the_queue(cast: Cast) -> None:
    """Leila leaves; Daniel is written to, follows the letter and takes the seat; training begins."""
    manager, leila, daniel = cast.manager, cast.leila, cast.daniel
    manager.go(cast.places["cohort"]).look("cohort full with a queue")
    leila.press("Leave…").look("leave").fill(because="move").press("Leave the cohort")
    daniel.open_letter(DANIEL_MAIL, "seat")
    daniel.look("a seat is held").press("Take the seat").sees("The seat is yours.").look("seat claimed")
    manager.go(cast.places["cohort"]).reads("Whitford Daniel")
    manager.unfold("Close applications").press("Close applications").unfold("Begin training").press("Begin training").sees("Running").look(
        "cohort running"
    )


def issue_the_credential(cast: Cast) -> None:
    """Ruslan has completed; a teacher proposes the credential, the manager confirms it, and a stranger checks it by its address and by its number."""
    teacher, manager, ruslan, stranger = cast.teacher, cast.manager, cast.ruslan, cast.stranger
    teacher.go(cast.places["cohort"]).follow(RUSLAN).look("enrolment").press("Has completed").look("enrolment completed")
    teacher.press("Propose the credential").look("credential proposed")
    manager.take_up("Confirm credentials", RUSLAN).look("credential to confirm").press("Confirm and issue").follow(RUSLAN)
    manager.look("credential issued")
    number = re.search(r"\d{4}-\d+", manager.page.locator("h1").inner_text())
    assert number
    ruslan.open_letter(RUSLAN_MAIL, number.group())
    wait_for(ruslan, "Download the PDF")
    ruslan.look("my credential")
    with ruslan.page.expect_download() as coming:
        ruslan.find("Download the PDF").click()
    assert coming.value.path().read_bytes().startswith(b"%PDF")

    stranger.go("/credentials").look("check of a credential")
    stranger.fill(school={"label": "Dimitrovgrad Technical College"}, number=number.group(), name="Иванов").press("Check")
    stranger.sees("There is no such credential. Compare the school, the number and the family name with the document.").look(
        "no such credential"
    )
    stranger.fill(name="хайруллин").press("Check").reads(TITLE).look("credential checked")
    cast.places["credential"] = stranger.page.url
