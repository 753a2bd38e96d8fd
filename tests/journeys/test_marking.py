"""A teacher's column of marks: typed by keyboard, one corrected with a reason, both read by the trainee; then who is at risk."""

from tests.journeys.arriving import home


def test_a_teacher_types_a_column_corrects_one_and_the_trainee_reads_both(person):
    trainee = person(language="ru", phone=True).become("trainee")
    name = trainee.page.locator("details.menu .dropdown-header").first.text_content().strip()
    trainee.go("/me/results").look("own results")
    group = trainee.page.locator("main p.text-body-secondary").first.inner_text().split()[-1]

    teacher = person(language="en").become("school-teacher")
    base = home(teacher.page.url)
    teacher.go(f"{base}scales").look("mark scales").go(f"{base}cohorts?state=running").follow(group, within="main tbody")
    teacher.press("Gradebook").look("a gradebook")
    teacher.press("Add an assessment…").look("adding an assessment")
    teacher.fill(title="Sharpening a tool", kind="practical", maximum="20").press("Add the assessment").sees("The assessment is added.")
    teacher.press("Give results…").look("a column to type")
    teacher.page.locator("[data-column] input").first.focus()
    typed = teacher.page.locator("[data-column] input").count()
    for number in range(typed):
        teacher.page.keyboard.type("99" if number == 1 else "14")
        teacher.page.keyboard.press("Enter" if number % 2 else "ArrowDown" if number < typed - 1 else "Enter")
    with teacher.page.expect_navigation(wait_until="load"):
        teacher.page.keyboard.press("Enter")
    teacher.sees("There are 20 points at most.").look("a column with a mistake")
    teacher.page.locator("[aria-invalid]").first.fill("15")
    teacher.press("Give the results").look("results given")

    line = teacher.page.locator("main tbody tr").filter(has_text=" ".join(reversed(name.split())))
    with teacher.page.expect_navigation(wait_until="load"):
        line.get_by_role("link", name="Correct…").click()
    teacher.look("correcting a result").fill(value="18", reason="Второй лист найден").press("Correct it")
    teacher.reads("Второй лист найден").look("a corrected result")

    trainee.go("/me/results").reads("Второй лист найден").look("own results with a correction")
    assert "14" in trainee.page.locator("main").inner_text()
    assert "18" in trainee.page.locator("main").inner_text()
    teacher.go(f"{base}risks").look("trainees at risk")
    with teacher.page.expect_navigation(wait_until="load"):
        teacher.page.locator("main tbody th a").first.click()
    teacher.look("results of one trainee")


def test_a_chair_confirms_a_demonstration_exam(person):
    chair = person(language="ru").become("school-manager")
    base = home(chair.page.url)
    chair.take_up("Confirm the results of an exam", "").look("results to confirm")
    chair.unfold("Confirm the results").press("Confirm the results").sees("Confirmed. The trainees see their results now.")
    chair.look("confirmed results")
    chair.go(f"{base}scales/new").look("a new edition").fill(source="Приказ 14").press("Add the edition").look("two editions of a scale")
