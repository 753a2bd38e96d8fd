"""The database: records, column types, sessions and the two-phase transaction."""

from training.kernel.db.engine import READING, db
from training.kernel.db.guard import watch
from training.kernel.db.many import among, by_id
from training.kernel.db.record import Record, relationship
from training.kernel.db.rows import rows
from training.kernel.db.transaction import Contended, NotFound, Stale, expect, gathered, hold, open_with, transaction, writing

__all__ = [
    "READING",
    "Contended",
    "NotFound",
    "Record",
    "Stale",
    "among",
    "by_id",
    "db",
    "expect",
    "gathered",
    "hold",
    "open_with",
    "relationship",
    "rows",
    "transaction",
    "watch",
    "writing",
]
