"""Building the region beside the database in use, and putting it in its place when it is whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from seeds import region
from seeds.size import Size
from training.app import create_app
from training.kernel.config import Config
from training.kernel.db import db
from training.kernel.db.beside import built_beside
from training.kernel.db.schema import upgrade
from training.notices import mailbox
from training.operations import demonstration


def rebuild(config: Config) -> None:
    """A fresh region instead of whatever there is: everybody is signed out, the letters of the old one are gone."""
    with built_beside(config.database) as database, elsewhere(replace(config, database=database)):
        upgrade(db.engine)
        region.load(Size(config.region))
    mailbox.empty()
    demonstration.note_loaded(config.folder)


@contextmanager
def elsewhere(config: Config) -> Iterator[None]:
    """Within the block the application works on another database."""
    app = create_app(config)
    with app.app_context():
        try:
            yield
        finally:
            db.session.close()
            db.engine.dispose()
