"""What happens to accounts, and what their owners are told."""

from enum import StrEnum

from training.kernel import workflow as kernel
from training.kernel.i18n import _l


class Event(kernel.Event):
    """What happens to an account."""

    SIGNED_UP = "account.signed_up", _l("Signed up")
    LOGIN_GIVEN = "account.login_given", _l("Login name given")
    CONFIRMED = "account.confirmed", _l("E-mail confirmed")
    SIGNED_IN = "account.signed_in", _l("Signed in")
    SIGNED_OUT = "account.signed_out", _l("Signed out")
    RESET_ASKED = "account.reset_asked", _l("New password asked for")
    PASSWORD_CHANGED = "account.password_changed", _l("Password changed")
    SESSION_ENDED = "account.session_ended", _l("Session ended from another device")
    BLOCKED = "account.blocked", _l("Blocked")
    REFUSED = "account.refused", _l("Was refused a page")


class Notice(kernel.Notice):
    """What an account's owner is told."""

    CONFIRM = "account.confirm", _l("They are about the safety of your account.")
    KNOWN = "account.known", _l("They are about the safety of your account.")
    RESET = "account.reset", _l("They are about the safety of your account.")
    PASSWORD_CHANGED = "account.password_changed", _l("They are about the safety of your account.")


class Purpose(StrEnum):
    """What a signed link is for."""

    CONFIRM = "confirm"
    RESET = "reset"
    INVITATION = "invitation"
    CONSENT = "consent"
    SIGNING = "signing"
    CLAIM = "claim"
    CARD = "card"
