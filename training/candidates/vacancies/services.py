"""Offering jobs, and counting the positions that are filled."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, update

from training.accounts.memberships.queries import reach
from training.audit.services import record
from training.candidates.vacancies import policies, queries
from training.candidates.vacancies.models import Stage, StageTemplate, Vacancy, VacancyPositions, VacancySkill
from training.candidates.vacancies.workflow import LIFECYCLE, Closing, Employment, Event, Notice, Schedule, StageKind, State
from training.jobs.leases import changed
from training.kernel import clock, keys
from training.kernel.db import db, expect, transaction
from training.kernel.i18n import LANGUAGES, _l, force_locale
from training.kernel.policy import Actor, Member, NotNow, System, authorise, require
from training.notices.services import notify
from training.organisations.models import Organisation
from training.search.services import put_many
from training.taxonomy.queries import asked_for
from training.turns.services import begin, move

STANDARD = (StageKind.NEW, StageKind.SCREENING, StageKind.INTERVIEW, StageKind.DECISION)
"""The stages of a vacancy whose employer has chosen none."""


@transaction()
def draft(
    actor: Actor,
    employer: Organisation,
    *,
    title: str,
    occupation_id: int,
    description: str,
    schedule: Schedule,
    employment: Employment,
    positions: int,
    town: str | None = None,
    skills: Mapping[int, int] | None = None,
    **terms: Any,
) -> Vacancy:
    """A draft of a vacancy with the employer's stages; without `skills` (level by id) it asks for what its occupation asks for."""
    authorise(policies.can_draft, actor, employer)
    require(policies.why_not_pay(terms.get("pay_from"), terms.get("pay_to")))
    vacancy = Vacancy(
        employer=employer,
        slug=keys.slug(),
        title=title,
        title_key=keys.sort_key(title),
        occupation_id=occupation_id,
        description=description,
        schedule=schedule,
        employment=employment,
        town=town or employer.town,
        state=State.DRAFT,
        **terms,
    )
    vacancy.pool = VacancyPositions(positions=positions, filled=0)
    wanted = skills if skills is not None else {skill.id: level for skill, level in asked_for(occupation_id)}
    vacancy.asked = [VacancySkill(skill_id=skill_id, level=level) for skill_id, level in wanted.items()]
    db.session.add(vacancy)
    begin(actor, LIFECYCLE, vacancy)
    own = [(one.kind, one.name) for one in queries.templates(employer.id)] or [(kind, None) for kind in STANDARD]
    db.session.add_all(
        Stage(vacancy_id=vacancy.id, employer_id=employer.id, position=place, kind=kind, name=name)
        for place, (kind, name) in enumerate(own)
    )
    record(actor, Event.DRAFTED, vacancy, employer=employer.id, positions=positions)
    _index(vacancy)
    return vacancy


@transaction()
def edit(actor: Actor, vacancy: Vacancy, *, version: int, title: str, positions: int, **terms: Any) -> None:
    """Changes what is offered; applications stay where they are."""
    authorise(policies.can_edit, actor, vacancy)
    expect(vacancy, version)
    require(policies.why_not_edit(vacancy, positions=positions, filled=queries.pool(vacancy.id).filled))
    require(policies.why_not_pay(terms.get("pay_from"), terms.get("pay_to")))
    vacancy.title, vacancy.title_key = title, keys.sort_key(title)
    for name, value in terms.items():
        setattr(vacancy, name, value)
    vacancy.town = vacancy.town or vacancy.employer.town
    fits = (VacancyPositions.vacancy_id == vacancy.id, VacancyPositions.filled <= positions)
    if not changed(db.session, update(VacancyPositions).where(*fits).values(positions=positions)):
        raise NotNow(_l("More positions have been filled meanwhile. Look at the vacancy again."))
    record(actor, Event.EDITED, vacancy, positions=positions)
    _index(vacancy)


@transaction()
def ask(actor: Actor, vacancy: Vacancy, *, version: int, skills: Mapping[int, int]) -> None:
    """Says which skills the work needs, and at which level (1–4)."""
    authorise(policies.can_ask, actor, vacancy)
    expect(vacancy, version)
    require(policies.why_not_ask(vacancy, asked=len(skills)))
    db.session.execute(delete(VacancySkill).where(VacancySkill.vacancy_id == vacancy.id))
    db.session.expire(vacancy, ["asked"])
    db.session.add_all(VacancySkill(vacancy_id=vacancy.id, skill_id=skill_id, level=level) for skill_id, level in skills.items())
    record(actor, Event.EDITED, vacancy, skills=sorted(skills))
    _index(vacancy)


