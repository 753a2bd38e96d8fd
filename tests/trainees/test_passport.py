"""The skills passport: what shows a skill, and what no longer does."""

import json
from typing import Any

from tests.client import Browser
from tests.factories import make_employer, make_school, make_trainee, save
from training.accounts.models import Account
from training.kernel.db import db, writing
from training.taxonomy.models import Skill
from training.trainees.passport import queries, services
from training.trainees.passport.models import EvidenceKind, Shown


def make_skills(count: int) -> list[int]:
    return [save(Skill(slug=f"skill-{number}", title_en=f"Skill {number}", title_ru=f"Навык {number}")).id for number in range(count)]


def make_more(count: int) -> list[int]:
    return [
        save(Skill(slug=f"more-{count}-{one}", title_en=f"More {count} {one}", title_ru=f"Ещё {count} {one}")).id for one in range(count)
    ]


def show(trainee: Any, levels: dict[int, int], kind: EvidenceKind = EvidenceKind.RATING) -> None:
    with writing():
        services.attest(trainee, levels, kind, trainee)


def test_several_skills_are_shown_at_once(app):
    trainee, (turning, welding) = make_trainee(), make_skills(2)

    show(trainee, {turning: 3, welding: 1})

    assert queries.levels([trainee.id]) == {trainee.id: {turning: 3, welding: 1}}


def test_said_again_it_replaces_what_it_said_before(app):
    trainee, (turning, welding) = make_trainee(), make_skills(2)
    show(trainee, {turning: 3, welding: 1})
    show(trainee, {turning: 4}, EvidenceKind.CREDENTIAL)

    show(trainee, {turning: 2})

    assert [(skill.id, sorted(one.level for one in evidence)) for skill, _level, evidence in queries.of(trainee.id)] == [
        (turning, [2, 4]),
        (welding, [1]),
    ]


def test_nothing_shown_changes_nothing(app):
    trainee = make_trainee()

    show(trainee, {})

    assert queries.levels([trainee.id]) == {trainee.id: {}}


def test_what_is_retracted_no_longer_counts(app):
    trainee, (turning,) = make_trainee(), make_skills(1)
    show(trainee, {turning: 3})

    with writing():
        services.retract(trainee)

    assert queries.levels([trainee.id]) == {trainee.id: {}}


def own_of(app: Any, trainee: Any) -> Browser:
    return Browser(app).sign_in(db.session.get_one(Account, trainee.account_id))


def rich(trainee: Any) -> tuple[Any, Any]:
    """A passport with one piece of evidence of every kind."""
    (turning, welding), school, plant = make_skills(2), make_school(), make_employer()
    marked = Shown(turning, 3, 7, "МДК.01 <Turning>", school.id, "5")
    with writing():
        services.attest_parts(trainee, [marked, Shown(turning, 2, 8, "МДК.02", school.id, "4")], EvidenceKind.MODULE, trainee)
        services.attest_parts(trainee, [Shown(turning, 1, organisation_id=plant.id, minutes=450)], EvidenceKind.HOURS, trainee)
        services.attest(trainee, {turning: 4}, EvidenceKind.RATING, trainee, by=plant.id)
        services.attest(trainee, {welding: 2}, EvidenceKind.OWN, trainee)
    return school, plant


def test_modules_marks_hours_and_who_confirms_them_stand_beside_the_skill(app):
    trainee = make_trainee()
    school, plant = rich(trainee)

    words = own_of(app, trainee).get("/me/passport").words

    assert "МДК.01 <Turning> · mark 5" in words
    assert f"Level 3 of 4 · {school.short_name}" in words
    assert "7.5 h" in words
    assert f"Level 4 of 4 · {plant.short_name}" in words


def test_a_passport_is_read_by_as_many_statements_however_much_stands_in_it(app, statements):
    few, many = make_trainee(), make_trainee()
    for trainee, number in ((few, 2), (many, 40)):
        shown = [Shown(skill, 2, part_id=part) for skill in make_more(number) for part in range(2)]
        with writing():
            services.attest_parts(trainee, shown, EvidenceKind.MODULE, trainee)
    counts = []
    for trainee in (few, many):
        own = own_of(app, trainee)
        own.get("/me/passport/file")
        with statements() as count:
            own.get("/me/passport/file")
        counts.append(len(count))

    assert counts[0] == counts[1]


class TestFile:
    def test_says_everything_that_shows_a_skill_and_no_more_of_its_holder_than_the_name(self, app):
        trainee = make_trainee(patronymic="Ivanovna", phone="+7 900 000-00-00", town="Dimitrovgrad")
        school, plant = rich(trainee)

        got = own_of(app, trainee).get("/me/passport/file")

        told = json.loads(got.text)
        assert (told["format"], told["version"], told["holder"]) == ("cadre-skills-passport", 1, {"name": trainee.full_name})
        turning, welding = told["skills"]
        assert (turning["name"], turning["names"]["ru"], turning["level"], turning["confirmed"]) == ("Skill 0", "Навык 0", 4, True)
        found = [(one["kind"], one["level"], one["mark"], one["hours"], one["rating"], one["confirmed_by"]) for one in turning["evidence"]]
        assert found == [
            ("rating", 4, None, None, 4, plant.legal_name),
            ("module", 3, "5", None, None, school.legal_name),
            ("module", 2, "4", None, None, school.legal_name),
            ("hours", 1, None, 7.5, None, plant.legal_name),
        ]
        assert (welding["confirmed"], welding["evidence"][0]["confirmed_by"]) == (False, None)
        assert not any(str(word) in got.text for word in (trainee.phone, trainee.town, trainee.email, trainee.born_on.isoformat()))

    def test_is_private_an_attachment_and_harmless_in_a_page(self, app):
        trainee = make_trainee()
        rich(trainee)

        got = own_of(app, trainee).get("/me/passport/file")

        assert got.response.mimetype == "application/json"
        assert got.response.headers["Content-Disposition"].startswith("attachment")
        assert got.response.headers["Cache-Control"] == "private, no-store"
        assert got.response.headers["X-Content-Type-Options"] == "nosniff"
        assert "<" not in got.text
        assert json.loads(got.text)["skills"][0]["evidence"][1]["name"] == "МДК.01 <Turning>"

    def test_of_an_empty_passport_is_a_file_too(self, app):
        assert json.loads(own_of(app, make_trainee()).get("/me/passport/file").text)["skills"] == []
