"""Configuration, read once from the environment; every value that a machine or a region decides is here."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
"""The checkout."""


class Misconfigured(Exception):
    """The environment asks for something that cannot be; says what to change."""


@dataclass(frozen=True)
class Config:
    """What one installation decides."""

    mode: str
    """`demo` (personas on the sign-in page, mail into files) or `production`."""
    database: str
    """SQLAlchemy address of the database."""
    folder: Path
    """Where files and demo mail are kept."""
    secret: str
    public_url: str
    """How people reach this installation; links in mail begin with it."""
    smtp: str | None
    """`smtp://user:password@host:port` or nothing: then mail becomes files."""
    mail_from: str
    zone: str
    regions: dict[str, str]
    """The region's name by language."""
    argon: tuple[int, int, int]
    """argon2id: memory in KiB, passes, lanes (OWASP minimum 19 MiB, 2, 1)."""
    secure_cookies: bool
    region: str = "full"
    """How much of the demonstration is loaded: `full`, or `small` for tests."""
    testing: bool = False

    @property
    def demo(self) -> bool:
        """Whether this is the demonstration."""
        return self.mode == "demo"


def from_environment(environ: Mapping[str, str] | None = None) -> Config:
    """The configuration, or Misconfigured with a sentence."""
    env = os.environ if environ is None else environ
    mode = env.get("CADRE_MODE", "demo")
    if mode not in {"demo", "production"}:
        raise Misconfigured(f"CADRE_MODE is {mode!r}; it can be demo or production.")
    folder = Path(env.get("CADRE_FOLDER", ROOT / "var")).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    region = env.get("CADRE_DEMO", "full")
    if region not in {"full", "small"}:
        raise Misconfigured(f"CADRE_DEMO is {region!r}; it can be full or small.")
    public_url = env.get("CADRE_PUBLIC_URL", f"http://127.0.0.1:{env.get('CADRE_PORT', '8000')}").rstrip("/")
    production_like = public_url.startswith("https://") or "CADRE_SMTP" in env
    if mode == "demo" and production_like:
        raise Misconfigured(
            "CADRE_MODE is demo, but CADRE_PUBLIC_URL or CADRE_SMTP are those of a real installation. Set CADRE_MODE=production, or unset them."
        )
    if mode == "production":
        missing = [name for name in ("CADRE_SECRET_KEY", "CADRE_PUBLIC_URL", "CADRE_SMTP") if not env.get(name)]
        if missing:
            raise Misconfigured(f"Production needs {', '.join(missing)}.")
        if len(env["CADRE_SECRET_KEY"]) < 32:
            raise Misconfigured("CADRE_SECRET_KEY is too short: at least 32 characters.")
    return Config(
        mode=mode,
        database=env.get("CADRE_DATABASE", f"sqlite:///{folder / 'cadre.sqlite3'}"),
        folder=folder,
        secret=env.get("CADRE_SECRET_KEY") or kept_secret(folder),
        public_url=public_url,
        smtp=env.get("CADRE_SMTP"),
        mail_from=env.get("CADRE_MAIL_FROM", "Cadre <cadre@localhost>"),
        zone=env.get("CADRE_ZONE", "Europe/Samara"),
        regions={
            "en": env.get("CADRE_REGION", "Ulyanovsk region"),
            "ru": env.get("CADRE_REGION_RU") or env.get("CADRE_REGION", "Ульяновская область"),
        },
        argon=(int(env.get("CADRE_ARGON_KIB", "19456")), int(env.get("CADRE_ARGON_PASSES", "2")), 1),
        secure_cookies=public_url.startswith("https://"),
        region=region,
    )


def kept_secret(folder: Path) -> str:
    """The demonstration's own secret, made once and kept readable by its owner only."""
    path = folder / "secret"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text()


def flask_settings(config: Config) -> dict[str, Any]:
    """The same decisions in the names that Flask and its extensions read."""
    return {
        "SECRET_KEY": config.secret,
        "CADRE": config,
        "SQLALCHEMY_ENGINES": {"default": {"url": config.database, **engine_options(config.database)}},
        "SESSION_COOKIE_NAME": "cadre",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": config.secure_cookies,
        "REMEMBER_COOKIE_HTTPONLY": True,
        "REMEMBER_COOKIE_SAMESITE": "Lax",
        "REMEMBER_COOKIE_SECURE": config.secure_cookies,
        "MAX_CONTENT_LENGTH": 20 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 1024 * 1024,
        "MAX_FORM_PARTS": 2000,
        "WTF_CSRF_TIME_LIMIT": None,
        "BABEL_DEFAULT_LOCALE": "en",
        "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "training" / "translations"),
        "TESTING": config.testing,
    }


def engine_options(database: str) -> dict[str, Any]:
    """Pool settings by database."""
    if database.startswith("sqlite"):
        return {"connect_args": {"timeout": 15}}
    return {"pool_size": 8, "max_overflow": 8}
