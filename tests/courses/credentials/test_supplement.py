"""What stands behind a credential: the modules with their hours and the marks that were passed."""

import pytest

from tests.courses.assessments.factories import Class, fresh
from tests.courses.credentials.test_services import loaded
from tests.courses.factories import SYSTEM, make_credential
from training.courses.assessments.queries import transcript
from training.courses.assessments.workflow import Kind
from training.courses.credentials import documents, queries
from training.courses.enrolments import queries as enrolments
from training.courses.enrolments import services as studying

pytestmark = pytest.mark.usefixtures("app")


def lines(group):
    fresh()
    enrolment = enrolments.enrolment(SYSTEM, group.enrolments[0])
    studying.complete(group.manager, enrolment)
    credential = loaded(make_credential(enrolment))
    return documents.learnt(queries.studied(credential), transcript(queries.enrolment_of(credential)))


def test_a_module_that_was_passed_has_its_mark_and_others_have_none():
    group = Class(1)
    group.grade(group.add(module=0, kind=Kind.EXAM), "18")
    group.grade(group.add(module=1, kind=Kind.EXAM), "1")

    found = lines(group)

    assert [(line.mark, line.depth) for line in found] == [("5", 0), ("", 0)]
    assert all(line.hours for line in found)


def test_an_exam_at_the_end_stands_under_the_modules_without_hours():
    group = Class(1)
    group.grade(group.add(module=None, kind=Kind.EXAM, title="Qualification exam"), "15")

    last = lines(group)[-1]

    assert (last.title, last.hours, last.mark) == ("Qualification exam", None, "5")
