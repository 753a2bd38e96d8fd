"""Making keys and keeping their private halves: sealed with the installation's secret, so that a copy of the database signs nothing."""

import json
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any

from flask import current_app
from joserfc import jwe
from joserfc.jwk import OctKey, OKPKey, RSAKey

from training.courses.badges.workflow import Algorithm

Pair = RSAKey | OKPKey
BITS = 2048
"""Of an RSA key."""


@dataclass(frozen=True)
class Made:
    """A fresh pair, ready to be kept."""

    name: str
    algorithm: Algorithm
    public: dict[str, Any]
    sealed: str


def made(algorithm: Algorithm) -> Made:
    """A fresh pair of keys; an RSA key takes a part of a second."""
    pair: Pair = RSAKey.generate_key(BITS) if algorithm is Algorithm.RS256 else OKPKey.generate_key("Ed25519")
    name = pair.thumbprint()
    public = {**pair.as_dict(private=False), "kid": name, "alg": algorithm.value, "use": "sig"}
    return Made(name, algorithm, public, _sealed(json.dumps(pair.as_dict(private=True)), _lock()))


def opened(algorithm: Algorithm, sealed: str) -> Pair:
    """The private half; kept in memory once opened, because reading an RSA key takes as long as a hundred signatures."""
    return _opened(algorithm, sealed, _lock())


def public_half(algorithm: Algorithm, public: dict[str, Any]) -> Pair:
    """A public half that is ready to verify."""
    bare = {name: value for name, value in public.items() if name in ("kty", "n", "e", "crv", "x")}
    return RSAKey.import_key(bare) if algorithm is Algorithm.RS256 else OKPKey.import_key(bare)


def _lock() -> bytes:
    """The key that seals, from the installation's secret and for this purpose alone."""
    return sha256(b"badges.sealing\0" + current_app.config["CADRE"].secret.encode()).digest()


def _sealed(text: str, lock: bytes) -> str:
    return jwe.encrypt_compact({"alg": "dir", "enc": "A256GCM"}, text.encode(), OctKey.import_key(lock))


@lru_cache(8)
def _opened(algorithm: Algorithm, sealed: str, lock: bytes) -> Pair:
    private = json.loads(jwe.decrypt_compact(sealed, OctKey.import_key(lock)).plaintext or b"")
    return RSAKey.import_key(private) if algorithm is Algorithm.RS256 else OKPKey.import_key(private)
