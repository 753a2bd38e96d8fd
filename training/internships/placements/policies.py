"""Who sees which placement, who moves it along, and what must be true."""

from collections.abc import Sequence

from sqlalchemy import Select, false, select

from training.accounts.memberships.models import Membership
from training.internships.openings.models import Opening
from training.internships.openings.workflow import Hazard
from training.internships.openings.workflow import State as OpeningState
from training.internships.placements.models import Placement
from training.internships.placements.workflow import State
from training.kernel import clock
from training.kernel.i18n import LazyString, _l, format_date
from training.kernel.policy import Actor, Learner, Member, OrganisationKind, Role, System, holds
from training.trainees.disclosures import policies as disclosures
from training.trainees.profiles.models import OF_AGE, Trainee, age_on


def visible_to(actor: Actor) -> Select[Placement]:
    """Trainees: their own. Schools: those of their trainees. Employers: approved ones of trainees disclosed to them; a mentor, the own ones."""
    match actor:
        case System():
            return select(Placement)
        case Learner(trainee_id=me):
            return select(Placement).where(Placement.trainee_id == me)
        case Member(kind=OrganisationKind.SCHOOL, organisation_id=mine):
            return select(Placement).where(Placement.school_id == mine)
        case Member(kind=OrganisationKind.EMPLOYER, organisation_id=mine, account_id=me, roles=roles):
            disclosed = disclosures.visible_to(actor).with_only_columns(Trainee.id)
            own = select(Membership.id).where(Membership.account_id == me, Membership.organisation_id == mine)
            approved = select(Placement).where(
                Placement.employer_id == mine, Placement.approved_at.is_not(None), Placement.trainee_id.in_(disclosed)
            )
            return approved.where(Placement.mentor_id.in_(own)) if roles.isdisjoint({Role.MANAGER, Role.RECRUITER}) else approved
        case _:
            return select(Placement).where(false())


def can_list(actor: Actor, subject: object = None) -> bool:
    """Schools and employers list their placements."""
    return isinstance(actor, Member) and actor.kind in {OrganisationKind.SCHOOL, OrganisationKind.EMPLOYER}


def can_show(actor: Actor, placement: Placement) -> bool:
    """Everybody for whom the row scope has let it through."""
    return isinstance(actor, Member | Learner)


def can_request(actor: Actor, opening: Opening) -> bool:
    """Any trainee."""
    return isinstance(actor, Learner)


def answers_for_school(actor: Actor, placement: Placement) -> bool:
    """The school's managers and placement officers."""
    return holds(actor, Role.MANAGER, Role.PLACEMENT_OFFICER, at=placement.school_id)


def answers_for_employer(actor: Actor, placement: Placement) -> bool:
    """The employer's managers."""
    return holds(actor, Role.MANAGER, at=placement.employer_id)


def is_mentor(actor: Actor, placement: Placement) -> bool:
    """Whoever is named as the mentor and is one still; load the placement with its mentor."""
    return (
        isinstance(actor, Member)
        and holds(actor, Role.MENTOR, at=placement.employer_id)
        and placement.mentor is not None
        and placement.mentor.account_id == actor.account_id
    )


def can_approve(actor: Actor, placement: Placement) -> bool:
    """The trainee's school."""
    return answers_for_school(actor, placement)


def can_accept(actor: Actor, placement: Placement) -> bool:
    """Only the host's managers accept."""
    return answers_for_employer(actor, placement)


def can_refuse(actor: Actor, placement: Placement) -> bool:
    """The school, and the employer once it was asked."""
    return answers_for_school(actor, placement) or answers_for_employer(actor, placement)


def can_withdraw(actor: Actor, placement: Placement) -> bool:
    """The trainee."""
    return isinstance(actor, Learner) and actor.trainee_id == placement.trainee_id


def can_start(actor: Actor, placement: Placement) -> bool:
    """The host, and the calendar."""
    return isinstance(actor, System) or answers_for_employer(actor, placement)


