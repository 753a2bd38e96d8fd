"""A school writes the next version of a programme, sees what changes, and an employer stands by it."""

from tests.journeys.arriving import home


def test_a_teacher_writes_an_employer_endorses_and_everybody_reads_it(person):
    teacher = person(language="ru").become("school-teacher")
    base = home(teacher.page.url)
    teacher.go(f"{base}programmes?q=16045").look("programmes")
    teacher.page.locator("main tbody th a").first.click()
    teacher.look("a programme that is taught").press("Begin the next version").look("the next version as a draft")
    draft = teacher.page.url
    teacher.page.locator("main tbody th a").first.click()
    teacher.fill(outcomes="Собирает жгут по карте\nПроверяет жгут на стенде").look("a module").press("Save")
    teacher.press("Compare versions").look("what a version changes")
    teacher.go(draft).press("Hand in for review").look("handed in")

    teacher.press("Ask an employer…").look("asking an employer")
    teacher.fill(employer_id={"label": "ДААЗ"}).press("Ask").look("an employer is asked")
    asked = teacher.page.url.rsplit("/", 1)[1]

    manager = person(language="en", phone=True).become("employer-manager")
    own = home(manager.page.url)
    manager.go(f"{own}endorsements").look("endorsements").go(f"{own}endorsements/{asked}").look("what is to be endorsed")
    manager.press("Endorse…").look("endorsing").fill(words="We take them after practice.").press("Endorse", within="main form")
    manager.sees("Endorsed. It stands on the programme's public page.").look("endorsed")

    reviewer = person(language="ru").become("school-manager")
    reviewer.go(draft).press("Publish").look("published with an endorsement")
    reviewer.press("See the public page").reads("We take them after practice.").look("a programme that an employer endorses")

    reviewer.go(f"{base}coverage").look("skills asked and taught").page.locator("main tbody th a").first.click()
    reviewer.look("behind one skill")
