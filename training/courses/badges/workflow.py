"""What keys badges are signed with, and what a check of one finds."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l


class Algorithm(kernel.State):
    """How a badge is signed; values as JOSE has them."""

    RS256 = "RS256", _l("RSA with SHA-256"), "secondary"
    EDDSA = "EdDSA", _l("Ed25519"), "secondary"


class Verdict(kernel.State):
    """What a check of a badge finds."""

    VALID = "valid", _l("Valid"), "success"
    REVOKED = "revoked", _l("Revoked"), "danger"
    EXPIRED = "expired", _l("Expired"), "warning"
    BROKEN = "broken", _l("Signature broken"), "danger"
    FOREIGN = "foreign", _l("Not issued here"), "secondary"
    UNREADABLE = "unreadable", _l("Not a badge"), "secondary"


class Event(kernel.Event):
    """What happens to the keys."""

    MADE = "signing_key.made", _l("Signing key made")
    RETIRED = "signing_key.retired", _l("Signing key retired")
