"""Signed badges and status lists, made when they are asked for: nothing of them is kept."""

from typing import Any

from flask import current_app
from joserfc.errors import JoseError

from training.courses.badges import content, queries, sealing, tokens
from training.courses.badges.content import Site
from training.courses.badges.workflow import Algorithm
from training.courses.credentials import queries as credentials
from training.courses.credentials.models import Credential
from training.courses.programmes import queries as programmes
from training.kernel import clock
from training.kernel.db import NotFound
from training.organisations.models import Organisation


def site() -> Site:
    """Where this installation is found."""
    return Site(current_app.config["CADRE"].public_url)


def badge(credential: Credential, algorithm: Algorithm) -> str:
    """The signed badge of an issued credential."""
    version = credentials.studied(credential)
    skills = [skill for skill, _level in programmes.skills_of(version.id)]
    return _signed(content.badge(credential, version, skills, site(), algorithm), algorithm, "JWT")


def status_list(school: Organisation, number: int, algorithm: Algorithm) -> str:
    """The signed list of what a school has revoked, as it is now."""
    revoked = queries.revoked(school.id, number)
    return _signed(content.status_list(school, number, revoked, site(), algorithm, clock.now().date()), algorithm, "vc+jwt")


def _signed(claims: dict[str, Any], algorithm: Algorithm, kind: str) -> str:
    """Signed by the key of now; NotFound in the first minute of an installation, which has none yet."""
    key = queries.current(algorithm)
    if key is None or key.sealed is None:
        raise NotFound
    try:
        private = sealing.opened(algorithm, key.sealed)
    except (JoseError, ValueError) as error:  # the secret that sealed it is another now: `flask badges rotate-keys` mends it
        current_app.logger.error("The signing key %s cannot be opened; make new ones with flask badges rotate-keys.", key.id)
        raise NotFound from error
    return tokens.written(claims, {"typ": kind, "kid": site().key(key.name)}, algorithm, private)
