"""Students from a OneRoster bundle among a school's trainees, where the bundle says less of them than a roster."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from training.exchange.importers import Row
from training.kernel import keys
from training.kernel.db import among, db
from training.kernel.i18n import _l
from training.kernel.policy import Actor, Member
from training.trainees.profiles.models import Trainee
from training.trainees.profiles.policies import standing


def settle(actor: Actor, rows: Sequence[Row]) -> None:
    """Whoever has the e-mail address and the names of one trainee of the school is that trainee, unless more is said and says otherwise; others need a birth date."""
    assert isinstance(actor, Member)
    known = _known(actor.organisation_id, [row.values["email"] for row in rows if row.values["email"]])
    for row in rows:
        said = row.values
        found = known.get(_as(said["email"], said["family_name"], said["given_name"]))
        if found is not None and said["born_on"] in (None, found.born_on) and _agree(said["patronymic"], found.patronymic):
            said["born_on"], said["patronymic"] = found.born_on, found.patronymic
        if said["born_on"] is None:
            row.wrong("born_on", _l("The date of birth is missing, or cannot be read: demographics.csv has it by the same sourcedId."))


def _known(school_id: int, emails: Sequence[str]) -> dict[tuple[str, str, str], Trainee]:
    """The trainees of a school with these addresses, by address and names; nobody where two are alike."""
    query = select(Trainee).where(standing(), Trainee.school_id == school_id, among(Trainee.email, emails)).order_by(Trainee.id)
    found: dict[tuple[str, str, str], Any] = {}
    for one in db.session.scalars(query):
        key = _as(one.email, one.family_name, one.given_name)
        found[key] = None if key in found else one
    return {key: one for key, one in found.items() if one is not None}


def _agree(said: str | None, known: str | None) -> bool:
    """Whether two patronymics may be one: where one is missing it is left open."""
    return not said or not known or keys.sort_key(said) == keys.sort_key(known)


def _as(email: str | None, family_name: str, given_name: str) -> tuple[str, str, str]:
    return keys.email_key(email or ""), keys.sort_key(family_name), keys.sort_key(given_name)
