"""A teacher puts up a file and a link for a group; a trainee opens both on a phone."""

from pathlib import Path

from tests.journeys.arriving import home

LEAFLET = "Заточка резца: 12 градусов."


def test_a_teacher_puts_up_a_file_and_a_link_and_a_trainee_opens_both(person, tmp_path: Path):
    trainee = person(language="ru", phone=True).become("trainee")
    trainee.go("/me/results")
    group = trainee.page.locator("main p.text-body-secondary").first.inner_text().split()[-1]
    sheet = tmp_path / "Заточка.txt"
    sheet.write_text(LEAFLET, encoding="utf-8")

    teacher = person(language="en").become("school-teacher")
    base = home(teacher.page.url)
    teacher.go(f"{base}cohorts?state=running").follow(group, within="main tbody")
    teacher.press("Materials").look("materials of a cohort")
    teacher.press("Put up a file…").look("putting up a file")
    teacher.page.locator("input[type=file]").set_input_files(sheet)
    teacher.fill(title="Sharpening a tool").press("Put up a file").sees("It is in the list.")
    teacher.press("Put up a link…").fill(title="Angles", url="http://angles.example/").press("Put up a link")
    teacher.look("a link that is not safe").fill(url="https://angles.example/table").press("Put up a link").sees("It is in the list.")

    trainee.go("/me/study").look("own study").press("Материалы").look("own materials")
    with trainee.page.expect_download() as download:
        trainee.page.get_by_role("link", name="Sharpening a tool").click()
    assert download.value.path().read_text(encoding="utf-8") == LEAFLET
    link = trainee.page.get_by_role("link", name="Angles")
    assert link.get_attribute("href") == "https://angles.example/table"
    trainee.reads("ссылка на angles.example")
    trainee.page.context.route(
        "https://angles.example/**", lambda route: route.fulfill(body="<title>angles</title>", content_type="text/html")
    )
    with trainee.page.context.expect_page() as opened:
        link.click()
    assert opened.value.evaluate("window.opener") is None
    opened.value.close()

    row = teacher.page.locator("main li").filter(has_text="Angles")
    with teacher.page.expect_navigation(wait_until="load"):
        row.get_by_role("button", name="Take it down").click()
    teacher.sees("Angles is taken down.").look("a material taken down")
    assert trainee.go("/me/materials").page.get_by_role("link", name="Angles").count() == 0
