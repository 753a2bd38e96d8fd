"""Finding agreements, and looking at them with the law's eyes."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from training.accounts.memberships.models import Membership
from training.internships.agreements import policies
from training.internships.agreements.models import Agreement, AgreementParty, AgreementPlacement, Signature
from training.internships.agreements.policies import visible_to
from training.internships.agreements.workflow import State
from training.internships.openings.models import Opening
from training.internships.placements import limits
from training.internships.placements import queries as placements
from training.internships.placements.limits import Check
from training.internships.placements.models import Placement
from training.kernel.db import NotFound, by_id, db
from training.kernel.i18n import _
from training.kernel.policy import Actor, Bearer, System
from training.kernel.prepared import by_key
from training.kernel.workflow import Party
from training.turns.models import OpenTurn


def _whole(query: Select[Agreement]) -> Select[Agreement]:
    side = selectinload(Agreement.sides)
    signature = side.joinedload(AgreementParty.signature)
    stay = selectinload(Agreement.annex).joinedload(AgreementPlacement.placement)
    return query.options(
        joinedload(Agreement.school),
        joinedload(Agreement.employer),
        joinedload(Agreement.file),
        side.joinedload(AgreementParty.organisation),
        side.joinedload(AgreementParty.guardian),
        signature.joinedload(Signature.membership).joinedload(Membership.account),
        signature.joinedload(Signature.guardian),
        stay.joinedload(Placement.trainee),
        stay.joinedload(Placement.employer),
        stay.joinedload(Placement.school),
        stay.joinedload(Placement.mentor).joinedload(Membership.account),
        stay.joinedload(Placement.opening).joinedload(Opening.employer),
    )


_BY_ID = by_key(lambda actor: _whole(visible_to(actor)), Agreement.id)


def agreement(actor: Actor, agreement_id: int) -> Agreement:
    """One agreement with its parties, signatures and annexed placements."""
    return _BY_ID.one(actor, key=agreement_id)


def each(actor: Actor, ids: Collection[int]) -> dict[int, Agreement]:
    """Those agreements of the ids that the actor may see, as whole as one alone."""
    return by_id(_whole(visible_to(actor)).where(Agreement.id.in_(ids)))


def by_link(actor: Actor) -> Agreement:
    """The agreement that a link was sent for."""
    if not isinstance(actor, Bearer):
        raise NotFound
    return agreement(actor, actor.subject_id)


def from_page(actor: Actor, agreement_id: int) -> Agreement:
    """One of the agreements that stand on the page of the guardian whose link somebody holds."""
    found = db.session.scalars(_whole(policies.signed_by_guardian(actor)).where(Agreement.id == agreement_id)).one_or_none()
    if found is None:
        raise NotFound
    return found


def of_guardian(actor: Actor) -> Sequence[tuple[Agreement, AgreementParty, datetime | None]]:
    """What stands on a guardian's page, newest first: the agreement with its employer, the guardian's side of it, and until when it waits for them."""
    side = aliased(AgreementParty)
    mine = and_(side.agreement_id == Agreement.id, side.party == Party.GUARDIAN)
    turn = and_(OpenTurn.subject_kind == Agreement.__tablename__, OpenTurn.subject_id == Agreement.id, OpenTurn.party == Party.GUARDIAN)
    query = (
        policies.signed_by_guardian(actor)
        .join(side, mine)
        .outerjoin(OpenTurn, turn)
        .add_columns(side, OpenTurn.due_at)
        .options(joinedload(Agreement.employer), joinedload(side.signature))
    )
    return [(one, side, due) for one, side, due in db.session.execute(query.order_by(Agreement.id.desc()))]


def again(agreement: Agreement) -> Agreement:
    """The agreement as it is now, signatures and placements included."""
    query = _whole(select(Agreement).where(Agreement.id == agreement.id)).execution_options(populate_existing=True)
    return db.session.scalars(query).one()


def of_placement(actor: Actor, placement: Placement) -> Agreement | None:
    """The newest agreement that annexes a placement, cancelled ones last."""
    annexed = select(AgreementPlacement.agreement_id).where(AgreementPlacement.placement_id == placement.id)
    query = visible_to(actor).where(Agreement.id.in_(annexed)).order_by(Agreement.state == State.CANCELLED, Agreement.id.desc())
    return db.session.scalars(query.limit(1)).one_or_none()


def live_of(placement_id: int) -> list[Agreement]:
    """The agreements of a placement that are not cancelled."""
    annexed = select(AgreementPlacement.agreement_id).where(AgreementPlacement.placement_id == placement_id)
    query = select(Agreement).where(Agreement.id.in_(annexed), Agreement.state != State.CANCELLED)
    return list(db.session.scalars(_whole(query).order_by(Agreement.id)))


def count_of_year(school_id: int, year: int) -> int:
    """How many agreements a school has numbered in a year."""
    query = select(func.count()).where(Agreement.school_id == school_id, Agreement.number.contains(f"-{year}-"))
    return db.session.scalar(query) or 0


def checks(agreement: Agreement) -> list[Check]:
    """Everything looked at before signing: hours, nights and hazards by age, and each mentor's load."""
    found: list[Check] = []
    for row in agreement.annex:
        stay = row.placement
        found += limits.checks(stay, placements.rule_for(stay))
        if stay.mentor is not None and stay.mentor_id is not None:
            held, most = placements.load_of(stay.mentor_id), placements.limit_of(stay)
            text = _("%(mentor)s has %(held)d of %(most)d trainees", mentor=stay.mentor.name, held=held, most=most)
            found.append(Check(_("Mentor’s load"), text, held <= most))
    return found


def for_letters(agreement_id: int) -> Agreement:
    """An agreement, for the letters sent to those who sign."""
    return agreement(System("notices"), agreement_id)
