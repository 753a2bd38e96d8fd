"""What happens to login cards, and where one stands."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l


class State(kernel.State):
    """Where a card stands."""

    OPEN = "open", _l("Not used yet"), "warning"
    USED = "used", _l("Used"), "success"
    REPLACED = "replaced", _l("Replaced by a newer card"), "secondary"
    EXPIRED = "expired", _l("Expired"), "secondary"


class Event(kernel.Event):
    """What happens to cards and sheets of them."""

    SHEET_MADE = "card_sheet.made", _l("Login cards made")
    SHEET_PRINTED = "card_sheet.printed", _l("Sheet of login cards ready to print")
    SHEET_REMOVED = "card_sheet.removed", _l("Sheet of login cards removed after its days")
    GIVEN = "login_card.given", _l("Login card given by the school")
    USED = "login_card.used", _l("Signed in by the card and set a password")
