"""Who sees which version of a programme, and who writes, reviews and publishes it."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select

from training.courses.programmes.models import Module, Prerequisite, Programme, ProgrammeVersion
from training.courses.programmes.tree import Branch, branches
from training.courses.programmes.workflow import HourKind, Kind, Needs, State
from training.kernel.i18n import LazyString, _l
from training.kernel.policy import Actor, Bearer, Learner, Member, OrganisationKind, Role, System, Visitor, holds
from training.organisations.models import Organisation
from training.organisations.workflow import State as OrganisationState

LEAST_HOURS = {Kind.ADVANCED_TRAINING: 16, Kind.RETRAINING: 250}
"""Hours below which such a programme may not be (Russia: order 266 of 24 March 2025)."""


def public() -> ColumnElement[bool]:
    """As a condition on ProgrammeVersion: published, by a school that is verified now."""
    verified = exists().where(Organisation.id == ProgrammeVersion.school_id, Organisation.state == OrganisationState.VERIFIED)
    return and_(ProgrammeVersion.state == State.PUBLISHED, verified)


def was_public() -> ColumnElement[bool]:
    """As a condition on ProgrammeVersion: published now or once, by a school that is verified now."""
    verified = exists().where(Organisation.id == ProgrammeVersion.school_id, Organisation.state == OrganisationState.VERIFIED)
    once = and_(ProgrammeVersion.state == State.RETIRED, ProgrammeVersion.published_on.is_not(None))
    return and_(or_(ProgrammeVersion.state == State.PUBLISHED, once), verified)


def visible_to(actor: Actor) -> Select[ProgrammeVersion]:
    """Published ones of verified schools to everybody; a school's own to its members in any state."""
    match actor:
        case System():
            return select(ProgrammeVersion)
        case Member(kind=OrganisationKind.SCHOOL, organisation_id=mine):
            return select(ProgrammeVersion).where(or_(ProgrammeVersion.school_id == mine, public()))
        case Member() | Learner() | Visitor() | Bearer():
            return select(ProgrammeVersion).where(public())
        case _:
            return select(ProgrammeVersion).where(false())


def can_list(actor: Actor, subject: object = None) -> bool:
    """Schools list their own programmes."""
    return isinstance(actor, Member) and actor.kind is OrganisationKind.SCHOOL


def can_create(actor: Actor, subject: object = None) -> bool:
    """Managers and teachers of a school."""
    return can_list(actor) and isinstance(actor, Member) and holds(actor, Role.MANAGER, Role.TEACHER, at=actor.organisation_id)


def can_see(actor: Actor, version: ProgrammeVersion) -> bool:
    """The school's own people see the working page."""
    return isinstance(actor, Member) and actor.organisation_id == version.school_id


def can_edit(actor: Actor, version: ProgrammeVersion) -> bool:
    """Managers and teachers of the school write it."""
    return holds(actor, Role.MANAGER, Role.TEACHER, at=version.school_id)


def can_submit(actor: Actor, version: ProgrammeVersion) -> bool:
    """Whoever writes it hands it in."""
    return can_edit(actor, version)


def can_send_back(actor: Actor, version: ProgrammeVersion) -> bool:
    """Whoever reviews it; its author may take it back too."""
    return can_edit(actor, version)


def can_publish(actor: Actor, version: ProgrammeVersion) -> bool:
    """A second person: whoever handed it in does not publish it."""
    return can_edit(actor, version) and isinstance(actor, Member) and actor.account_id != version.submitted_by


def can_retire(actor: Actor, version: ProgrammeVersion) -> bool:
    """Managers of the school take it out of the catalogue."""
    return holds(actor, Role.MANAGER, at=version.school_id)


def can_begin_next(actor: Actor, version: ProgrammeVersion) -> bool:
    """Whoever writes it begins the next version."""
    return can_edit(actor, version)


def why_not_hours(kind: Kind, hours: int) -> list[str | LazyString]:
    """Why a programme of this kind cannot have so few hours."""
    least = LEAST_HOURS.get(kind, 1)
    return [] if hours >= least else [_l("%(kind)s takes at least %(least)d hours.", kind=kind.label, least=least)]


def why_not_edit(version: ProgrammeVersion) -> list[str | LazyString]:
    """Only a draft changes."""
    return [] if version.open else [_l("Only a draft can be changed. Begin the next version.")]


def why_not_term(valid_months: int | None, renewal_months: int | None) -> list[str | LazyString]:
    """What is renewed runs out, and is renewed while it is valid."""
    if renewal_months is None or (valid_months is not None and renewal_months <= valid_months):
        return []
    return [_l("A credential is renewed while it is valid: write fewer months than it is valid, or leave this out.")]


def why_not_submit(programme: Programme, version: ProgrammeVersion, *, modules: Sequence[Module]) -> list[str | LazyString]:
    """The hours must add up: kinds and parts to their module, modules to the whole."""
    sentences = why_not_hours(programme.kind, version.hours_total)
    top = sum(module.hours for module in modules if module.parent_id is None)
    if not modules:
        sentences.append(_l("There is no module yet. Add the first one."))
    elif top != version.hours_total:
        sentences.append(_l("The modules add up to %(sum)d hours, the programme has %(total)d.", sum=top, total=version.hours_total))
    for branch in branches(modules):
        sentences += _uneven(branch)
    return sentences


def why_not_need(version: ProgrammeVersion, needed: Sequence[Prerequisite], *, circle: Sequence[str]) -> list[str | LazyString]:
    """What is asked for beforehand can be fulfilled: there are as many programmes or points, and none leads back to this one."""
    sentences: list[str | LazyString] = []
    least, there = version.needs_least or 0, len(needed)
    points = sum(one.points for one in needed)
    if version.needs is Needs.ANY and least > there:
        sentences.append(_l("Prerequisites: %(least)d programmes are needed, only %(there)d named.", least=least, there=there))
    if version.needs is Needs.POINTS and least > points:
        sentences.append(_l("Prerequisites: %(least)d points are needed, all together give only %(points)d.", least=least, points=points))
    if circle:
        sentences.append(_l("Prerequisites lead back to this programme: %(way)s. Nobody could ever begin.", way=" → ".join(circle)))
    return sentences


def _uneven(branch: Branch) -> list[str | LazyString]:
    """What does not add up inside one module."""
    module = branch.module
    named = {"module": str(module), "total": module.hours}
    sentences: list[str | LazyString] = []
    if module.spread and sum(module.spread.values()) != module.hours:
        spent = sum(module.spread.values())
        sentences.append(_l("The kinds of hours of %(module)s add up to %(sum)d, it has %(total)d.", sum=spent, **named))
    if branch.parts and branch.shared_out != module.hours:
        sentences.append(_l("The parts of %(module)s add up to %(sum)d hours, it has %(total)d.", sum=branch.shared_out, **named))
    if branch.parts and module.spread and all(part.spread for part in branch.parts):
        for kind in HourKind:
            own, parts = module.spread.get(kind, 0), sum(part.spread.get(kind, 0) for part in branch.parts)
            if own != parts:
                sentences.append(
                    _l(
                        "%(kind)s: the parts of %(module)s have %(parts)d hours, it has %(own)d.",
                        kind=kind.label,
                        module=str(module),
                        parts=parts,
                        own=own,
                    )
                )
    return sentences


def why_not_begin_next(*, unfinished: ProgrammeVersion | None) -> list[str | LazyString]:
    """One version is worked on at a time."""
    return (
        [] if unfinished is None else [_l("Version %(number)d is being worked on already. Go on with that one.", number=unfinished.number)]
    )