@transaction()
def publish(actor: Actor, vacancy: Vacancy) -> None:
    """From now on everybody finds it and can apply."""
    authorise(policies.can_publish, actor, vacancy)
    today = clock.today(vacancy.employer.zone)
    require(policies.why_not_publish(vacancy, today=today, asked=queries.count_asked(vacancy.id)))
    move(actor, LIFECYCLE, "publish", vacancy)
    vacancy.published_on = today
    record(actor, Event.PUBLISHED, vacancy)
    _tell(actor, Notice.PUBLISHED, vacancy)
    _index(vacancy)


@transaction()
def pause(actor: Actor, vacancy: Vacancy) -> None:
    """Takes no applications for a while; those that are there go on."""
    authorise(policies.can_pause, actor, vacancy)
    move(actor, LIFECYCLE, "pause", vacancy)
    record(actor, Event.PAUSED, vacancy)
    _tell(actor, Notice.PAUSED, vacancy)
    _index(vacancy)


@transaction()
def resume(actor: Actor, vacancy: Vacancy) -> None:
    """Takes applications again."""
    authorise(policies.can_resume, actor, vacancy)
    today = clock.today(vacancy.employer.zone)
    require(policies.why_not_resume(vacancy, today=today, asked=queries.count_asked(vacancy.id)))
    move(actor, LIFECYCLE, "resume", vacancy)
    record(actor, Event.RESUMED, vacancy)
    _tell(actor, Notice.RESUMED, vacancy)
    _index(vacancy)


@transaction()
def close(actor: Actor, vacancy: Vacancy) -> None:
    """Withdraws the vacancy; whoever waits for an answer is told so, live offers stand."""
    authorise(policies.can_close, actor, vacancy)
    _close(actor, vacancy, "close", Closing.WITHDRAWN)
    record(actor, Event.CLOSED, vacancy)
    _tell(actor, Notice.CLOSED, vacancy)


@transaction()
def expire(actor: System, vacancy: Vacancy) -> None:
    """Its last day is over: no new applications; those that are there go on."""
    if vacancy.state is State.CLOSED or vacancy.closes_on is None or vacancy.closes_on >= clock.today(vacancy.employer.zone):
        return
    _close(actor, vacancy, "expire", Closing.EXPIRED)
    record(actor, Event.EXPIRED, vacancy)
    _tell(actor, Notice.EXPIRED, vacancy)


def fill_position(actor: Actor, vacancy: Vacancy) -> None:
    """Counts one position as filled inside the running transaction, NotNow when none is free; the last one closes the vacancy."""
    free = (VacancyPositions.vacancy_id == vacancy.id, VacancyPositions.filled < VacancyPositions.positions)
    if not changed(db.session, update(VacancyPositions).where(*free).values(filled=VacancyPositions.filled + 1)):
        raise NotNow(_l("Every position of this vacancy is filled. Write to the employer."))
    if queries.pool(vacancy.id).free:
        return
    if vacancy.state in (State.LIVE, State.PAUSED):
        _close(actor, vacancy, "fill", Closing.FILLED)
    record(actor, Event.FILLED, vacancy)
    notify(Notice.FILLED, vacancy, to=reach(vacancy.employer_id, *policies.RECRUITERS))


@transaction()
def choose_stages(actor: Actor, employer: Organisation, *, names: list[str]) -> None:
    """The stages that coming vacancies begin with; a name that is standard in either language stays readable in both."""
    authorise(policies.can_choose_stages, actor, employer)
    require(policies.why_not_choose_stages(names))
    known = _standard_names()
    db.session.execute(delete(StageTemplate).where(StageTemplate.employer_id == employer.id))
    for place, name in enumerate(names):
        kind = known.get(name.casefold(), StageKind.OWN)
        own = name if kind is StageKind.OWN else None
        db.session.add(StageTemplate(employer_id=employer.id, position=place, kind=kind, name=own))
    record(actor, Event.STAGES, employer, stages=len(names))


def _standard_names() -> dict[str, StageKind]:
    found = {}
    for code in LANGUAGES:
        with force_locale(code):
            found.update({str(kind.label).casefold(): kind for kind in STANDARD})
    return found


def _close(actor: Actor, vacancy: Vacancy, verb: str, closing: Closing) -> None:
    with db.session.no_autoflush:
        vacancy.closing = closing
        move(actor, LIFECYCLE, verb, vacancy)
    _index(vacancy)


def _tell(actor: Actor, notice: Notice, vacancy: Vacancy) -> None:
    """Those who recruit for the employer, whoever did it aside."""
    own = actor.account_id if isinstance(actor, Member) else None
    notify(notice, vacancy, to=[one for one in reach(vacancy.employer_id, *policies.RECRUITERS) if one.id != own])


def _index(vacancy: Vacancy) -> None:
    """Has the vacancy found as it is now."""
    put_many(queries.documents(Vacancy.id == vacancy.id))
