"""Published sample bundles, found where CADRE_SAMPLES says: fixtures of a certified product, with defects nobody made up."""

import os
from pathlib import Path

import pytest

from tests.exchange.oneroster.bundles import applied, checked, found, people, sentences
from tests.factories import actor_of, make_school, make_trainee, save
from training.exchange.workflow import State
from training.kernel.policy import Role

SAMPLES = Path(os.environ.get("CADRE_SAMPLES", "/nowhere")) / "oneroster"
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="CADRE_SAMPLES is not set: the published bundles were left out")

FULL = {
    ("orgs.csv", 2): {"status", "dateLastModified", "parentSourcedId"},
    ("academicSessions.csv", 2): {"status", "dateLastModified"},
    ("academicSessions.csv", 3): {"status", "dateLastModified", "parentSourcedId"},
    ("academicSessions.csv", 4): {"status", "dateLastModified", "“inactive”"},
    ("academicSessions.csv", 5): {"status", "dateLastModified"},
    ("academicSessions.csv", 6): {"status", "dateLastModified", "parentSourcedId"},
    ("classes.csv", 2): {"status", "dateLastModified", "courseSourcedId", "classType", "schoolSourcedId"},
    ("classes.csv", 3): {"status", "dateLastModified", "courseSourcedId", "schoolSourcedId"},
    ("enrollments.csv", 2): {"status", "dateLastModified", "schoolSourcedId"},
    ("enrollments.csv", 3): {"status", "dateLastModified", "schoolSourcedId", "role"},
    ("enrollments.csv", 4): {"status", "dateLastModified", "schoolSourcedId"},
    ("enrollments.csv", 5): {"status", "dateLastModified", "schoolSourcedId"},
    ("enrollments.csv", 6): {"status", "dateLastModified", "schoolSourcedId", "role"},
    ("enrollments.csv", 7): {"status", "dateLastModified", "schoolSourcedId"},
    ("users.csv", 2): {"status", "dateLastModified", "enabledUser"},
    ("users.csv", 3): {"date of birth", "enabledUser"},
    ("users.csv", 4): {"status", "dateLastModified", "enabledUser", "{LDAP:12}"},
    ("users.csv", 5): {"status", "dateLastModified", "enabledUser", "{LDAP:12}", "{LTI:15}"},
    ("users.csv", 6): {"date of birth", "status", "dateLastModified", "enabledUser", "{LDAP:12}"},
    ("users.csv", 7): {"date of birth", "status", "dateLastModified", "enabledUser"},
}
"""Row by row, words that stand in what is said of it: the columns, or what is in them."""
MINIMAL = {
    ("classes.csv", 2): {"courseSourcedId", "classType", "schoolSourcedId"},
    ("classes.csv", 3): {"courseSourcedId", "schoolSourcedId"},
    ("enrollments.csv", 2): {"schoolSourcedId"},
    ("enrollments.csv", 3): {"schoolSourcedId", "role"},
    ("enrollments.csv", 4): {"schoolSourcedId"},
    ("enrollments.csv", 5): {"schoolSourcedId"},
    ("enrollments.csv", 6): {"schoolSourcedId", "role"},
    ("enrollments.csv", 7): {"schoolSourcedId"},
    ("users.csv", 2): {"enabledUser"},
    ("users.csv", 3): {"date of birth", "enabledUser"},
    ("users.csv", 4): {"enabledUser"},
    ("users.csv", 5): {"enabledUser"},
    ("users.csv", 6): {"date of birth", "enabledUser"},
    ("users.csv", 7): {"date of birth", "enabledUser"},
}


@pytest.mark.parametrize(("name", "wrong"), [("full", FULL), ("minimal", MINIMAL)])
def test_each_defect_is_named_with_file_row_and_column(app, name, wrong):
    batch = checked(actor_of(make_school(), Role.MANAGER), (SAMPLES / f"Test_{name}_data_set.zip").read_bytes())

    said = sentences(batch)

    assert said.keys() == wrong.keys()
    for place, words in wrong.items():
        assert all(word in said[place] for word in words), (place, said[place])


def test_known_students_of_the_full_set_are_taken_in_spite_of_remarks(app):
    school = make_school()
    manager = actor_of(school, Role.MANAGER)
    for family, given, email in [("Jones", "Mary", "mary.jones@myschool.com"), ("Brown", "Anna", "anna.brown@myschool.com")]:
        trainee = make_trainee(school_id=school.id)
        trainee.call(family_name=family, given_name=given, patronymic=None, born_on=trainee.born_on)
        trainee.email = email
        save(trainee)
    batch = checked(manager, (SAMPLES / "Test_full_data_set.zip").read_bytes())
    assert (batch.state, batch.ready) == (State.CHECKED, 4), "two students; two teachers could be invited"

    applied(manager, batch)

    assert [(one.name, one.phone) for one in people(school.id)] == [("Brown Anna", "6038885678"), ("Jones Mary", "6031234567")]


@pytest.mark.parametrize("name", ["full", "minimal"])
def test_classes_and_places_that_nothing_here_fits_are_left_out_each_with_why(app, name):
    batch = checked(actor_of(make_school(), Role.MANAGER), (SAMPLES / f"Test_{name}_data_set.zip").read_bytes())

    said = {place: words for place, words in sentences(batch).items() if place[0] in ("classes.csv", "enrollments.csv")}

    assert {row[2] for row in found(batch) if row[:2] in said} == {"bad"}
    assert len(said) == 8
    assert "Row 2 of classes.csv is not taken" in said["enrollments.csv", 4]
    assert "Only students are enrolled" in said["enrollments.csv", 2]
