"""Finding programmes, their versions and what those teach."""

from collections import defaultdict, deque
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, case, exists, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from training.courses.programmes import content
from training.courses.programmes.models import Module, ModuleSkill, Prerequisite, Programme, ProgrammeVersion
from training.courses.programmes.policies import visible_to, was_public
from training.courses.programmes.workflow import State
from training.kernel.db import NotFound, by_id, db
from training.kernel.policy import Actor, Member, Visitor
from training.search.queries import suggest
from training.search.services import PUBLIC, Document
from training.taxonomy import queries as taxonomy
from training.taxonomy.models import ProgrammeCode, Skill

_WHOLE = (
    joinedload(ProgrammeVersion.programme).joinedload(Programme.school),
    joinedload(ProgrammeVersion.programme).joinedload(Programme.occupation),
    selectinload(ProgrammeVersion.modules).options(
        selectinload(Module.skills).joinedload(ModuleSkill.skill), selectinload(Module.outcomes)
    ),
)


def _one(query: Select[ProgrammeVersion]) -> ProgrammeVersion:
    found = db.session.scalars(query.options(*_WHOLE)).one_or_none()
    if found is None:
        raise NotFound
    set_committed_value(found, "prerequisites", list(prerequisites_of(found)))
    return found


def version(actor: Actor, version_id: int) -> ProgrammeVersion:
    """One version with its programme, school, modules, their skills, outcomes and prerequisites: four statements, five where there are any."""
    return _one(visible_to(actor).where(ProgrammeVersion.id == version_id))


def each(actor: Actor, ids: Collection[int]) -> dict[int, ProgrammeVersion]:
    """Those versions of the ids that the actor may see, as whole as one alone."""
    return by_id(visible_to(actor).where(ProgrammeVersion.id.in_(ids)).options(*_WHOLE))


def listed_as(programme: Programme) -> ProgrammeCode | None:
    """What the list that the programme's code stands in says of it: one statement."""
    return taxonomy.code(programme.code_system, programme.code)


def by_slug(actor: Actor, slug: str) -> ProgrammeVersion:
    """The published version of the programme of that public address; of one that is not taught any more the last that was, for its graduates."""
    query = select(ProgrammeVersion).join(ProgrammeVersion.programme).where(Programme.slug == slug, was_public())
    return _one(query.order_by(ProgrammeVersion.state == State.RETIRED, ProgrammeVersion.number.desc()).limit(1))


def module(actor: Actor, version_id: int, module_id: int) -> Module:
    """One module of a version, with the version and the skills that it teaches."""
    of = version(actor, version_id)
    found = next((one for one in of.modules if one.id == module_id), None)
    if found is None:
        raise NotFound
    set_committed_value(found, "of", of)
    return found


def published(actor: Actor) -> Sequence[ProgrammeVersion]:
    """The published versions of the actor's own school, by title, with their programmes, for choosing one."""
    mine = actor.organisation_id if isinstance(actor, Member) else 0
    query = (
        visible_to(actor)
        .join(ProgrammeVersion.programme)
        .options(contains_eager(ProgrammeVersion.programme))
        .where(ProgrammeVersion.school_id == mine, ProgrammeVersion.state == State.PUBLISHED)
    )
    return db.session.scalars(query.order_by(Programme.title_key, ProgrammeVersion.id)).all()


def meant(words: str) -> Sequence[str]:
    """Titles of published programmes that look like what was typed and found nothing."""
    return suggest("programme", words, [PUBLIC], among=visible_to(Visitor()).with_only_columns(ProgrammeVersion.programme_id))


def versions_of(programme_id: int) -> Sequence[ProgrammeVersion]:
    """All versions of a programme, newest first."""
    query = select(ProgrammeVersion).where(ProgrammeVersion.programme_id == programme_id)
    return db.session.scalars(query.order_by(ProgrammeVersion.number.desc())).all()


def unfinished(programme_id: int) -> ProgrammeVersion | None:
    """The version of a programme that is being worked on."""
    return next((one for one in versions_of(programme_id) if one.state in (State.DRAFT, State.IN_REVIEW)), None)


def published_of(programme_id: int) -> ProgrammeVersion | None:
    """The version of a programme that is published now."""
    return next((one for one in versions_of(programme_id) if one.state is State.PUBLISHED), None)


def modules_of(version_id: int) -> Sequence[Module]:
    """The modules of a version in order, with their skills and outcomes, as they are now."""
    whole = (selectinload(Module.skills).joinedload(ModuleSkill.skill), selectinload(Module.outcomes))
    query = select(Module).where(Module.version_id == version_id).options(*whole)
    return db.session.scalars(query.order_by(Module.position, Module.id), execution_options={"populate_existing": True}).all()


def prerequisites_of(version: ProgrammeVersion) -> Sequence[Prerequisite]:
    """What a version asks for beforehand, with programmes and schools, as it is now: one statement, none where it asks for nothing."""
    if version.needs is None:
        return ()
    query = select(Prerequisite).where(Prerequisite.version_id == version.id).order_by(Prerequisite.id)
    whole = joinedload(Prerequisite.needed).joinedload(Programme.school)
    return db.session.scalars(query.options(whole), execution_options={"populate_existing": True}).all()


