"""Answering: every kind of record that the actor may see, its best first, with what was perhaps meant when nothing is called so."""

from collections.abc import Sequence

from sqlalchemy import func, select

from training.insights.search import own, published
from training.insights.search.answers import Answer, Answers, Group, Source
from training.kernel.db import NotFound, db
from training.kernel.i18n import language
from training.kernel.lists import Slice, Wanted, paged
from training.kernel.policy import Actor, Learner, Member, OrganisationKind
from training.organisations.models import Organisation
from training.search.queries import TITLES
from training.search.spelling import corrected
from training.search.words import roots
from training.taxonomy.models import Occupation, Skill

SHOWN = 5
"""Answers of a kind on the page of all kinds."""
OFFERED = 3
"""Answers of a kind while somebody types."""
MOST = 8
"""Answers of all kinds while somebody types."""
LEAST = 2
"""Letters after which answers are offered while somebody types."""

FOR_ALL = (published.PROGRAMMES, published.OPENINGS, published.VACANCIES, published.ORGANISATIONS)
_TRAINEE = (own.STUDY, own.OWN_PLACEMENTS, own.APPLICATIONS, own.OWN_CREDENTIALS)
_MEMBER: dict[OrganisationKind, tuple[Source, ...]] = {
    OrganisationKind.SCHOOL: (own.TRAINEES, own.COHORTS, own.OWN_PROGRAMMES, own.PLACEMENTS, own.CREDENTIALS),
    OrganisationKind.EMPLOYER: (own.CANDIDATES, own.TRAINEES, own.PLACEMENTS, own.OWN_OPENINGS, own.OWN_VACANCIES),
}


def sources(actor: Actor) -> Sequence[Source]:
    """The kinds of record that this actor is answered with, their own first."""
    match actor:
        case Member(kind=kind):
            return (*_MEMBER.get(kind, ()), *FOR_ALL)
        case Learner():
            return (*_TRAINEE, *FOR_ALL)
        case _:
            return FOR_ALL


def answers(actor: Actor, words: str, *, shown: int = SHOWN) -> Answers:
    """The best answers of every kind with their counts: a statement a kind, and as many again when nothing is called so."""
    found = _answers(actor, words, shown)
    if found.total or not roots(words):
        return found
    meant = corrected(words, _titles(actor))
    other = _answers(actor, meant, shown) if meant else found
    return Answers(other.groups, meant) if other.total else found


def offered(actor: Actor, words: str) -> Answers:
    """A few answers for what has been typed so far."""
    if len(words.strip()) < LEAST:
        return Answers()
    found = answers(actor, words, shown=OFFERED)
    groups, room = [], MOST
    for group in found.groups:
        if few := group.answers[:room]:
            groups.append(Group(group.source, few, group.total))
            room -= len(few)
    return Answers(groups, found.meant)


def listed(actor: Actor, name: str, words: str, wanted: Wanted) -> Slice[Answer]:
    """All answers of one kind, a page at a time: two statements."""
    source = next((one for one in sources(actor) if one.name == name), None)
    if source is None:
        raise NotFound
    found = source.find(actor, words)
    page = paged(found.query, wanted, *found.order, entities=False)
    return Slice([found.answer(row) for row in page.rows], page.total, page.number, page.size)


def _answers(actor: Actor, words: str, shown: int) -> Answers:
    return Answers([_group(actor, source, words, shown) for source in sources(actor)] if roots(words) else [])


def _group(actor: Actor, source: Source, words: str, shown: int) -> Group:
    found = source.find(actor, words)
    rows = db.session.execute(found.query.add_columns(func.count().over().label("total")).order_by(*found.order).limit(shown)).all()
    return Group(source, [found.answer(row) for row in rows], rows[0].total if rows else 0)


def _titles(actor: Actor) -> list[str]:
    """What is called somehow and visible to the actor, and how trades and skills are called: a statement a kind."""
    known = [source.titles(actor).limit(TITLES) for source in sources(actor)]
    common = [select(one.title_ru if language() == "ru" else one.title_en).order_by(one.id).limit(TITLES) for one in (Occupation, Skill)]
    other = [select(one.title_en if language() == "ru" else one.title_ru).order_by(one.id).limit(TITLES) for one in (Occupation, Skill)]
    return [title for query in (*known, *common, *other) for title in db.session.scalars(query)]


def organisation_ids() -> Sequence[int]:
    """Every organisation, in order."""
    return db.session.scalars(select(Organisation.id).order_by(Organisation.id)).all()
