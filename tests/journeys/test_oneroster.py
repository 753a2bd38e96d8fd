"""A school brings a bundle from another system: its students, a class as a cohort, their places, and a teacher by a letter."""

from datetime import timedelta

from tests.exchange.oneroster.bundles import FILES, zipped
from tests.journeys.arriving import home
from tests.journeys.person import wait_for
from tests.journeys.site import today

TEACHER = "anna.titova@college.example"


def bundle() -> bytes:
    """Two students in a class whose training is still to come, and a teacher."""
    first = today().date() + timedelta(days=40)
    days = FILES["academicSessions.csv"].replace("2026-09-01", f"{first}").replace("2027-06-30", f"{first + timedelta(days=300)}")
    places = FILES["enrollments.csv"] + "e2,,,k,sch,u2,student,,,\n"
    users = FILES["users.csv"].replace("Titova,,,,,", f"Titova,,,{TEACHER},,").replace("Orlova,Sergeevna", "Vershinina,Sergeevna")
    return zipped(
        FILES,
        academicSessions=days,
        enrollments=places,
        users=users,
        courses=FILES["courses.csv"].replace("Welding,,", "Welding,15.01.05,"),
        classes=FILES["classes.csv"].replace("W-26", "OR-26"),
    )


def test_a_bundle_is_looked_at_taken_and_not_taken_twice(person):
    manager = person(language="en").become("school-manager")
    base = home(manager.page.url)
    manager.go(f"{base}imports").look("imports").press("OneRoster.zip").reads("Нет даты рождения").look("a bundle that waits")
    content = {"name": "bundle.zip", "mimeType": "application/zip", "buffer": bundle()}
    manager.go(f"{base}imports/new?kind=trainees").fill(file=content).press("Upload and check")
    wait_for(manager, "Choose what to take")
    manager.sees("Places as enrolments").reads("Only students are enrolled").look("what a bundle holds")

    manager.press("Choose what to take").look("choosing what to take")
    manager.tick("chosen", "staff")
    manager.press("Take what is chosen")
    wait_for(manager, "Take the import back")
    manager.reads("6 rows were imported").look("a bundle that is taken").go(f"{base}cohorts?q=OR-26").reads("OR-26").look(
        "a cohort that was planned for a class"
    )
    manager.page.locator("main tbody th a").first.click()
    manager.look("people of a class in their cohort")

    teacher = person(language="ru", phone=True)
    teacher.open_letter(TEACHER)

    manager.go(f"{base}imports/new?kind=trainees").fill(file=content).press("Upload and check")
    wait_for(manager, "Upload a corrected file")
    manager.sees("No row is ready. Correct the file and upload it again, or cancel.").look("a bundle that is there already")
