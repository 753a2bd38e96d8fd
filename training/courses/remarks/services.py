"""Making remarks, answering them and settling them."""

from training.accounts.memberships.queries import reach
from training.audit.services import record
from training.courses.programmes.models import ProgrammeVersion
from training.courses.programmes.queries import modules_of
from training.courses.remarks import policies, queries
from training.courses.remarks.models import Remark
from training.courses.remarks.places import Place, places
from training.courses.remarks.workflow import LIFECYCLE, WRITERS, Event, Notice, State
from training.kernel import clock
from training.kernel.db import db, transaction
from training.kernel.db.transaction import reread
from training.kernel.i18n import _l
from training.kernel.policy import Member, NotNow, Role, System, authorise, require
from training.kernel.workflow import Party
from training.notices.models import Recipient
from training.notices.services import notify
from training.turns.services import ask, begin, move


@transaction()
def add(actor: Member, version: ProgrammeVersion, *, place: str, words: str) -> Remark:
    """A reviewer of the school says something of a section; `place` is named as `places` does."""
    authorise(policies.can_add, actor, version)
    require(policies.why_not_add(version))
    return put(actor, version, place=place, words=words)


@transaction()
def put(actor: Member, version: ProgrammeVersion, *, place: str, words: str) -> Remark:
    """A remark of somebody whose right its caller has asked, inside the caller's transaction, which holds the version."""
    about = _place(version, place)
    remark = Remark(
        version_id=version.id,
        programme_version=version,
        school_id=version.school_id,
        organisation_id=actor.organisation_id,
        author_id=actor.account_id,
        section=about.section,
        module_id=about.module.id if about.module else None,
        outcome_id=about.outcome_id,
        about=about.about,
        words=words,
        made_on=clock.today(version.programme.school.zone),
        state=State.OPEN,
    )
    db.session.add(remark)
    begin(actor, LIFECYCLE, remark)
    record(actor, Event.ADDED, remark, detail={"words": words}, version=version.id)
    writers = reach(version.school_id, *WRITERS)
    notify(Notice.ADDED, remark, to=[one for one in writers if one.id != actor.account_id])
    return remark


@transaction()
def answer(actor: Member, remark: Remark, *, answer: str) -> None:
    """Whoever writes the programme says what became of it."""
    authorise(policies.can_answer, actor, remark)
    require(policies.why_not_move(_version(remark)))
    remark.answer, remark.answered_by = answer, actor.account_id
    move(actor, LIFECYCLE, "answer", remark)
    if remark.organisation_id == remark.school_id:
        ask(remark, Party.SCHOOL, "settle", roles=WRITERS, but=actor.account_id)
    record(actor, Event.ANSWERED, remark, detail={"answer": answer})
    notify(Notice.ANSWERED, remark, to=_side(remark, but=actor))


@transaction()
def settle(actor: Member, remark: Remark) -> None:
    """The side that made it is content, or takes it back."""
    authorise(policies.can_settle, actor, remark)
    require(policies.why_not_move(_version(remark)))
    move(actor, LIFECYCLE, "settle", remark)
    record(actor, Event.SETTLED, remark)
    writers = reach(remark.school_id, *WRITERS)
    notify(Notice.SETTLED, remark, to=[one for one in writers if one.id != actor.account_id])


@transaction()
def leave(actor: System, *, version_id: int) -> int:
    """The version is finished: nobody owes an answer any more; returns how many were left."""
    found = queries.left(version_id)
    for remark in found:
        move(actor, LIFECYCLE, "leave", remark)
        record(actor, Event.LEFT, remark)
    return len(found)


def _place(version: ProgrammeVersion, value: str) -> Place:
    """The section of that name, as the version is now."""
    found = next((one for one in places(modules_of(version.id)) if one.value == value), None)
    if found is None:
        raise NotNow(_l("This part was written anew in the meantime. Look at the page again."), field="place")
    return found


def _version(remark: Remark) -> ProgrammeVersion:
    """The version as it is now, locked: nobody publishes it meanwhile."""
    reread(db.session, remark.programme_version)
    return remark.programme_version


def _side(remark: Remark, *, but: Member) -> list[Recipient]:
    """Of the school whoever made it; of an employer its managers."""
    if remark.organisation_id == remark.school_id:
        return [one for one in reach(remark.school_id, *WRITERS) if one.id == remark.author_id != but.account_id]
    return reach(remark.organisation_id, Role.MANAGER)
