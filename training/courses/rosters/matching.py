"""Which cohort of a school a class of a bundle is."""

import re
from collections.abc import Collection
from hashlib import sha256

from flask import current_app
from sqlalchemy import or_, select

from training.courses.cohorts.models import Cohort
from training.courses.rosters.models import RosterClass
from training.kernel.db import among, db
from training.kernel.keys import sort_key
from training.kernel.policy import Actor, Member
from training.organisations.models import Organisation


def source_of(sourced_id: str) -> str:
    """What is kept of a class's sourcedId."""
    return sha256(sourced_id.encode("utf-8", "replace")).hexdigest()


class Matching:
    """The cohorts of a school that classes may mean: three statements, however many classes."""

    def __init__(self, actor: Actor, classes: Collection[tuple[str, str]]) -> None:
        """With the classes by sourcedId and code."""
        assert isinstance(actor, Member)
        self.school = db.session.get_one(Organisation, actor.organisation_id)
        self._own = re.compile(re.escape(f"{current_app.config['CADRE'].public_url}/o/{self.school.slug}/cohorts/") + r"([0-9]{1,9})")
        ties = select(RosterClass.source, RosterClass.cohort_id).where(
            RosterClass.school_id == self.school.id, among(RosterClass.source, [source_of(key) for key, _code in classes])
        )
        self._ties = {source: cohort_id for source, cohort_id in db.session.execute(ties)}  # noqa: C416 -- a result is no mapping
        ids = {*self._ties.values(), *(self._address(key) for key, _code in classes)}
        meant = or_(among(Cohort.id, sorted(ids)), among(Cohort.code_key, sorted({sort_key(code) for _key, code in classes})))
        query = select(Cohort).where(Cohort.school_id == self.school.id, meant).order_by(Cohort.id)
        found = db.session.scalars(query, execution_options={"populate_existing": True}).all()
        self._by_id = {one.id: one for one in found}
        self._by_code = {one.code_key: one for one in found}

    def _address(self, key: str) -> int:
        """The number of a cohort of ours in an address of ours, 0 in any other key."""
        own = self._own.fullmatch(key)
        return int(own[1]) if own else 0

    def known(self, key: str) -> Cohort | None:
        """The cohort that the class was told to be before, or whose own address it has."""
        return self._by_id.get(self._ties.get(source_of(key), 0)) or self._by_id.get(self._address(key))

    def cohort(self, key: str, code: str) -> Cohort | None:
        """The cohort that the class is: as it was told before, by its address, else by its code."""
        return self.known(key) or self._by_code.get(sort_key(code))
