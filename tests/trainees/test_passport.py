"""The skills passport: what shows a skill, and what no longer does."""

from typing import Any

from tests.factories import make_trainee, save
from training.kernel.db import writing
from training.taxonomy.models import Skill
from training.trainees.passport import queries, services
from training.trainees.passport.models import EvidenceKind


def make_skills(count: int) -> list[int]:
    return [save(Skill(slug=f"skill-{number}", title_en=f"Skill {number}", title_ru=f"Навык {number}")).id for number in range(count)]


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
