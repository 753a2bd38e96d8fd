"""Compact signed tokens (JWS): written and read with the two algorithms that badges know, and with no other."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NoBase64
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError

from training.courses.badges.sealing import Pair
from training.courses.badges.workflow import Algorithm


class _Known(jws.JWSRegistry):
    """Our two algorithms. Other readers of badges know Ed25519 by its older name only, so that one is used, and joserfc need not warn of it."""

    def get_alg(self, name: str) -> Any:
        """The algorithm of that name; any other is refused."""
        return self.algorithms[Algorithm(name)]


_KNOWN = _Known(algorithms=[one.value for one in Algorithm])


def written(claims: dict[str, Any], header: dict[str, str], algorithm: Algorithm, key: Pair) -> str:
    """The claims as a signed token."""
    content = json.dumps(claims, ensure_ascii=False, separators=(",", ":")).encode()
    return jws.serialize_compact({"alg": algorithm.value, **header}, content, key, registry=_KNOWN)


def parts(token: str) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Header and claims as they stand there, believed by nobody yet; None when they cannot be read.

    Each part has one spelling only: a last letter that differs in bits which do not count is a changed token too.
    """
    pieces = token.split(".")
    try:
        raw = [urlsafe_b64decode(piece + "=" * (-len(piece) % 4)) for piece in pieces]
        canonical = [urlsafe_b64encode(one).rstrip(b"=").decode() for one in raw]
        header, claims = json.loads(raw[0]), json.loads(raw[1])
    except (NoBase64, ValueError, IndexError, RecursionError):
        return None
    sound = len(pieces) == 3 and canonical == pieces and isinstance(header, dict) and isinstance(claims, dict)
    return (header, claims) if sound else None


def verifies(token: str, key: Pair) -> bool:
    """Whether that key has signed the token; that it names the key's own algorithm has been asked before."""
    try:
        jws.deserialize_compact(token, key, registry=_KNOWN)
    except (JoseError, ValueError):
        return False
    return True
