"""Writing programmes, having them reviewed, and publishing them."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from training.accounts.memberships.queries import reach
from training.audit.services import record
from training.courses.programmes import content, policies, queries
from training.courses.programmes.models import Module, ModuleOutcome, ModuleSkill, Prerequisite, Programme, ProgrammeVersion
from training.courses.programmes.workflow import LIFECYCLE, Event, Kind, Notice, State
from training.exchange.codes import as_code
from training.kernel import clock, keys
from training.kernel.db import db, expect, transaction
from training.kernel.i18n import LazyString, _l
from training.kernel.policy import Actor, Member, NotNow, Role, authorise, require
from training.notices.services import notify
from training.organisations.models import Organisation
from training.organisations.policies import why_not_publish
from training.search import services as search
from training.taxonomy import queries as taxonomy
from training.turns.services import begin, move

REVIEWERS = (Role.MANAGER, Role.TEACHER)


@transaction()
def create(actor: Member, school: Organisation, *, title: str, **row: Any) -> ProgrammeVersion:
    """A new programme of the school, with its first draft."""
    row.setdefault("code_system", taxonomy.system_of(as_code(row["code"])))
    versions = import_programmes(actor, [{**row, "title": title}])
    if not versions:
        raise NotNow(_l("There is a programme of this code and title already. Open it and begin its next version."), field="title")
    return versions[0]


@transaction()
def import_programmes(actor: Member, rows: Sequence[Mapping[str, Any]]) -> list[ProgrammeVersion]:
    """New programmes with their first drafts; those that the school has already are left alone.

    A row has `code`, `title`, `kind`, and perhaps `code_system`, `qualification`, `occupation_id`, `hours`, `months`, `summary`.
    """
    authorise(policies.can_create, actor, None)
    known = queries.known(actor.organisation_id, {as_code(row["code"]) for row in rows})
    fresh: list[tuple[Programme, Mapping[str, Any]]] = []
    numbers: list[int] = []
    back = queries.taken_back(actor.organisation_id, {as_code(row["code"]) for row in rows})
    for row in rows:
        programme = _programme(actor, row)
        key = (programme.code_system, programme.code, programme.title_key)
        if key not in known:
            known.add(key)
            fresh.append((_again(back[key], programme) if key in back else programme, row))
            numbers.append(back[key].versions + 1 if key in back else 1)
    db.session.add_all(programme for programme, _row in fresh)
    db.session.flush()  # the versions refer to the programmes' keys
    versions = [_draft(programme, row, number) for (programme, row), number in zip(fresh, numbers, strict=True)]
    db.session.add_all(versions)
    db.session.flush()  # the events refer to the versions' keys
    for version in versions:
        begin(actor, LIFECYCLE, version)
        record(actor, Event.CREATED if len(rows) == 1 else Event.IMPORTED, version, programme=version.programme_id)
    if versions:
        _index(Programme.id.in_([version.programme_id for version in versions]))
    return versions


@transaction()
def withdraw(actor: Actor, versions: Sequence[ProgrammeVersion]) -> None:
    """Takes back drafts that a list brought and nobody has touched: they retire unpublished, and the same list may bring them again."""
    for version in versions:
        authorise(policies.can_edit, actor, version)
        require(policies.why_not_edit(version))
        version.content_digest = content.digest(version.programme, version, version.modules, queries.prerequisites_of(version))
        move(actor, LIFECYCLE, "withdraw", version)
        record(actor, Event.WITHDRAWN, version, programme=version.programme_id)
    if versions:
        _index(ProgrammeVersion.id.in_([version.id for version in versions]))


def _programme(actor: Member, row: Mapping[str, Any]) -> Programme:
    kind = Kind(row["kind"])
    if hours := row.get("hours"):
        require(policies.why_not_hours(kind, hours))
    programme = Programme(
        school_id=actor.organisation_id,
        slug=keys.slug(),
        code=as_code(row["code"]),
        code_system=row.get("code_system") or "own",
        kind=kind,
        qualification=row.get("qualification"),
        occupation_id=row.get("occupation_id"),
    )
    programme.rename(row["title"])
    return programme


def _again(back: queries.TakenBack, programme: Programme) -> Programme:
    """A programme that was taken back, with what is said of it now."""
    found = back.programme
    found.kind, found.qualification, found.occupation_id = programme.kind, programme.qualification, programme.occupation_id
    return found


def _draft(programme: Programme, row: Mapping[str, Any], number: int) -> ProgrammeVersion:
    return ProgrammeVersion(
        programme_id=programme.id,
        programme=programme,
        school_id=programme.school_id,
        number=number,
        state=State.DRAFT,
        hours_total=row.get("hours") or 0,
        months=row.get("months"),
        summary=row.get("summary"),
    )


@transaction()
def edit_version(
    actor: Actor,
    draft: ProgrammeVersion,
    *,
    version: int,
    hours_total: int,
    months: int | None,
    summary: str | None,
    valid_months: int | None = None,
    renewal_months: int | None = None,
    **details: Any,
) -> None:
    """Changes a draft's hours, length, summary and its credential's term, and, while nothing of the programme was ever published, what it is called."""
    authorise(policies.can_edit, actor, draft)
    require(policies.why_not_edit(draft))
    require(policies.why_not_term(valid_months, renewal_months), field="renewal_months")
    expect(draft, version)
    draft.hours_total, draft.months, draft.summary = hours_total, months, summary
    draft.valid_months, draft.renewal_months = valid_months, renewal_months
    record(actor, Event.EDITED, draft, hours=hours_total, months=months)
    programme = db.session.get_one(Programme, draft.programme_id)
    if details and draft.number == 1:
        programme.qualification = details.get("qualification")
        programme.occupation_id = details.get("occupation_id")
        record(actor, Event.RENAMED, draft, programme=programme.id)
    _index(Programme.id == draft.programme_id)


@transaction()
def submit(actor: Member, version: ProgrammeVersion) -> None:
    """Hands a draft in; somebody else looks at it."""
    authorise(policies.can_submit, actor, version)
    against = policies.why_not_submit(_programme_of(version), version, modules=queries.modules_of(version.id))
    require([*against, *_why_not_need(version, queries.prerequisites_of(version))])
    version.submitted_by = actor.account_id
    move(actor, LIFECYCLE, "submit", version)
    record(actor, Event.SUBMITTED, version)
    others = [one for one in reach(version.school_id, *REVIEWERS) if one.id != actor.account_id]
    notify(Notice.SUBMITTED, version, to=others)


@transaction()
def send_back(actor: Actor, version: ProgrammeVersion, *, reason: str, remarks: int = 0) -> None:
    """The draft goes back with comments; so many `remarks` on its sections are not settled yet."""
    authorise(policies.can_send_back, actor, version)
    move(actor, LIFECYCLE, "send_back", version, reason=reason)
    record(actor, Event.SENT_BACK, version, detail={"reason": reason}, remarks=remarks)
    author = [one for one in reach(version.school_id, *REVIEWERS) if one.id == version.submitted_by]
    notify(Notice.SENT_BACK, version, to=author, remarks=remarks)


@transaction()
def publish(actor: Actor, version: ProgrammeVersion) -> None:
    """A second person publishes: it is in the catalogue, its content is fixed, the version before it retires."""
    authorise(policies.can_publish, actor, version)
    programme, modules, needed = _programme_of(version), queries.modules_of(version.id), queries.prerequisites_of(version)
    if needed:
        queries.hold_askers()
    against = policies.why_not_submit(programme, version, modules=modules)
    require([*why_not_publish(programme.school), *against, *_why_not_need(version, needed)])
    before = queries.published_of(programme.id)
    if before is not None:
        move(actor, LIFECYCLE, "retire", before)
        record(actor, Event.RETIRED, before)
    version.content_digest = content.digest(programme, version, modules, needed)
    version.published_on = clock.today(programme.school.zone)
    move(actor, LIFECYCLE, "publish", version)
    record(actor, Event.PUBLISHED, version)
    code = next((one for one in taxonomy.codes(programme.code_system) if one.code == programme.code), None)
    search.put(content.document(programme, version, modules, code))
    notify(Notice.PUBLISHED, version, to=[one for one in reach(version.school_id, *REVIEWERS) if one.id == version.submitted_by])


@transaction()
def retire(actor: Actor, version: ProgrammeVersion) -> None:
    """Takes the programme out of the catalogue; cohorts that study it go on."""
    authorise(policies.can_retire, actor, version)
    move(actor, LIFECYCLE, "retire", version)
    record(actor, Event.RETIRED, version)
    _index(Programme.id == version.programme_id)


@transaction()
def begin_next(actor: Actor, version: ProgrammeVersion) -> ProgrammeVersion:
    """The next version as a draft, with the same modules, parts and skills."""
    authorise(policies.can_begin_next, actor, version)
    require(policies.why_not_begin_next(unfinished=queries.unfinished(version.programme_id)))
    newest = queries.versions_of(version.programme_id)[0]
    following = ProgrammeVersion(
        programme_id=version.programme_id,
        programme=_programme_of(version),
        school_id=version.school_id,
        number=newest.number + 1,
        state=State.DRAFT,
        hours_total=version.hours_total,
        months=version.months,
        valid_months=version.valid_months,
        renewal_months=version.renewal_months,
        summary=version.summary,
        needs=version.needs,
        needs_least=version.needs_least,
    )
    db.session.add(following)
    begin(actor, LIFECYCLE, following)
    _copy(queries.modules_of(version.id), following)
    db.session.add_all(
        Prerequisite(version_id=following.id, programme_id=following.programme_id, needed_id=one.needed_id, points=one.points)
        for one in queries.prerequisites_of(version)
    )
    record(actor, Event.DRAFTED, following, before=version.id)
    return following


def _index(which: ColumnElement[bool]) -> None:
    """Has the programmes found as they are now."""
    search.put_many(queries.documents(which))


def _copy(modules: Sequence[Module], to: ProgrammeVersion) -> None:
    made = {
        module.id: Module(
            version_id=to.id,
            code=module.code,
            title=module.title,
            hours=module.hours,
            position=module.position,
        )
        for module in modules
    }
    db.session.add_all(made.values())
    db.session.flush()  # parts and skills refer to the new keys
    for module in modules:
        copy = made[module.id]
        copy.spend(module.spread)
        copy.parent_id = made[module.parent_id].id if module.parent_id is not None else None
        db.session.add_all(ModuleSkill(module_id=copy.id, skill_id=skill.skill_id, level=skill.level) for skill in module.skills)
        db.session.add_all(ModuleOutcome(module_id=copy.id, position=one.position, words=one.words) for one in module.outcomes)


def _why_not_need(version: ProgrammeVersion, needed: Sequence[Prerequisite]) -> list[str | LazyString]:
    return policies.why_not_need(version, needed, circle=queries.circle(version.programme_id, needed))


def _programme_of(version: ProgrammeVersion) -> Programme:
    query = select(Programme).where(Programme.id == version.programme_id)
    loaded = query.options(joinedload(Programme.school), joinedload(Programme.occupation))
    return db.session.scalars(loaded, execution_options={"populate_existing": True}).one()
