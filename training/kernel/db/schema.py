"""Bringing a database to the schema of this checkout."""

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Engine

from training.kernel.config import ROOT, Misconfigured


def settings(engine: Engine) -> AlembicConfig:
    """Alembic's settings, from setup.cfg, for one engine."""
    config = AlembicConfig(str(ROOT / "setup.cfg"))
    config.attributes["engine"] = engine
    return config


def upgrade(engine: Engine, to: str = "head") -> None:
    """Runs the migrations that the database lacks; Misconfigured when it comes from a newer version."""
    scripts = ScriptDirectory.from_config(settings(engine))
    with engine.connect() as connection:
        there = MigrationContext.configure(connection).get_current_revision()
    try:
        if there is not None:
            scripts.get_revision(there)
    except CommandError as error:
        raise Misconfigured(
            f"The database is from a newer version of Cadre (its migration {there} is not known here). Update the checkout, or name another database in CADRE_DATABASE."
        ) from error
    if there != scripts.get_current_head():
        command.upgrade(settings(engine), to)


def downgrade(engine: Engine, to: str) -> None:
    """Takes migrations back down to a revision."""
    command.downgrade(settings(engine), to)
