"""What accounts hand down: letters with links for their owners."""

from collections.abc import Callable

from flask import url_for

from training.accounts import queries, services
from training.accounts.models import Account
from training.accounts.workflow import Event, Notice, Purpose
from training.kernel.db import NotFound
from training.kernel.i18n import _l
from training.kernel.policy import Actor, System
from training.kernel.wiring import Kind, Topic, Wiring
from training.notices.models import Address


def find(actor: Actor, account_id: int) -> Account:
    """The account, for its owner and for the system."""
    if isinstance(actor, System):
        account = queries.by_id(account_id)
        if account is None:
            raise NotFound
        return account
    account = queries.own(actor)
    if account.id != account_id:
        raise NotFound
    return account


def page(actor: Actor, account: Account) -> str:
    """The account's page."""
    return url_for("accounts.show")


def by_link(purpose: Purpose) -> Callable[[int, int | None], Address | None]:
    """The address of an account that a link is sent to, with the link's token made at this moment."""

    def made(account_id: int, organisation_id: int | None) -> Address | None:
        account = queries.by_id(account_id)
        link = queries.newest_link(purpose, account_id)
        if account is None or link is None:
            return None
        return Address(account.email, account.name, account.language, None, f"/l/{services.mint(System('notices'), link)}")

    return made


WIRING = Wiring(
    kinds={"account": Kind(find=find, title=str, url=page)},
    events={event.value: event for event in Event},
    notices={notice.value: notice for notice in Notice},
    topics={"account": Topic(_l("Your account"), frozenset({"trainee", "school", "employer", "authority", "operator"}))},
    addresses={"confirm": by_link(Purpose.CONFIRM), "reset": by_link(Purpose.RESET), "names": queries.names},
)
