"""Making and changing a profile."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from training.accounts.models import Account
from training.audit.services import record, record_each
from training.kernel import keys
from training.kernel.db import db, expect, transaction
from training.kernel.i18n import _l
from training.kernel.policy import Actor, Member, NotNow, authorise, require
from training.trainees.profiles import policies
from training.trainees.profiles.models import Trainee, identity_key
from training.trainees.profiles.workflow import Event, Visibility

NAMES = ("family_name", "given_name", "patronymic", "born_on")


@transaction()
def make(
    actor: Actor, account: Account, *, family_name: str, given_name: str, born_on: date, patronymic: str | None = None, **details: Any
) -> Trainee:
    """The learning side of an account: from now on its owner can apply."""
    authorise(policies.can_make, actor, None)
    require(policies.why_not_born(born_on))
    trainee = Trainee(slug=keys.slug(), account=account, email=account.email, **details)
    trainee.call(family_name=family_name, given_name=given_name, patronymic=patronymic, born_on=born_on)
    try:
        with db.session.begin_nested():
            db.session.add(trainee)
    except IntegrityError:
        raise NotNow(_l("You have a profile already.")) from None
    record(actor, Event.MADE, trainee)
    return trainee


@transaction()
def edit(actor: Actor, trainee: Trainee, *, version: int, **details: Any) -> None:
    """Changes contacts, town and what the trainee says of themselves."""
    authorise(policies.can_edit, actor, trainee)
    expect(trainee, version)
    for name, value in details.items():
        setattr(trainee, name, value)
    record(actor, Event.EDITED, trainee)


@transaction()
def show_to(actor: Actor, trainee: Trainee, *, visibility: Visibility) -> None:
    """Decides who may find the trainee."""
    authorise(policies.can_edit, actor, trainee)
    trainee.visibility = visibility
    record(actor, Event.VISIBILITY, trainee, visibility=visibility)


@transaction()
def take_over(actor: Actor, *, people: Sequence[Mapping[str, Any]]) -> int:
    """Adds a school's trainees from its roster, or changes what the roster says differently; returns how many people it touched.

    Each is family_name, given_name, patronymic, born_on and any of e-mail, phone, town, group and schooling; the people become
    visible to this school only. Blank values change nothing.
    """
    authorise(policies.can_take_over, actor, None)
    assert isinstance(actor, Member)
    rows = {identity_key(one["family_name"], one["given_name"], one["patronymic"], one["born_on"]): one for one in people}
    known = {
        one.identity_key: one
        for one in db.session.scalars(select(Trainee).where(Trainee.school_id == actor.organisation_id, Trainee.identity_key.in_(rows)))
    }
    for key, values in rows.items():
        details = {name: value for name, value in values.items() if name not in NAMES}
        if key in known:
            for name, value in details.items():
                setattr(known[key], name, value)
            continue
        trainee = Trainee(slug=keys.slug(), school_id=actor.organisation_id, visibility=Visibility.SCHOOL, **details)
        trainee.call(**{name: values[name] for name in NAMES})
        db.session.add(trainee)
        known[key] = trainee
    db.session.flush()  # the events need the keys of the new rows
    record_each(actor, Event.IMPORTED, [known[key] for key in rows])
    return len(rows)
