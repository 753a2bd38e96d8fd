"""A school finds somebody on its list twice, looks, merges the two records, and gives everything back."""

from tests.journeys.arriving import home


def test_a_manager_finds_looks_merges_and_undoes(person):
    manager = person(language="ru").become("school-manager")
    base = home(manager.page.url)
    manager.go(f"{base}trainees").press("Duplicates").look("records that are probably one person's")
    manager.page.locator("main tbody a").first.click()
    manager.look("two records side by side").press("Merge…").look("what a merge moves")
    manager.page.locator("main form input[type=radio]").first.check()
    manager.press("Merge", within="main form").look("merged")
    pair = manager.page.url

    manager.press("Open the record").look("the record that is kept")
    manager.go(pair).press("Undo the merge…").look("undoing a merge").press("Undo the merge", within="main form")
    manager.sees("Undone. Each record has back what was its own.").look("given back")

    phone = person(language="en", phone=True).become("school-manager")
    phone.go(f"{base}trainees/duplicates").look("duplicates on a telephone").go(pair).look("a pair on a telephone")
