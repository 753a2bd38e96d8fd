"""What a pasted badge is worth: read with suspicion, verified with our own keys only, then compared with the record."""

from dataclasses import dataclass
from typing import Any

from training.courses.badges import queries, sealing, tokens
from training.courses.badges.content import Site
from training.courses.badges.workflow import Verdict
from training.courses.credentials.models import Credential
from training.courses.credentials.workflow import State
from training.kernel import clock

LONGEST = 100_000
"""Characters of a badge."""


@dataclass(frozen=True)
class Finding:
    """What was found, and of which credential where that is sure."""

    verdict: Verdict
    credential: Credential | None = None


def check(token: str, site: Site) -> Finding:
    """What a badge is worth today."""
    token = "".join(token.split())
    if len(token) > LONGEST or token.count(".") != 2 or not token.isascii():
        return Finding(Verdict.UNREADABLE)
    read = tokens.parts(token)
    if read is None:
        return Finding(Verdict.BROKEN)
    header, claims = read
    key = queries.known(str(header.get("kid")).removeprefix(site.key(""))[:60])
    if key is None:
        return Finding(Verdict.BROKEN if str(claims.get("iss")).startswith(f"{site.url}/") else Verdict.FOREIGN)
    own = header.get("alg") == key.algorithm.value
    if not own or not tokens.verifies(token, sealing.public_half(key.algorithm, key.public)):
        return Finding(Verdict.BROKEN)
    return _compared(claims, site)


def _compared(claims: dict[str, Any], site: Site) -> Finding:
    """What the record says of a badge that is ours; other things that we sign, such as status lists, are none."""
    if "OpenBadgeCredential" not in claims.get("type", ()):
        return Finding(Verdict.UNREADABLE)
    credential = queries.of_slug(str(claims.get("jti")).removeprefix(site.credential("")))
    if credential is None:
        return Finding(Verdict.FOREIGN)
    if credential.state is State.REVOKED:
        return Finding(Verdict.REVOKED, credential)
    return Finding(Verdict.EXPIRED if credential.expired(clock.today(credential.school.zone)) else Verdict.VALID, credential)
