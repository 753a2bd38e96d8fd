"""Gradebooks: of a cohort, of a person, one's own, as a file."""

import csv
import io

import pytest
from sqlalchemy import event

from tests.courses.assessments.factories import Class
from tests.factories import make_employer, make_member, make_trainee
from training.courses.assessments.workflow import Kind
from training.courses.scales.workflow import ScaleKind
from training.kernel.db import db
from training.kernel.policy import Role


def book_of(group):
    return f"/o/{group.school.slug}/cohorts/{group.cohort_id}/gradebook"


def marked(people=2):
    group = Class(people)
    group.grade(group.add(title="Test of lathes", days=9), *["14"] * people)
    group.grade(group.add(title="Credit", kind=Kind.CREDIT, scale=ScaleKind.PASS, maximum=None, days=2), "-")
    group.grade(group.add(title="Drawing", module=1, days=1), *["5"] * people)
    return group


def test_a_cohort_s_gradebook_shows_marks_and_how_far_everybody_is(client):
    group = marked()
    client.sign_in(make_member(group.school, Role.PLACEMENT_OFFICER).account)

    page = client.get(book_of(group))

    assert "Test of lathes" in page.words
    assert "1 of 2" in page.words
    assert "Fail" in page.words
    assert "Add an assessment…" not in page.words


def test_the_gradebook_goes_out_as_csv_and_xlsx(client):
    group = marked()
    client.sign_in(group.account)

    got = client.get(f"{book_of(group)}/file")
    rows = list(csv.reader(io.StringIO(got.content.decode("utf-8-sig"))))

    assert rows[0][4:] == ["PM.01: Test of lathes", "PM.01: Credit", "PM.01: mark", "PM.02: Drawing", "PM.02: mark"]
    assert sorted(row[4:] for row in rows[1:]) == [["5", "Fail", "Fail", "3", "3"], ["5", "–", "5", "3", "3"]]
    assert client.get(f"{book_of(group)}/file?as=xlsx").content[:2] == b"PK"


def test_a_person_s_page_says_how_each_mark_was_formed(client):
    group = marked(1)
    client.sign_in(group.account)

    page = client.get(f"/o/{group.school.slug}/enrolments/{group.enrolments[0]}/results")

    assert "The last counted attempt in “Credit”." in page.words
    assert "The weighted mean of all results: 25 % of the points." in page.words


def test_trainees_read_their_own_results_and_nobody_else_s(client):
    group = marked()
    client.sign_in(group.accounts[0])

    page = client.get("/me/results")

    assert "Test of lathes" in page.words
    assert client.get(f"{book_of(group)}").status == 404
    client.sign_in(make_trainee().account)
    assert "You do not study anything now" in client.get("/me/results").words


def test_others_see_no_gradebook(client):
    group = marked(1)
    employer = make_employer()
    client.sign_in(make_member(employer, Role.MANAGER).account)

    assert client.get(f"/o/{employer.slug}/cohorts/{group.cohort_id}/gradebook").status == 403
    assert client.get(f"/o/{employer.slug}/enrolments/{group.enrolments[0]}/results").status == 404


def test_an_empty_gradebook_says_what_to_do(client):
    group = Class(1)
    client.sign_in(group.account)

    assert "Nothing is assessed yet" in client.get(book_of(group)).words


@pytest.mark.parametrize("path", ["{book}", "{book}/file"])
def test_as_many_statements_for_forty_people_as_for_two(client, path):
    counts = []
    for number in (2, 40):
        group = marked(number)
        client.sign_in(group.account)
        client.get(path.format(book=book_of(group)))
        seen: list[str] = []

        def note(*args, seen=seen):
            seen.append(args[2])

        event.listen(db.engine, "before_cursor_execute", note)
        client.get(path.format(book=book_of(group)))
        event.remove(db.engine, "before_cursor_execute", note)
        counts.append(len(seen))

    assert counts[0] == counts[1]
