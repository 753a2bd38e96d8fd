"""Receipts for forms: the same form sent twice acts once. Also the counters of the rate limits' own storage."""

import json
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from training.kernel import clock
from training.kernel.db import Record, db, open_with, writing
from training.kernel.db.types import Digest, Key, Line
from training.kernel.register import Keep, Purpose, Register


class Receipt(Record):
    """One form that has been acted on, and where its sender was sent."""

    __tablename__ = "receipt"

    key: Mapped[Key] = mapped_column(unique=True)
    fields: Mapped[Digest]
    answer: Mapped[Line | None]
    made_at: Mapped[datetime] = mapped_column(index=True)

    __register__ = Register("receipt", purpose=Purpose.OPERATION, keep=Keep.MOMENT)


class LimitCounter(Record):
    """How often something was tried within a window."""

    __tablename__ = "limit_counter"

    key: Mapped[Key] = mapped_column(unique=True)
    count: Mapped[int]
    until_at: Mapped[datetime] = mapped_column(index=True)

    __register__ = Register("limit_counter", purpose=Purpose.OPERATION, keep=Keep.MOMENT)


_RECEIPT: Any = Receipt.__table__
_ADD = insert(_RECEIPT)
_ANSWER = update(_RECEIPT).where(_RECEIPT.c.key == bindparam("of"))


class SentTwice(Exception):
    """This form has been acted on already."""


def digest(fields: dict[str, list[str]]) -> str:
    """A fingerprint of what was typed, the tokens left aside."""
    typed = {name: values for name, values in fields.items() if name not in {"csrf_token", "receipt_key"}}
    return sha256(json.dumps(typed, sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()


def bind(key: str, fields: str) -> None:
    """The coming transaction begins with the receipt; SentTwice when there is one already."""

    def first(session: Session) -> None:
        try:
            session.connection().execute(_ADD, [{"key": key, "fields": fields, "made_at": clock.now()}])
        except IntegrityError as error:
            raise SentTwice from error

    open_with(first)


def unbind() -> None:
    """Forgets a receipt that no transaction has taken up."""
    db.session.info.pop("openings", None)


def find(key: str) -> Any:
    """The receipt as (fields, answer), or None."""
    return db.session.execute(select(Receipt.fields, Receipt.answer).where(Receipt.key == key)).one_or_none()


def first_time(session: Session, key: str) -> bool:
    """Whether the key has no receipt yet; from now on it has one."""
    upsert = postgresql_insert if session.get_bind().dialect.name == "postgresql" else sqlite_insert
    new = (
        upsert(Receipt).values(key=key, fields="", made_at=clock.now()).on_conflict_do_nothing(index_elements=["key"]).returning(Receipt.id)
    )
    return session.scalar(new) is not None


def answer(key: str, location: str) -> None:
    """Keeps where the sender was sent, so that a duplicate is sent there too; nothing when no receipt was written."""
    if len(location) <= 200:
        with writing(hasty=True) as session:
            session.execute(_ANSWER, {"of": key, "answer": location})


def forget(before: datetime) -> None:
    """Deletes receipts older than `before`."""
    with writing() as session:
        session.execute(delete(Receipt).where(Receipt.made_at < before))
