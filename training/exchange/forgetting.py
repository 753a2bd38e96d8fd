"""Taking a person out of what has been imported: rows are found by their words, for no key leads from a person to them."""

import json
from collections.abc import Callable, Sequence

from sqlalchemy import select

from training.exchange.models import ImportBatch, ImportRow
from training.exchange.workflow import State
from training.files.models import StoredFile
from training.kernel.db import db
from training.kernel.i18n import _l
from training.kernel.policy import NotNow

_AT_ONCE = 2_000
_BLANK = "–"


def forget_imported(about: Callable[[str], bool]) -> tuple[int, Sequence[StoredFile]]:
    """Blanks the imported rows about somebody, inside the running transaction; gives their number and the files they came from."""
    blanked, batches, last = 0, set(), 0
    while rows := db.session.scalars(select(ImportRow).where(ImportRow.id > last).order_by(ImportRow.id).limit(_AT_ONCE)).all():
        last = rows[-1].id
        for row in rows:
            if about(json.dumps([row.cells, row.values, row.errors, row.before], ensure_ascii=False)):
                row.cells, row.key, row.errors, row.before = [_BLANK for _cell in row.cells], None, None, None
                row.made_id = row.made_version = None
                row.values = dict.fromkeys(row.values, _BLANK) if row.values else None
                batches.add(row.batch_id)
                blanked += 1
        db.session.flush()  # what was blanked is written, so that it can be let go of
        for row in rows:
            db.session.expunge(row)
    found = db.session.scalars(select(ImportBatch).where(ImportBatch.id.in_(batches)).order_by(ImportBatch.id)).all()
    for batch in found:
        if batch.state.busy or batch.state is State.CHECKED:
            raise NotNow(_l("An import that names the person is not finished: finish or cancel import %(number)d first.", number=batch.id))
    files = select(StoredFile).where(StoredFile.id.in_([batch.file_id for batch in found])).order_by(StoredFile.id)
    return blanked, db.session.scalars(files).all()
