"""Who acts, and the two questions every service asks: may they, and can it be now."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from training.kernel.i18n import LazyString, _l


class OrganisationKind(StrEnum):
    """What an organisation is here for."""

    SCHOOL = "school"
    EMPLOYER = "employer"
    AUTHORITY = "authority"
    OPERATOR = "operator"

    @property
    def label(self) -> LazyString:
        """The kind in the reader's words."""
        return _KIND_LABELS[self]


class Role(StrEnum):
    """What a member does for an organisation."""

    MANAGER = "manager"
    TEACHER = "teacher"
    PLACEMENT_OFFICER = "placement_officer"
    RECRUITER = "recruiter"
    MENTOR = "mentor"
    COORDINATOR = "coordinator"
    SUBSIDY_OFFICER = "subsidy_officer"
    AUDITOR = "auditor"
    OPERATOR = "operator"

    @property
    def label(self) -> LazyString:
        """The role in the reader's words."""
        return _ROLE_LABELS[self]

    @property
    def bit(self) -> int:
        """The role's place in a set of roles kept as one integer."""
        return 1 << list(Role).index(self)


ROLES_OF = {
    OrganisationKind.SCHOOL: (Role.MANAGER, Role.TEACHER, Role.PLACEMENT_OFFICER),
    OrganisationKind.EMPLOYER: (Role.MANAGER, Role.RECRUITER, Role.MENTOR),
    OrganisationKind.AUTHORITY: (Role.COORDINATOR, Role.SUBSIDY_OFFICER, Role.AUDITOR),
    OrganisationKind.OPERATOR: (Role.OPERATOR,),
}
"""The roles that an organisation of each kind has; the first is the one it never loses its last of."""

_KIND_LABELS = {
    OrganisationKind.SCHOOL: _l("School"),
    OrganisationKind.EMPLOYER: _l("Employer"),
    OrganisationKind.AUTHORITY: _l("Authority"),
    OrganisationKind.OPERATOR: _l("Operator"),
}
_ROLE_LABELS = {
    Role.MANAGER: _l("Manager"),
    Role.TEACHER: _l("Teacher"),
    Role.PLACEMENT_OFFICER: _l("Placement officer"),
    Role.RECRUITER: _l("Recruiter"),
    Role.MENTOR: _l("Mentor"),
    Role.COORDINATOR: _l("Coordinator"),
    Role.SUBSIDY_OFFICER: _l("Subsidy officer"),
    Role.AUDITOR: _l("Auditor"),
    Role.OPERATOR: _l("Operator"),
}


@dataclass(frozen=True)
class Member:
    """A person acting for an organisation, in the roles held there."""

    account_id: int
    organisation_id: int
    kind: OrganisationKind
    roles: frozenset[Role]


@dataclass(frozen=True)
class Learner:
    """A person acting as the trainee they are."""

    account_id: int
    trainee_id: int


@dataclass(frozen=True)
class Bearer:
    """Whoever holds a signed link, for the one purpose it was given."""

    link_id: int
    purpose: str
    subject_id: int


@dataclass(frozen=True)
class Visitor:
    """Anybody on public pages; on the pages of one's own account, the account."""

    account_id: int | None = None


@dataclass(frozen=True)
class System:
    """A background task, acting for nobody."""

    task: str


Actor = Member | Learner | Bearer | Visitor | System

S = TypeVar("S")
Sentences = Sequence[str | LazyString]


class NotAllowed(Exception):
    """This actor may not do that: 403."""


class NotNow(Exception):
    """It cannot be done as things stand; says why, and what to do, in sentences: 409."""

    def __init__(self, *sentences: str | LazyString, field: str | None = None) -> None:
        """The sentences to show; `field` names the form field they belong to, if any."""
        super().__init__(*sentences)
        self.sentences = sentences
        self.field = field


def authorise(predicate: Callable[[Actor, S], bool], actor: Actor, subject: S) -> None:
    """Raises NotAllowed unless the predicate says yes."""
    if not predicate(actor, subject):
        raise NotAllowed(f"{predicate.__module__}.{predicate.__name__}")


def require(sentences: Sentences, *, field: str | None = None) -> None:
    """Raises NotNow when there is a reason against it, about that field if it is about one."""
    if sentences:
        raise NotNow(*sentences, field=field)


def holds(actor: Actor, *roles: Role, at: int | None) -> bool:
    """Whether the actor is a member of organisation `at` in one of the roles."""
    return isinstance(actor, Member) and at is not None and actor.organisation_id == at and not actor.roles.isdisjoint(roles)


def anyone(actor: Actor, subject: object = None) -> bool:
    """Everybody who can come through the page's doors."""
    return True


def any_member(actor: Actor, subject: object = None) -> bool:
    """Any member of any organisation."""
    return isinstance(actor, Member)


def any_learner(actor: Actor, subject: object = None) -> bool:
    """Any trainee."""
    return isinstance(actor, Learner)


def own_account(actor: Actor, subject: object = None) -> bool:
    """Anybody signed in, on the pages of their own account."""
    return isinstance(actor, Visitor) and actor.account_id is not None
