"""A trainee shows what they learnt before, by a file or by what another school has marked, and a teacher recognises it in their own name."""

from pathlib import Path

from tests.journeys.arriving import PASSWORD, home

TEACHER = "teacher@dtpt.example"
PAPER = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


def test_a_trainee_shows_evidence_a_teacher_asks_for_more_and_recognises_the_module(person, tmp_path: Path):
    paper = tmp_path / "reference.pdf"
    paper.write_bytes(PAPER)
    trainee = person(language="ru", phone=True).become("trainee")
    trainee.go("/me/study").page.locator("main article h2 a").first.click()
    study = trainee.page.url
    trainee.press("Ask for recognition…").look("asking for recognition")
    trainee.page.set_input_files("#file", str(paper))
    trainee.fill(words="Год работал на таком станке.").press("Send to the school").look("asked for recognition")
    asked = trainee.page.url

    teacher = person(language="en").become("school-teacher")
    page = f"{home(teacher.page.url)}recognitions/{asked.rsplit('/', 1)[1]}"
    teacher.go(page).look("a request for recognition").press("Send back…").fill(reason="Which machine was it?")
    teacher.look("sending a request back").press("Send back", within="main form")

    trainee.go(asked).sees("Add what is missing…").look("sent back").press("Add what is missing…")
    trainee.fill(words="Год работал на токарном станке с ЧПУ.").press("Send to the school")

    teacher.go(page).press("Recognise…").fill(words="A year of the same work.").look("recognising a module")
    teacher.press("Recognise", within="main form").look("a module is recognised")

    trainee.go(study).reads("A year of the same work.").look("a study with a recognised module")
    trainee.press("My results").reads("A year of the same work.").look("results with a recognised module")


def test_a_teacher_reads_what_another_school_has_marked_side_by_side_and_recognises_it(person):
    teacher = person(language="ru")
    teacher.go("/forgotten").fill(way_in=TEACHER).press("Send the letter").open_letter(TEACHER, r"password|парол")
    teacher.fill(password=PASSWORD, again=PASSWORD).press("Set the password").sign_in(TEACHER, PASSWORD)

    teacher.page.locator("main a[href*='/recognitions/']").first.click()
    teacher.look("what another school has marked").sees("Side by side").reads("ДТК")

    teacher.press("Recognise…").fill(words="Та же тема, часы почти те же.").press("Recognise", within="main form")
    teacher.sees("Side by side").look("recognised by what another school has marked")
