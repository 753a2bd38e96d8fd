"""The school looks in on a trainee: the officer plans and writes, the trainee answers on a phone."""

from datetime import date, timedelta

from tests.journeys.arriving import home


def test_an_officer_plans_and_reports_and_a_trainee_answers(person):
    officer = person(language="en").become("school-placement_officer")
    base = home(officer.page.url)
    officer.go(f"{base}visits").look("visits").go(f"{base}visits/due").look("visits due")
    officer.go(f"{base}visits/cadence").fill(weeks=2).press("Save").look("visits due every two weeks")
    officer.press("Plan a visit").look("planning a visit").press("Plan the visit").look("planning a visit with mistakes")
    day = date.today() + timedelta(days=2)  # noqa: DTZ011 - the browser's day
    officer.fill(day=day.isoformat(), begins="10:00", agenda="Hours and the lathe").press("Plan the visit")
    officer.sees("Visit planned").look("a planned visit").press("Move it…").look("moving a visit").fill(begins="11:30").press("Move it")
    officer.press("Cancel it…").look("calling a visit off").fill(reason="The shop stands still").press("Cancel the visit")
    officer.reads("The shop stands still").look("a cancelled visit")

    officer.go(f"{base}visits?due=yes").page.locator("main tbody th a").first.click()
    officer.press("Write the report").look("writing a report")
    officer.fill(standing="on_track", findings="Keeps to the plan", school_note="Ask for more places").press("Send the report of the visit")
    officer.reads("Ask for more places").look("a written report")

    trainee = person(language="ru", phone=True).become("trainee")
    trainee.take_up("Answer the report of a visit", "").look("a report to answer")
    trainee.press("Comment…").look("commenting on a report").fill(words="Мне здесь нравится").press("Send the comment")
    trainee.reads("Мне здесь нравится").look("a report with both answers")
    trainee.go("/me/placements").page.locator("h2 a").first.click()
    trainee.press("Visits").look("visits of one placement")
