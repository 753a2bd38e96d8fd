"""Asking a page's rule what a role may, without a record: by one that answers every question of whose it is with “yours”."""

from typing import Any

from training.kernel.pages import Page
from training.kernel.policy import Member, OrganisationKind, Role

ME, SOMEBODY, HERE = 1, 2, 1
_OWNERS = {"school_id": OrganisationKind.SCHOOL, "employer_id": OrganisationKind.EMPLOYER, "authority_id": OrganisationKind.AUTHORITY}


class Record:
    """Any record of the actor's organisation; `named` when it also names the actor: as its author, its mentor, its panel."""

    def __init__(self, kind: OrganisationKind, *, named: bool) -> None:
        """A record of an organisation of that kind."""
        self.kind = kind
        self.account_id = ME if named else SOMEBODY
        self.organisation_id = self.id = HERE

    def __getattr__(self, name: str) -> Any:
        """What belongs to it is the organisation's as well; what another kind of organisation owns is not."""
        if name.startswith("__"):
            raise AttributeError(name)
        if name in _OWNERS:
            return HERE if _OWNERS[name] is self.kind else None
        if name.endswith(("_id", "_by")):
            return self.account_id
        return self


def member(kind: OrganisationKind, role: Role) -> Member:
    """Somebody with one role."""
    return Member(ME, HERE, kind, frozenset({role}))


def may(page: Page, kind: OrganisationKind, role: Role, *, named: bool) -> bool:
    """What the page's rule says to somebody with one role, about a record of their organisation."""
    actor = member(kind, role)
    return page.may(actor) if page.subject is None else page.may(actor, Record(kind, named=named))
