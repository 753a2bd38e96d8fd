"""What profiles hand down: everybody's address as the trainee or member they are."""

from training.accounts import queries as accounts
from training.accounts.memberships import queries as memberships
from training.kernel.policy import Learner, Visitor
from training.kernel.wiring import Wiring
from training.notices.models import Address
from training.organisations import queries as organisations
from training.trainees.profiles import queries, roster
from training.trainees.profiles.workflow import Event


def address(account_id: int, organisation_id: int | None) -> Address | None:
    """An account's owner: as a member where told so, else as the trainee they are, else as themselves."""
    account = accounts.by_id(account_id)
    if account is None or account.blocked_at is not None:
        return None
    acting = memberships.acting(account_id, organisation_id) if organisation_id else self_of(account_id)
    if acting is None:
        return None
    zone = organisations.zone_of(organisation_id) if organisation_id else queries.zone_of(account_id)
    return Address(account.email, account.name, account.language, acting, zone=zone)


def self_of(account_id: int) -> Learner | Visitor:
    """The account's owner: the trainee they are, or nobody in particular."""
    trainee_id = queries.id_of(account_id)
    return Learner(account_id, trainee_id) if trainee_id is not None else Visitor(account_id)


def capacities(account_id: int) -> set[str]:
    """As what somebody is told things: a trainee, and a member of each kind of organisation."""
    own = {"trainee"} if queries.id_of(account_id) is not None else set()
    return own | {one.kind.value for one in memberships.current(account_id)}


WIRING = Wiring(
    events={event.value: event for event in Event},
    addresses={"account": address, "capacities": capacities},
    importers={"trainees": roster.IMPORTER},
)
