"""The people who let verified employers find them, as a list."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, func
from sqlalchemy.orm import joinedload

from training.candidates.talent import queries
from training.candidates.talent.policies import can_list, visible_to
from training.candidates.vacancies import queries as vacancies
from training.kernel.i18n import _l
from training.kernel.listings import Filter, Listing, Order, OutColumn, Sort, of_text
from training.kernel.lists import Wanted
from training.kernel.policy import Actor
from training.organisations import queries as organisations
from training.organisations.models import Organisation
from training.taxonomy import queries as taxonomy
from training.trainees.profiles.models import Trainee


def found(query: Select[Any], wanted: Wanted, employer: Organisation) -> tuple[Select[Any], ColumnElement[Any] | None]:
    """By words, skills and levels; ranked by how well they fit where one of the employer's vacancies is chosen."""
    query = queries.narrowed(query, wanted)
    vacancy = queries.chosen(employer, wanted)
    if vacancy is None:
        return query, None
    fit = queries.fit(vacancy.id)
    return query.outerjoin(fit, fit.c.trainee_id == Trainee.id), func.coalesce(fit.c.points, 0).desc()


def dressed(rows: Sequence[Trainee], employer: Organisation, wanted: Wanted) -> Sequence[queries.Found]:
    """The people with their match."""
    return queries.matched(rows, queries.chosen(employer, wanted))


def _by_the_whole(values: Sequence[str]) -> None:
    """Skills, levels and vacancies are looked at together."""


def _vacancies(actor: Actor, employer: object) -> Sequence[tuple[int, str]]:
    return [(one.id, one.title) for one in vacancies.live(actor)]


TALENT = Listing(
    name="talent",
    title=_l("Talent"),
    endpoint="candidates.talent.listed",
    may=can_list,
    subject=organisations.own,
    rows=lambda actor, employer: visible_to(actor),
    key=Trainee.id,
    loads=(joinedload(Trainee.school),),
    words=_l("Name, skill or word"),
    match=found,
    ranked=lambda wanted: bool(wanted.chosen("vacancy")),
    dress=dressed,
    filters=(
        Filter("vacancy", _l("Match with"), _by_the_whole, _vacancies, single=True),
        Filter(
            "occupation",
            _l("Skills of an occupation"),
            _by_the_whole,
            lambda actor, employer: [(one.slug, one.title) for one in taxonomy.with_skills()],
            single=True,
        ),
        Filter("level", _l("At least at level"), _by_the_whole, lambda actor, employer: [(one, one) for one in "1234"], single=True),
        of_text("town", _l("Town"), Trainee.town, lambda actor, employer: [(town, town) for town in queries.towns(actor)]),
        Filter("credential", _l("Credential"), _by_the_whole, lambda actor, employer: [("any", _l("Holds one"))]),
    ),
    sorts=(
        Sort("name", _l("Name"), Order.TEXT, (Trainee.name_key,)),
        Sort("newest", _l("Here since"), Order.DAY, (Trainee.id,)),
    ),
    first="name",
    columns=(
        OutColumn(_l("Name"), lambda row: row.trainee.name),
        OutColumn(_l("School"), lambda row: row.trainee.school.short_name if row.trainee.school else None),
        OutColumn(_l("Town"), lambda row: row.trainee.town),
        OutColumn(_l("Skills shown"), lambda row: row.skills),
        OutColumn(_l("Skills met"), lambda row: row.match.met if row.match else None),
        OutColumn(_l("Match"), lambda row: row.match.score if row.match else None),
    ),
)
