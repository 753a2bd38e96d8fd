"""Accounts, their sessions, and the signed links that open one thing for whoever holds them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from training.accounts.workflow import Purpose
from training.kernel.db import Record, relationship
from training.kernel.db.types import Digest, Key, Line, Word
from training.kernel.register import Keep, Register
from training.kernel.register import Purpose as Why

_BROWSERS = (
    ("YaBrowser/", "Yandex Browser"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)
"""Signs in what a browser calls itself, the telling ones first."""


class Account(Record):
    """A person's way in: by e-mail, or by a login name where there is no e-mail."""

    __tablename__ = "account"
    __table_args__ = (CheckConstraint("email IS NOT NULL OR login_name IS NOT NULL", name="some_way_in"),)

    name: Mapped[Line]
    email: Mapped[Line | None]
    email_key: Mapped[Key | None] = mapped_column(unique=True)
    login_name: Mapped[Key | None] = mapped_column(unique=True)
    password: Mapped[Line | None]
    """argon2id hash."""
    language: Mapped[Word] = mapped_column(default="en")
    theme: Mapped[Word | None]
    confirmed_at: Mapped[datetime | None]
    blocked_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __register__ = Register("account", purpose=Why.ACCESS, keep=Keep.ACCOUNT, personal=("name", "email", "email_key", "login_name"))
    __mapper_args__ = {"version_id_col": version}

    def __str__(self) -> str:
        """The person's name."""
        return self.name


class Session(Record):
    """One sign-in; the cookie holds a random token, the row its hash."""

    __tablename__ = "session"
    __table_args__ = (Index("ix_session_account_open", "account_id", "ended_at"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    token: Mapped[Digest] = mapped_column(unique=True)
    device: Mapped[Line | None]
    began_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]
    account: Mapped[Account] = relationship()

    @property
    def seen_as(self) -> str:
        """The browser and the system as people call them; what it called itself where neither is known."""
        said = self.device or ""
        known = [next((name for sign, name in of if sign in said), None) for of in (_BROWSERS, _SYSTEMS)]
        return ", ".join(name for name in known if name) or said or "–"

    __register__ = Register("session", purpose=Why.ACCESS, keep=Keep.MOMENT, personal=("device",))


class Link(Record):
    """A signed link: one purpose, one subject, hashed, expiring; some work once."""

    __tablename__ = "link"
    __table_args__ = (Index("ix_link_purpose_subject", "purpose", "subject_id"),)

    purpose: Mapped[Purpose]
    subject_id: Mapped[int]
    token: Mapped[Digest | None] = mapped_column(unique=True)
    """Hash of the token in the newest letter; made when the letter is sent."""
    cookie: Mapped[Digest | None] = mapped_column(unique=True)
    """Hash of the token in the cookie it was exchanged for."""
    once: Mapped[bool]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    __register__ = Register("link", purpose=Why.ACCESS, keep=Keep.MOMENT)
