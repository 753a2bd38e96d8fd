"""Who sees which visit, who plans it and writes it down, who answers, and what must be true."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Select, false, select

from training.accounts.memberships.models import Membership
from training.internships.placements import policies as placements
from training.internships.placements.models import Placement
from training.internships.placements.workflow import State as PlacementState
from training.internships.visits.models import Visit
from training.internships.visits.workflow import State
from training.kernel import clock
from training.kernel.i18n import LazyString, _l, format_date, format_moment
from training.kernel.policy import ROLES_OF, Actor, Learner, Member, OrganisationKind, Role, System, holds
from training.kernel.workflow import Party
from training.organisations.models import Organisation

LEADS = (Role.PLACEMENT_OFFICER, Role.MANAGER)
"""Those who answer for all visits of a school."""
VISITORS = (*LEADS, Role.TEACHER)
"""Those who make visits."""
LONGEST = timedelta(hours=8)
BACK = timedelta(days=14)
"""How long ago a visit may have been that is only now put in."""
SIDES = frozenset({Role.MANAGER, Role.MENTOR})
"""The host's people whom visits concern."""


def visible_to(actor: Actor) -> Select[Visit]:
    """Trainees: their own. Schools: those that they make. Hosts: a manager, those of disclosed trainees; a mentor, those of the own trainees."""
    match actor:
        case System():
            return select(Visit)
        case Learner():
            return select(Visit).where(Visit.placement_id.in_(_placements(actor)))
        case Member(kind=OrganisationKind.SCHOOL, organisation_id=mine):
            return select(Visit).where(Visit.school_id == mine)
        case Member(kind=OrganisationKind.EMPLOYER, roles=roles) if not roles.isdisjoint(SIDES):
            return select(Visit).where(Visit.placement_id.in_(_placements(replace(actor, roles=roles & SIDES))))
        case _:
            return select(Visit).where(false())


def concerning(actor: Actor) -> Select[Visit]:
    """Those that stand in the actor's calendar: of a school's teachers, the ones they make."""
    match actor:
        case Member(kind=OrganisationKind.SCHOOL, account_id=me, roles=roles) if roles.isdisjoint(LEADS):
            mine = select(Membership.id).where(Membership.account_id == me)
            return visible_to(actor).where(Visit.visitor_id.in_(mine))
        case _:
            return visible_to(actor)


def _placements(actor: Actor) -> Select[int]:
    return placements.visible_to(actor).with_only_columns(Placement.id)


def can_list(actor: Actor, subject: object = None) -> bool:
    """Schools, and the managers and mentors of employers."""
    return isinstance(actor, Member) and (
        actor.kind is OrganisationKind.SCHOOL or (actor.kind is OrganisationKind.EMPLOYER and not actor.roles.isdisjoint(SIDES))
    )


def can_list_due(actor: Actor, subject: object = None) -> bool:
    """Everybody at a school."""
    return isinstance(actor, Member) and actor.kind is OrganisationKind.SCHOOL


def can_set_cadence(actor: Actor, school: Organisation) -> bool:
    """The school's placement officers and managers."""
    return holds(actor, *LEADS, at=school.id) and isinstance(actor, Member) and actor.kind is OrganisationKind.SCHOOL


def can_list_of_placement(actor: Actor, placement: Placement) -> bool:
    """Whoever sees the placement and whom visits concern: not an employer's recruiters."""
    return placements.can_show(actor, placement) and (isinstance(actor, Learner) or can_list(actor))


def can_show(actor: Actor, visit: Visit) -> bool:
    """Everybody for whom the row scope has let it through."""
    return isinstance(actor, Learner) or can_list(actor)


def can_read_note(actor: Actor, visit: Visit) -> bool:
    """The school's people read what is noted for them alone."""
    return holds(actor, *ROLES_OF[OrganisationKind.SCHOOL], at=visit.school_id)


def can_plan(actor: Actor, placement: Placement) -> bool:
    """The school's placement officers and managers, and the teacher who supervises the placement."""
    supervises = (
        holds(actor, Role.TEACHER, at=placement.school_id)
        and isinstance(actor, Member)
        and placement.supervisor is not None
        and placement.supervisor.account_id == actor.account_id
    )
    return supervises or holds(actor, *LEADS, at=placement.school_id)


