"""Finding allocations, and how those who accepted get on."""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from training.accounts.models import Account
from training.courses.allocations.models import Allocation
from training.courses.allocations.policies import visible_to
from training.courses.allocations.workflow import LIVE, OPEN, State
from training.courses.cohorts.models import Cohort
from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.prior import lack_of_each
from training.courses.enrolments.workflow import SEATED
from training.courses.programmes.models import Programme, ProgrammeVersion
from training.courses.purchases.models import SeatPurchase
from training.kernel.db import NotFound, by_id, db
from training.kernel.policy import Actor
from training.trainees.disclosures.policies import of_age_or_consented
from training.trainees.profiles.models import Trainee


def _whole(query: Select[Allocation]) -> Select[Allocation]:
    purchase = joinedload(Allocation.purchase)
    cohort = purchase.joinedload(SeatPurchase.cohort)
    return query.options(
        purchase.joinedload(SeatPurchase.employer),
        cohort.joinedload(Cohort.programme_version).joinedload(ProgrammeVersion.programme).joinedload(Programme.school),
        cohort.joinedload(Cohort.site),
    )


def allocation(actor: Actor, allocation_id: int) -> Allocation:
    """One allocation with its purchase, employer, cohort and programme."""
    return _one(_whole(visible_to(actor)).where(Allocation.id == allocation_id))


def by_slug(actor: Actor, slug: str) -> Allocation:
    """The allocation of a letter."""
    return _one(_whole(visible_to(actor)).where(Allocation.slug == slug))


def _one(query: Select[Allocation]) -> Allocation:
    found = db.session.scalars(query).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


def each(actor: Actor, ids: Collection[int]) -> dict[int, Allocation]:
    """Those allocations of the ids that the actor may see, as whole as one alone."""
    return by_id(_whole(visible_to(actor)).where(Allocation.id.in_(ids)))


def of_letter(actor: Actor, slug: str) -> str:
    """What stands in the address of a letter; whether there is such an allocation is not said."""
    return slug


def of_ids(ids: Collection[int]) -> Sequence[Allocation]:
    """The allocations of these keys, by key."""
    return db.session.scalars(select(Allocation).where(Allocation.id.in_(ids)).order_by(Allocation.id)).all()


def whole(actor: Actor, ids: Collection[int]) -> Sequence[Allocation]:
    """Those of these keys that the actor may see, as whole as one alone, by key."""
    return db.session.scalars(_whole(visible_to(actor)).where(Allocation.id.in_(ids)).order_by(Allocation.id)).unique().all()


def proposed(purchase_id: int) -> Sequence[Allocation]:
    """Those of a purchase who wait for approval, as whole as one alone, by key."""
    query = _whole(select(Allocation)).where(Allocation.purchase_id == purchase_id, Allocation.state == State.PROPOSED)
    return db.session.scalars(query.order_by(Allocation.id)).unique().all()


def count_proposed(purchase_id: int) -> int:
    """How many of a purchase wait for approval."""
    query = select(func.count()).where(Allocation.purchase_id == purchase_id, Allocation.state == State.PROPOSED)
    return db.session.scalar(query) or 0


def open_in(cohort_id: int) -> Sequence[Allocation]:
    """Those of a cohort who have not answered, as whole as one alone, by key."""
    query = _whole(select(Allocation)).where(Allocation.cohort_id == cohort_id, Allocation.state.in_(OPEN))
    return db.session.scalars(query.order_by(Allocation.id)).unique().all()


def left(enrolment_id: int) -> Allocation | None:
    """The allocation by which a seat was taken that its holder has left before completing, while that is not noted yet."""
    query = _whole(select(Allocation)).join(Allocation.enrolment)
    gone = (Allocation.state == State.ACCEPTED, Enrolment.id == enrolment_id, Enrolment.state.not_in(SEATED))
    return db.session.scalars(query.where(*gone)).unique().one_or_none()


def unmet(trainee: Trainee) -> Sequence[Allocation]:
    """The allocations at the confirmed address of a trainee's account that are not known to be theirs."""
    address = select(Account.email_key).where(Account.id == trainee.account_id, Account.confirmed_at.is_not(None)).scalar_subquery()
    query = select(Allocation).where(Allocation.email_key == address, Allocation.trainee_id.is_(None))
    return db.session.scalars(query.order_by(Allocation.id)).all()


def trainees_at(email_keys: Collection[str]) -> dict[str, tuple[int, int]]:
    """By confirmed address: the trainee who has the account, and the account."""
    query = select(Account.email_key, Trainee.id, Account.id).join(Trainee, Trainee.account_id == Account.id)
    rows = db.session.execute(
        query.where(Account.email_key.in_(email_keys), Account.confirmed_at.is_not(None), Account.blocked_at.is_(None))
    )
    return {key: (trainee, account) for key, trainee, account in rows if key is not None} if email_keys else {}


def unready(cohort: Cohort, email_keys: Collection[str]) -> set[str]:
    """At which addresses nobody is known to meet what the cohort's programme builds on, as far as an employer may learn of them.

    An address that nobody has here, and somebody under 18 without a guardian's consent, look like somebody who has completed nothing.
    No statement where the programme builds on nothing; else at most six, however many addresses.
    """
    if not email_keys or db.session.get_one(ProgrammeVersion, cohort.version_id).needs is None:
        return set()
    known = {key: trainee_id for key, (trainee_id, _account) in trainees_at(email_keys).items()}
    open_to_all = select(Trainee.id).where(Trainee.id.in_(known.values()), of_age_or_consented())
    seen = set(db.session.scalars(open_to_all))
    lacking = lack_of_each(sorted(seen), cohort)
    return {key for key in email_keys if known.get(key) not in seen or known[key] in lacking}


def unready_among(cohort: Cohort, nominees: Sequence[Allocation]) -> set[str]:
    """The same of the addresses of those among the nominees of a cohort who have not answered."""
    return unready(cohort, {one.email_key for one in nominees if one.state in OPEN})


def named(actor: Actor, cohort_ids: Collection[int], email_keys: Collection[str]) -> Sequence[Allocation]:
    """The actor's own allocations of these cohorts at these addresses, in any state, oldest first."""
    query = visible_to(actor).where(Allocation.cohort_id.in_(cohort_ids), Allocation.email_key.in_(email_keys))
    return db.session.scalars(query.order_by(Allocation.id)).all() if cohort_ids else []


def taken(cohort_ids: Collection[int], email_keys: Collection[str]) -> set[tuple[int, str]]:
    """Which addresses are nominated for which of these cohorts, by whichever employer."""
    query = select(Allocation.cohort_id, Allocation.email_key).where(
        Allocation.cohort_id.in_(cohort_ids), Allocation.email_key.in_(email_keys), Allocation.state.in_(LIVE)
    )
    return {(cohort, key) for cohort, key in db.session.execute(query)} if cohort_ids else set()


def now(ids: Collection[int]) -> dict[int, tuple[str, int]]:
    """Names and versions of allocations, by id."""
    query = select(Allocation).where(Allocation.id.in_(ids)).execution_options(populate_existing=True)
    return {one.id: (one.name, one.version) for one in db.session.scalars(query)}