def can_cancel(actor: Actor, placement: Placement) -> bool:
    """The school or the host, before it begins."""
    return answers_for_school(actor, placement) or answers_for_employer(actor, placement)


def can_break_off(actor: Actor, placement: Placement) -> bool:
    """The school or the host."""
    return answers_for_school(actor, placement) or answers_for_employer(actor, placement)


def can_complete(actor: Actor, placement: Placement) -> bool:
    """The school or the host."""
    return answers_for_school(actor, placement) or answers_for_employer(actor, placement)


def why_not_request(opening: Opening, *, trainee: Trainee, overlapping: Sequence[Placement]) -> list[str | LazyString]:
    """The opening takes requests, somebody at a school answers, the work is for this age, and the days are free."""
    found: list[str | LazyString] = []
    if opening.state is not OpeningState.OPEN or opening.starts_on < clock.today(opening.employer.zone):
        found.append(_l("This opening takes no requests any more. Look for another one."))
    elif opening.pool.free <= 0:
        found.append(_l("All places are taken. Look for another opening."))
    if trainee.school_id is None:
        found.append(
            _l("A school arranges internships, and no school has you on its roster. Ask yours to add you, or enrol in a programme.")
        )
    if opening.hazard is not Hazard.NONE and age_on(trainee.born_on, opening.starts_on) < OF_AGE:
        found.append(
            _l(
                "This workplace is not for people under 18: %(hazard)s. Look for one without hazards.",
                hazard=str(opening.hazard.label).lower(),
            )
        )
    found += why_not_overlap(overlapping)
    return found


def why_not_overlap(overlapping: Sequence[Placement]) -> list[str | LazyString]:
    """A trainee is at one place at a time."""
    return [
        _l(
            "Your days from %(first)s to %(last)s are spoken for by the placement at %(employer)s. Withdraw it first, or choose other dates.",
            first=format_date(one.starts_on, relative=False, weekday=False),
            last=format_date(one.ends_on, relative=False, weekday=False),
            employer=one.employer.short_name,
        )
        for one in overlapping[:1]
    ]


def why_not_approve(placement: Placement, *, consented: bool, supervisor: Membership | None) -> list[str | LazyString]:
    """Nobody under 18 is shown to an employer without a guardian's consent; the supervisor is the school's own."""
    if supervisor is not None and (supervisor.organisation_id != placement.school_id or supervisor.ended_on is not None):
        return [_l("Choose a supervisor from your own people.")]
    if placement.trainee.is_minor() and not consented:
        return [
            _l(
                "%(trainee)s is under 18 and no parent or guardian has agreed yet that employers see the profile. "
                "%(trainee)s names a parent under Profile, Consents; they answer by a link in a letter.",
                trainee=placement.trainee.name,
            )
        ]
    return []


def why_not_accept(placement: Placement, *, mentor: Membership, daily_hours: int, weekly_hours: int) -> list[str | LazyString]:
    """A mentor of the host's own, who is still there; hours not longer than those asked for."""
    if daily_hours > placement.daily_hours or weekly_hours > placement.weekly_hours:
        return [
            _l(
                "The hours can be shortened, not made longer: %(day)d a day and %(week)d a week were asked for.",
                day=placement.daily_hours,
                week=placement.weekly_hours,
            )
        ]
    if mentor.organisation_id != placement.employer_id or mentor.role is not Role.MENTOR or mentor.ended_on is not None:
        return [_l("Choose a mentor from your own people. A manager gives the role under People.")]
    return []


def why_not_refuse(placement: Placement, *, by_employer: bool) -> list[str | LazyString]:
    """The employer answers after the school."""
    return [_l("The school has not answered yet.")] if by_employer and placement.state is State.REQUESTED else []


def why_not_start(placement: Placement) -> list[str | LazyString]:
    """It begins on its first day."""
    if clock.today(placement.employer.zone) < placement.starts_on:
        return [_l("It begins on %(day)s, not before.", day=format_date(placement.starts_on, relative=False))]
    return []