def can_report(actor: Actor, visit: Visit) -> bool:
    """Whoever makes the visit, and the school's placement officers and managers."""
    makes = isinstance(actor, Member) and holds(actor, *VISITORS, at=visit.school_id) and visit.visitor.account_id == actor.account_id
    return makes or holds(actor, *LEADS, at=visit.school_id)


def can_reschedule(actor: Actor, visit: Visit) -> bool:
    """Whoever makes the visit, and the school's placement officers and managers."""
    return can_report(actor, visit)


def can_cancel(actor: Actor, visit: Visit) -> bool:
    """Whoever makes the visit, and the school's placement officers and managers."""
    return can_report(actor, visit)


def side_of(actor: Actor, visit: Visit) -> Party | None:
    """For which side the actor answers a report, if for any."""
    if isinstance(actor, Learner) and actor.trainee_id == visit.placement.trainee_id:
        return Party.TRAINEE
    return Party.MENTOR if placements.is_mentor(actor, visit.placement) else None


def can_confirm(actor: Actor, visit: Visit) -> bool:
    """The mentor and the trainee."""
    return side_of(actor, visit) is not None


def can_comment(actor: Actor, visit: Visit) -> bool:
    """The mentor and the trainee."""
    return can_confirm(actor, visit)


def why_not_plan(placement: Placement, *, planned_at: datetime | None = None) -> list[str | LazyString]:
    """The placement is active, and no other visit of it is planned."""
    if placement.state is not PlacementState.ACTIVE:
        state = str(placement.state.label).lower()
        return [_l("Only active placements are visited; that of %(trainee)s is %(state)s.", trainee=placement.trainee.name, state=state)]
    if planned_at is not None:
        day = format_moment(planned_at, zone=placement.employer.zone)
        return [_l("A visit of %(trainee)s is planned already: %(day)s. Move that one.", trainee=placement.trainee.name, day=day)]
    return []


def why_not_then(
    placement: Placement, *, starts_at: datetime, ends_at: datetime, visitor: Membership, busy: Mapping[int, datetime]
) -> list[str | LazyString]:
    """Inside the stay, not long ago, and the visitor is the school's and free; `busy` is when their other visits at that time begin."""
    found: list[str | LazyString] = []
    zone = placement.employer.zone
    if visitor.organisation_id != placement.school_id or visitor.role not in VISITORS or visitor.ended_on is not None:
        found.append(_l("Choose somebody of your school who makes visits: a placement officer, a teacher or a manager."))
    if not timedelta(0) < ends_at - starts_at <= LONGEST:
        found.append(_l("A visit lasts from some minutes to 8 hours."))
    if not placement.starts_on <= starts_at.astimezone(ZoneInfo(zone)).date() <= placement.ends_on:
        first, last = (format_date(day, relative=False, weekday=False) for day in (placement.starts_on, placement.ends_on))
        found.append(
            _l(
                "This day is outside the stay of %(trainee)s, from %(first)s to %(last)s.",
                trainee=placement.trainee.name,
                first=first,
                last=last,
            )
        )
    elif starts_at < clock.now() - BACK:
        found.append(_l("This day is more than two weeks ago. Put a visit in within two weeks."))
    found.extend(
        _l("%(person)s makes another visit at that time: %(moment)s. Choose another time or somebody else.", person=visitor.name, moment=at)
        for at in sorted({format_moment(one, zone=zone) for one in busy.values()})
    )
    return found


def why_not_report(visit: Visit, *, follow_up_on: date | None = None) -> list[str | LazyString]:
    """It has begun, and a further visit comes after it."""
    if visit.state is State.PLANNED and visit.starts_at > clock.now():
        return [_l("It has not begun yet. Cancel it if it does not take place, or move it.")]
    if follow_up_on is not None and follow_up_on <= visit.starts_at.astimezone(ZoneInfo(visit.placement.employer.zone)).date():
        return [_l("The next visit comes after this one. Choose a later day.")]
    return []


def why_not_confirm(visit: Visit, *, side: Party | None) -> list[str | LazyString]:
    """There is a report that this side has not answered yet."""
    if visit.state is State.PLANNED:
        return [_l("The visit has not been written down yet.")]
    if (visit.mentor_at if side is Party.MENTOR else visit.trainee_at) is not None:
        return [_l("Your side has answered already.")]
    return []
