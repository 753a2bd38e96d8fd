"""Background entry points of copies."""

from training.files import media, storage
from training.kernel.db import db
from training.kernel.i18n import _, force_locale
from training.kernel.policy import System
from training.privacy import copying
from training.trainees.exports import queries, services

LIMIT = 500_000_000
"""Bytes of a copy."""


def make(export_id: int) -> None:
    """Makes one copy; made already, it is left alone."""
    actor = System("data_exports.make")
    export = queries.export(actor, export_id)
    if export.made_at is not None:
        return
    with force_locale(queries.language_of(export)):
        guide = _(
            "This archive holds what Cadre keeps about you. data.json lists it table by table, each with why and how long it is kept; "
            "files/ holds your documents. Keep it to yourself: whoever has it knows all of this."
        )
    with copying.write(queries.person(export.trainee), guide) as archive:
        db.session.commit()  # ends the reading: nothing is open while the bytes are written
        received = storage.receive(archive, name=f"cadre-{export.id}.zip", kinds={media.ZIP}, limit=LIMIT)
    services.keep(actor, export, received=received)


def expire() -> None:
    """Lets go of copies whose days are over."""
    services.expire(System("data_exports.expire"))
