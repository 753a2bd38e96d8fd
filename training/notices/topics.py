"""The catalogue: by what people choose their letters, what always comes and why, and the link that stops a topic."""

from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256

from flask import current_app
from itsdangerous import BadSignature, URLSafeTimedSerializer

from training.kernel.config import Config
from training.kernel.db import NotFound
from training.kernel.i18n import LazyString
from training.kernel.policy import Actor
from training.kernel.wiring import wired
from training.notices.workflow import Way

STOPS_FOR = 400 * 24 * 3600
"""Seconds that the link in a letter stops its topic: a year and a month."""
EVERYTHING = "*"
"""The topic of the morning's letter: all that comes in it."""


@dataclass(frozen=True)
class Listed:
    """A topic of the catalogue: how its letters come, and the reasons why some of them always do."""

    key: str
    label: LazyString
    way: Way
    must: list[LazyString]


@dataclass(frozen=True)
class Stopping:
    """What the link in a letter stops, for whom; without a label, the morning's letter."""

    account_id: int
    topic: str
    label: LazyString | None


def topic_of(name: str) -> str | None:
    """The topic of a notice, if people choose about it; None for one that always comes."""
    topic, notice = name.partition(".")[0], wired().notices.get(name)
    return topic if topic in wired().topics and not (notice is not None and notice.must) else None


def catalogue(capacities: Collection[str], chosen: dict[str, Way]) -> list[Listed]:
    """The topics that reach somebody in these capacities, in the reader's alphabet; those of which nothing can be chosen last."""
    found = []
    for key, topic in wired().topics.items():
        if topic.audience.isdisjoint(capacities):
            continue
        of = [notice for name, notice in wired().notices.items() if name.partition(".")[0] == key]
        must = list({str(notice.must): notice.must for notice in of if notice.must}.values())
        found.append((all(notice.must for notice in of), Listed(key, topic.label, chosen.get(key, Way.AT_ONCE), must)))
    return [one for _fixed, one in sorted(found, key=lambda pair: (pair[0], str(pair[1].label)))]


def is_fixed(key: str) -> bool:
    """Whether everything under a topic always comes."""
    under = [notice for name, notice in wired().notices.items() if name.partition(".")[0] == key]
    return bool(under) and all(notice.must for notice in under)


def stop_url(account_id: int, topic: str) -> str:
    """The whole address that stops a topic's letters to an account for whoever has the letter, and does nothing else."""
    return f"{_config().public_url}/letters/stop/{_signer().dumps([account_id, topic])}"


def stopping(actor: Actor, token: str) -> Stopping:
    """What such an address stops; NotFound when it is too old, not ours, or of a topic that is no more."""
    try:
        account_id, topic = _signer().loads(token, max_age=STOPS_FOR)
    except (BadSignature, ValueError, TypeError) as error:
        raise NotFound from error
    if topic != EVERYTHING and (topic not in wired().topics or is_fixed(topic)):
        raise NotFound
    return Stopping(account_id, topic, None if topic == EVERYTHING else wired().topics[topic].label)


def _signer() -> URLSafeTimedSerializer:
    """Signs with SHA-256, for this purpose alone."""
    return URLSafeTimedSerializer(_config().secret, salt="letters-stop", signer_kwargs={"digest_method": sha256})


def _config() -> Config:
    config: Config = current_app.config["CADRE"]
    return config
