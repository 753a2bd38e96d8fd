"""Pages of assessments: making one, a column of results, a correction, the chair."""

from tests.courses.assessments.factories import Class
from tests.courses.factories import SYSTEM
from tests.factories import make_member
from training.courses.assessments import queries
from training.courses.assessments.workflow import Kind, State
from training.kernel import clock
from training.kernel.policy import Role


def at(group, path=""):
    return f"/o/{group.school.slug}{path}"


def test_a_teacher_adds_an_assessment_and_types_a_column(client):
    group = Class(2)
    client.sign_in(group.account)
    page = client.submit(
        at(group, f"/cohorts/{group.cohort_id}/assessments/new"),
        title="Turning a bushing",
        kind="practical",
        module_id=str(group.modules[0]),
        scale="marks",
        maximum="30",
        follow=True,
    )
    assert "The assessment is added." in page.words
    [key] = [one.id for one in queries.book(group.cohort).assessments]
    first, second = (f"mark_{one}_1" for one in group.enrolments)
    column = at(group, f"/assessments/{key}/grade")

    wrong = client.submit(column, **{first: "29,5", second: "31"})
    assert (wrong.status, "There are 30 points at most." in wrong.words) == (200, True)
    assert wrong.form()[first] == "29,5", "nothing is lost"
    page = client.submit(column, **{first: "29,5", second: "н"}, follow=True)

    assert "2 results are given." in page.words
    assert "29.5 of 30 points" in page.words
    assert "did not come" in page.words


def test_a_column_that_somebody_else_filled_meanwhile_says_so_and_keeps_what_was_typed(client):
    group = Class(2)
    key = group.add()
    client.sign_in(group.account)
    column = at(group, f"/assessments/{key}/grade")
    filled = client.get(column).form() | {f"mark_{one}_1": "14" for one in group.enrolments}
    group.grade(key, "3", actor=group.manager)

    page = client.post(column, filled)

    assert "Somebody gave results meanwhile" in page.words
    assert len(queries.given_in(key)) == 1, "nothing is half-written"
    assert page.form()[f"mark_{group.enrolments[1]}_1"] == "14"


def test_a_result_is_corrected_with_a_reason_and_both_stay_to_be_read(client):
    group = Class(1)
    key = group.add()
    group.grade(key, "2")
    [result] = queries.given_in(key)
    client.sign_in(group.account)
    form = at(group, f"/results/{result.id}/correct")

    assert "Fill this in" in client.submit(form, value="18").words
    page = client.submit(form, value="18", reason="Two pages were overlooked.", follow=True)
    assert "Two pages were overlooked." in page.words
    assert "2 of 20 points" in page.words
    assert "corrected this result already" in client.get(form).words

    client.sign_in(group.accounts[0])
    own = client.get("/me/results")
    assert "Two pages were overlooked." in own.words
    assert "18 of 20 points" in own.words


def test_the_chair_confirms_and_only_then_the_trainee_reads(client):
    group = Class(1)
    client.sign_in(group.account)
    made = client.submit(
        at(group, f"/cohorts/{group.cohort_id}/demonstration-exams/new"),
        kit_code="КОД 15.01.38-1",
        centre="Centre 7",
        level="profile",
        scale="marks",
        chair_id=str(group.leader.id),
        outsiders="Petr Outsider\nAnna Outsider",
        follow=True,
    )
    assert "КОД 15.01.38-1" in made.words
    [key] = [one.id for one in queries.book(group.cohort).assessments]
    group.grade(key, "64.5")
    one = at(group, f"/assessments/{key}")
    assert "The results are with the chair." in client.get(client.press(f"{one}/hand-in", page=one).location).words
    account = group.accounts[0]
    client.sign_in(account)
    assert "64.5" not in client.get("/me/results").words

    client.sign_in(group.lead)
    assert "Confirm the results of an exam" in client.get(at(group, "/")).words
    client.submit(f"{one}/send-back", reason="Sheet 3 is missing.")
    assert queries.assessment(SYSTEM, key).state is State.MARKING
    client.sign_in(group.account)
    client.press(f"{one}/hand-in", page=one)
    client.sign_in(group.lead)
    client.press(f"{one}/confirm", page=one)

    client.sign_in(account)
    assert "64.5 of 100 points" in client.get("/me/results").words


def test_a_colleague_reads_and_gives_nothing(client):
    group = Class(1)
    key = group.add(kind=Kind.CREDIT)
    group.grade(key, "2")
    [result] = queries.given_in(key)
    client.sign_in(make_member(group.school, Role.TEACHER).account)

    page = client.get(at(group, f"/assessments/{key}"))

    assert "Give results…" not in page.words
    assert "Correct…" not in page.words
    assert client.get(at(group, f"/assessments/{key}/grade")).status == 403
    assert client.get(at(group, f"/results/{result.id}/correct")).status == 403


def test_the_form_to_change_one_shows_what_it_is(client):
    group = Class(1)
    key = group.add()
    client.sign_in(group.account)

    page = client.submit(at(group, f"/assessments/{key}/edit"), title="Lathes, part 2", weight="3", follow=True)

    assert "Lathes, part 2" in page.words
    assert str(clock.today().year)
