"""Setting quotas, and planning seats within them."""

from collections.abc import Mapping

from sqlalchemy import or_, update

from training.accounts.memberships.queries import reach
from training.audit.services import record
from training.courses.quotas import policies, queries
from training.courses.quotas.models import Quota
from training.courses.quotas.workflow import Event, Notice
from training.jobs.services import insert_once
from training.kernel import clock
from training.kernel.db import db, expect, transaction
from training.kernel.i18n import _l
from training.kernel.policy import Actor, NotNow, Role, authorise, require
from training.notices.services import notify
from training.organisations.models import Organisation


@transaction()
def add(actor: Actor, school: Organisation, *, code: str, year: int, seats: int, act: str) -> Quota:
    """The first quota of a code and year at a school; one that is there already is changed on its own page."""
    authorise(policies.can_set_at, actor, school)
    if not queries.is_known(code):
        raise NotNow(_l("No list of programmes has the code %(code)s. Codes look like 15.01.35.", code=code), field="code")
    quota = _kept(school.id, code, year)
    if quota.seats is not None:
        raise NotNow(_l("There is a quota for %(code)s and %(year)d already. Change it on its page.", code=code, year=year), field="code")
    _set(actor, quota, seats, act)
    return quota


@transaction()
def change(actor: Actor, quota: Quota, *, version: int, seats: int | None, act: str) -> None:
    """Another number by another act, or none any more; never fewer than the school has planned."""
    authorise(policies.can_set, actor, quota)
    expect(quota, version)
    _set(actor, quota, seats, act)


def _set(actor: Actor, quota: Quota, seats: int | None, act: str) -> None:
    require(policies.why_not_set(quota, seats), field="seats")
    statement = update(Quota).where(Quota.id == quota.id, Quota.planned <= (seats if seats is not None else Quota.planned))
    changed = db.session.execute(
        statement.values(seats=seats, act=act, set_on=clock.today(), version=Quota.version + 1).execution_options(synchronize_session=False)
    )
    if changed.rowcount == 0:  # type: ignore[attr-defined]
        raise NotNow(_l("The school has just planned more seats. Look at the numbers again."), field="seats")
    db.session.refresh(quota, ["seats", "act", "set_on", "version"])
    if seats is None:
        record(actor, Event.LIFTED, quota)
    else:
        record(actor, Event.SET, quota, seats=seats)
    notify(Notice.SET, quota, to=reach(quota.school_id, Role.MANAGER), seats=seats)


def plan(school_id: int, planned: Mapping[tuple[str, int], int]) -> None:
    """Within a transaction: by code and year, so many state seats more (negative: fewer) are planned; refused beyond a quota."""
    for (code, year), number in sorted(planned.items()):
        if number == 0:
            continue
        _kept(school_id, code, year)
        within = or_(Quota.seats.is_(None), Quota.planned + number <= Quota.seats) if number > 0 else Quota.planned + number >= 0
        statement = update(Quota).where(Quota.school_id == school_id, Quota.code == code, Quota.year == year, within)
        done = db.session.execute(statement.values(planned=Quota.planned + number).execution_options(synchronize_session=False))
        if done.rowcount == 0:  # type: ignore[attr-defined]
            raise NotNow(_over(school_id, code, year), field="state")


def _kept(school_id: int, code: str, year: int) -> Quota:
    """The row that counts, made with the first seat."""
    insert_once(Quota, {"school_id": school_id, "code": code, "year": year, "planned": 0, "version": 1}, "school_id", "code", "year")
    found = queries.of(school_id, code, year)
    assert found is not None, "it was there, or has just been made"
    return found


def _over(school_id: int, code: str, year: int) -> str:
    quota = queries.of(school_id, code, year)
    return str(
        _l(
            "The region pays for %(seats)d seats of %(code)s beginning in %(year)d at your school; %(left)d of them are left to plan.",
            seats=(quota and quota.seats) or 0,
            left=(quota and quota.left) or 0,
            code=code,
            year=year,
        )
    )
