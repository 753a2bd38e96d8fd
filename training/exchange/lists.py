"""The imports of an organisation, as a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import contains_eager

from training.exchange.importers import title_of, usable_by
from training.exchange.models import ImportBatch
from training.exchange.policies import can_import, visible_to
from training.exchange.queries import names_of
from training.exchange.workflow import State
from training.files.models import StoredFile
from training.kernel.i18n import _l
from training.kernel.listings import Listing, Order, OutColumn, Sort, of_kind, of_text
from training.kernel.lists import Wanted
from training.kernel.policy import Actor


def rows(actor: Actor) -> Select[ImportBatch]:
    """What the actor may see, with the files."""
    return visible_to(actor).join(ImportBatch.file)


def word(text: str) -> Any:
    """A part of the file's name, however its letters are written."""
    return StoredFile.name.icontains(text, autoescape=True) | StoredFile.name.contains(text.capitalize(), autoescape=True)


def kinds(actor: Actor, subject: object) -> Sequence[tuple[str, Any]]:
    """What the actor may import."""
    return [(kind, one.title) for kind, one in usable_by(actor).items()]


@dataclass(frozen=True)
class Imported:
    """An import as the list shows it: the batch, and who uploaded it."""

    batch: ImportBatch
    by: str

    def __getattr__(self, name: str) -> Any:
        """Everything else is the batch's."""
        return getattr(self.batch, name)


def with_names(batches: Sequence[ImportBatch], subject: object, wanted: Wanted) -> Sequence[Imported]:
    """The imports with the names of those who uploaded them, of all at once."""
    names = names_of({one.account_id for one in batches})
    return [Imported(one, names.get(one.account_id, "–")) for one in batches]


IMPORTS = Listing(
    name="imports",
    title=_l("Imports"),
    endpoint="exchange.listed",
    may=can_import,
    rows=rows,
    key=ImportBatch.id,
    dress=with_names,
    loads=(contains_eager(ImportBatch.file),),
    words=_l("Name of the file"),
    word=word,
    filters=(
        of_kind("state", _l("State"), ImportBatch.state, State),
        of_text("list", _l("List"), ImportBatch.kind, kinds),
    ),
    sorts=(
        Sort("uploaded", _l("Uploaded"), Order.DAY, (ImportBatch.id,)),
        Sort("file", _l("File"), Order.TEXT, (StoredFile.name,)),
    ),
    first="-uploaded",
    columns=(
        OutColumn(_l("File"), lambda row: row.file.name),
        OutColumn(_l("List"), lambda row: title_of(row.kind)),
        OutColumn(_l("Uploaded"), lambda row: row.file.kept_at),
        OutColumn(_l("Uploaded by"), lambda row: row.by),
        OutColumn(_l("State"), lambda row: row.state),
        OutColumn(_l("Imported"), lambda row: row.applied),
        OutColumn(_l("Ready"), lambda row: row.ready),
        OutColumn(_l("Need you"), lambda row: row.bad),
        OutColumn(_l("Already there"), lambda row: row.same),
    ),
)
