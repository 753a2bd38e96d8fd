"""Only the workflow writes `.state`: any other write to a stored record is an error."""

from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import InstrumentedAttribute

from training.kernel.db.record import Record
from training.kernel.workflow import state_may_change


@event.listens_for(Record, "attribute_instrument", propagate=True)
def watch(kind: type[Record], key: str, attribute: InstrumentedAttribute[Any]) -> None:
    """Watches the `state` of every kind of record."""
    if key == "state":
        event.listen(attribute, "set", refuse)


def refuse(record: Record, value: Any, before: Any, initiator: Any) -> None:
    """Refuses a state that was not reached by a transition; a record that is not stored yet may begin anywhere."""
    if inspect(record).key is not None and not state_may_change():
        raise RuntimeError(f"{record!r}: only the workflow writes .state")