def circle(programme_id: int, needed: Sequence[Prerequisite]) -> Sequence[str]:
    """The titles by which a programme would in the end ask for itself, from what it asks for on; nothing when it would not: one statement."""
    asked = select(ProgrammeVersion.programme_id, Prerequisite.needed_id).join(Prerequisite, Prerequisite.version_id == ProgrammeVersion.id)
    steps: dict[int, list[int]] = defaultdict(list)
    if needed:
        for key, after in db.session.execute(asked.where(ProgrammeVersion.state == State.PUBLISHED).order_by(Prerequisite.id)):
            steps[key].append(after)
    way = path(steps, [one.needed_id for one in needed], programme_id)
    titles = {one.id: one.title for one in db.session.scalars(select(Programme).where(Programme.id.in_(way)))} if way else {}
    return [titles[key] for key in way]


def path(steps: Mapping[int, Sequence[int]], begin: Sequence[int], end: int) -> list[int]:
    """A shortest way by steps from one of the beginnings to the end, both included; empty when there is none."""
    ways = deque([key] for key in begin)
    seen = set(begin)
    while ways:
        way = ways.popleft()
        if way[-1] == end:
            return way
        ways.extend([*way, key] for key in steps.get(way[-1], ()) if key not in seen)
        seen.update(steps.get(way[-1], ()))
    return []


def hold_askers() -> None:
    """Locks every programme of which some version asks for another one: of two that would ask for each other one is published first."""
    query = select(Programme.id).where(Programme.id.in_(select(Prerequisite.programme_id))).order_by(Programme.id)
    db.session.execute(query.with_for_update(key_share=True)).all()


def skills_of(version_id: int) -> Sequence[tuple[Skill, int]]:
    """The skills that a version teaches, each with its highest level, in the order of its modules: one statement."""
    query = (
        select(Skill, func.max(ModuleSkill.level))
        .join(ModuleSkill, ModuleSkill.skill_id == Skill.id)
        .join(Module, Module.id == ModuleSkill.module_id)
        .where(Module.version_id == version_id)
        .group_by(Skill.id)
        .order_by(func.min(Module.position), Skill.id)
    )
    return [(skill, level) for skill, level in db.session.execute(query)]


def _alive() -> ColumnElement[bool]:
    """As a condition on Programme: some version is worked on, or was published once; else its only drafts were taken back."""
    counts = or_(ProgrammeVersion.state != State.RETIRED, ProgrammeVersion.published_on.is_not(None))
    return exists().where(ProgrammeVersion.programme_id == Programme.id, counts)


def known(school_id: int, codes: Collection[str]) -> set[tuple[str, str, str]]:
    """The programmes that a school has under these codes, as (code system, code, title key); those taken back do not count."""
    rows = db.session.execute(
        select(Programme.code_system, Programme.code, Programme.title_key).where(
            Programme.school_id == school_id, Programme.code.in_(codes), _alive()
        )
    )
    return {(system, code, key) for system, code, key in rows}


@dataclass(frozen=True)
class TakenBack:
    """A programme whose drafts were all taken back, and how many versions it had."""

    programme: Programme
    versions: int


def taken_back(school_id: int, codes: Collection[str]) -> dict[tuple[str, str, str], TakenBack]:
    """The programmes of a school under these codes that were taken back, by code system, code and title key."""
    last = (
        select(func.max(ProgrammeVersion.number))
        .where(ProgrammeVersion.programme_id == Programme.id)
        .correlate(Programme)
        .scalar_subquery()
    )
    query = select(Programme, last).where(Programme.school_id == school_id, Programme.code.in_(codes), ~_alive())
    return {(one.code_system, one.code, one.title_key): TakenBack(one, number or 0) for one, number in db.session.execute(query)}


def versions_now(ids: Collection[int]) -> dict[int, tuple[str, int]]:
    """What versions are called and how often they were changed, by id."""
    query = select(ProgrammeVersion).where(ProgrammeVersion.id.in_(ids)).options(joinedload(ProgrammeVersion.programme))
    return {one.id: (str(one.programme), one.version) for one in db.session.scalars(query.execution_options(populate_existing=True))}


def whole(ids: Collection[int]) -> Sequence[ProgrammeVersion]:
    """Those versions with everything that a digest reads, in the order in which they were made."""
    query = select(ProgrammeVersion).where(ProgrammeVersion.id.in_(ids)).options(*_WHOLE).order_by(ProgrammeVersion.id)
    return db.session.scalars(query.execution_options(populate_existing=True)).all()


def documents(which: ColumnElement[bool]) -> list[Document]:
    """What can be found of those programmes: of each the published version, else the newest; as many statements however many there are."""
    first = (case((ProgrammeVersion.state == State.PUBLISHED, 0), else_=1), ProgrammeVersion.number.desc())
    place = func.row_number().over(partition_by=ProgrammeVersion.programme_id, order_by=first).label("place")
    versions = select(ProgrammeVersion.id, place).join(ProgrammeVersion.programme).where(which).subquery("versions")
    query = select(ProgrammeVersion).join(versions, versions.c.id == ProgrammeVersion.id).where(versions.c.place == 1)
    rows = db.session.scalars(query.options(*_WHOLE).order_by(ProgrammeVersion.id), execution_options={"populate_existing": True}).all()
    codes = {(one.system, one.code): one for system in {row.programme.code_system for row in rows} for one in taxonomy.codes(system)}
    return [content.document(row.programme, row, row.modules, codes.get((row.programme.code_system, row.programme.code))) for row in rows]
