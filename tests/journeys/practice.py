"""The internship of the main job: opening, placement, agreement, logbook, evaluation."""

from tests.journeys.arriving import home
from tests.journeys.cast import RUSLAN, Cast
from tests.journeys.person import Person, wait_for

OPENING = "Grinder's helper, shock absorbers"


def offer_places(cast: Cast) -> None:
    """The employer publishes an opening of one day: what a longer one has, on the day of the journey."""
    employer = cast.employer.look("home of an employer")
    employer.go(f"{home(employer.page.url)}openings").look("openings").press("New opening").press("Save as draft").look(
        "opening with mistakes"
    )
    assert employer.error_of("title")
    employer.fill(title=OPENING, occupation_id="Tool and die maker", places=1, mentor_limit=8)
    employer.fill(starts_on=cast.day.isoformat(), ends_on=cast.day.isoformat())
    employer.press("Save as draft").look("opening as a draft").press("Open for requests")
    employer.sees("The opening is public. Requests come to you after the school has approved them.").look("opening published")


def ask_and_answer(cast: Cast) -> None:
    """Ruslan asks on his phone, the school approves, the employer accepts and names a mentor."""
    ruslan, officer, employer = cast.ruslan, cast.officer, cast.employer
    ruslan.go("/internships?q=absorbers").look("internships").follow(OPENING).look("opening in public")
    ruslan.press("Ask for a place").look("ask for a place").press("Ask for a place").look("asked")
    cast.places["placement"] = ruslan.page.url

    officer.look("home of a placement officer").take_up("Answer a request for an internship", RUSLAN).look("request at the school")
    if "/approve" not in officer.page.url:
        officer.press("Approve…")
    officer.look("approve").press("Approve").look("approved")
    cast.places["placement at school"] = officer.page.url

    employer.go(f"{home(employer.page.url)}placements?q=Хайруллин").look("placements of the employer").follow(RUSLAN)
    employer.look("request at the employer").press("Accept…")
    name = cast.mentor.page.locator(".menu:has(.account) .dropdown-header").first.text_content() or ""
    mentors = employer.control("mentor_id").locator("option", has_text=name.strip())
    employer.fill(mentor_id=mentors.first.get_attribute("value")).look("accept").press("Accept the trainee").look("accepted")
    cast.places["placement at employer"] = employer.page.url


def sign_the_agreement(cast: Cast) -> None:
    """The school has the text prepared; the school signs, then the employer; nobody signs without having read."""
    officer, manager, employer = cast.officer, cast.manager, cast.employer
    officer.go(cast.places["placement at school"]).press("Agreement").look("no agreement yet").press("Prepare the agreement").look(
        "prepare the agreement"
    )
    officer.press("Prepare the agreement").look("agreement being prepared")
    wait_for(officer, "PDF")
    cast.places["agreement"] = officer.page.url
    manager.go(officer.page.url)
    wait_for(manager, "Sign")
    manager.look("agreement at the school")
    manager.press("Sign").look("signing without having read")
    assert manager.error_of("agreed")
    manager.fill(agreed=True).press("Sign").sees("Signed.").look("signed by the school")

    employer.go(cast.places["placement at employer"]).press("Agreement").look("agreement at the employer").fill(agreed=True).press(
        "Sign"
    ).sees("Signed.").look("signed by both")
    with officer.page.expect_download() as coming:
        officer.find("PDF").click()
    assert coming.value.path().read_bytes().startswith(b"%PDF")


def keep_the_logbook(cast: Cast) -> None:
    """The placement begins; Ruslan writes on his phone, mends a mistake, and the mentor countersigns the week on hers."""
    ruslan, employer, mentor = cast.ruslan, cast.employer, cast.mentor
    employer.go(cast.places["placement at employer"])
    if employer.find("The trainee has begun").count():  # otherwise the scheduler was faster: it is the first day
        employer.press("The trainee has begun")
    employer.sees("Active").look("placement active")

    ruslan.go("/me/").look("home of a trainee at work").go("/me/placements").look("my placements").press("Write the logbook")
    ruslan.look("logbook entry").fill(hours="6.3", task="Шлифовал штоки на круглошлифовальном станке, 40 деталей.", result="38 годных.")
    ruslan.press("Send to mentor").look("logbook entry with a mistake")
    assert ruslan.error_of("hours")
    ruslan.fill(hours="6.25").find("15 minutes more").click()
    assert ruslan.control("hours").input_value() == "6.5", "The button adds a quarter of an hour."
    ruslan.press("Send to mentor").sees("Your mentor has it now.").look("logbook")

    mentor.go("/account/home").look("home of a mentor").go(f"{home(mentor.page.url)}placements?q=Хайруллин").look("trainees of a mentor")
    mentor.follow(RUSLAN).press("Logbook").press("Countersign week").look("week to countersign")
    mentor.press("Countersign week").look("logbook countersigned")
    cast.places["placement at mentor"] = mentor.page.url.replace("/logbook", "")


def evaluate_and_complete(cast: Cast) -> None:
    """The mentor rates every skill, the teacher and Ruslan write in their words, and the placement is completed."""
    ruslan, teacher, mentor, employer = cast.ruslan, cast.teacher, cast.mentor, cast.employer
    mentor.go(f"{cast.places['placement at mentor']}/evaluations").look("evaluations").press("Write the evaluation")
    mentor.press("Save the evaluation").look("evaluation with mistakes")
    assert mentor.error_of("comment")
    rate(mentor)
    mentor.fill(comment="Works with care, measures before he is asked.").look("evaluation").press("Save the evaluation")
    for one, place in ((teacher, "placement at school"), (ruslan, "placement")):
        one.go(f"{cast.places[place]}/evaluations").press("Write the evaluation")
        one.fill(comment="Практика прошла хорошо, наставник помогал каждый день.").press("Save the evaluation").look("evaluation saved")
    employer.go(cast.places["placement at employer"]).press("Complete…").look("complete").press("Complete the placement").look(
        "placement completed"
    )
    ruslan.go("/me/profile").look("profile with skills from the plant")


def rate(mentor: Person) -> None:
    """The third level for every skill."""
    for box in mentor.page.locator("main input[type=radio][name^=skill_][value='3']").all():
        box.check()
