"""A second person makes a remark on an outcome, its author answers, and the version is published."""

from tests.journeys.arriving import home


def test_a_remark_on_an_outcome_is_answered_settled_and_the_version_published(person):
    author = person(language="ru").become("school-teacher")
    base = home(author.page.url)
    author.go(f"{base}programmes?q=16045").page.locator("main tbody th a").first.click()
    author.press("Begin the next version")
    draft = author.page.url
    author.page.locator("main tbody th a").first.click()
    author.fill(outcomes="Собирает жгут по карте").press("Save")
    author.go(draft).press("Hand in for review")

    reviewer = person(language="en", phone=True).become("school-manager")
    reviewer.go(draft).look("a version to review").page.locator("main td li a[href*='about=outcome']").first.click()
    reviewer.look("making a remark").fill(words="By which wiring diagram?").press("Make the remark")
    reviewer.reads("1 remark is not settled").look("a remark beside an outcome")
    reviewer.press("Send back…").look("sending back with remarks").fill(reason="See the remark.").press("Send back", within="main form")

    author.go(draft).look("remarks in the editor").page.locator("main td a[href*='/remarks/']").first.click()
    author.look("a remark").press("Answer…").fill(answer="По схеме завода.").press("Answer", within="main form").look("answered")
    remark = author.page.url
    author.go(draft).press("Hand in for review")

    reviewer.go(remark).press("Settle it").look("settled")
    reviewer.go(draft).press("Publish").press("All remarks").reads("По схеме завода.").look("all remarks of a version")
