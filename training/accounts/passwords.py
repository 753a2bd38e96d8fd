"""Passwords: hashing at configured cost, few at a time, and the sentence that says why one is too weak."""

from collections.abc import Sequence
from functools import lru_cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from training.kernel.i18n import LazyString, _l

LONGEST = 200
SHORTEST = 10
_AT_ONCE = BoundedSemaphore(2)
_NOBODYS = "a password that no account has"


@lru_cache(maxsize=4)
def hasher(memory: int, passes: int, lanes: int) -> PasswordHasher:
    """argon2id at the given cost (KiB, passes, lanes)."""
    return PasswordHasher(time_cost=passes, memory_cost=memory, parallelism=lanes)


@lru_cache(maxsize=4)
def _nobody(cost: tuple[int, int, int]) -> str:
    return hasher(*cost).hash(_NOBODYS)


def hashed(password: str, cost: tuple[int, int, int]) -> str:
    """The hash to store."""
    with _AT_ONCE:
        return hasher(*cost).hash(password[:LONGEST])


def fits(password: str, stored: str | None, cost: tuple[int, int, int]) -> bool:
    """Whether the password is the stored one; takes as long when there is none."""
    with _AT_ONCE:
        try:
            hasher(*cost).verify(stored or _nobody(cost), password[:LONGEST])
        except (VerificationError, InvalidHashError):
            return False
    return stored is not None


def why_not(password: str, about: Sequence[str] = ()) -> list[str | LazyString]:
    """Why a password is too weak, or nothing; zxcvbn judges at most 72 characters."""
    if len(password) < SHORTEST:
        return [_l("At least %(least)d characters. Three or four unrelated words are easy to remember.", least=SHORTEST)]
    if zxcvbn(password[:72], user_inputs=[word for word in about if word])["score"] < 3:
        return [_l("This password is easy to guess. Add an unrelated word or two.")]
    return []
