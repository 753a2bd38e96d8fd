"""That a waiver of prerequisites does not count any more, as a row beside it."""

import sqlalchemy as sa
from alembic import op

from training.kernel.db.frozen import freeze, thaw

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

SAME = " AND ".join(f"NEW.{name} = OLD.{name}" for name in ("id", "waiver_id", "by_id", "revoked_on"))
KEPT = f"{SAME} AND (NEW.words = OLD.words OR NEW.words = '–')"
"""What may become of a revocation: its words can be erased."""


def upgrade() -> None:
    op.create_table(
        "waiver_revocation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("waiver_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=4000), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("revoked_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["waiver_id"], ["waiver.id"], name=op.f("fk_waiver_revocation_waiver_id")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_waiver_revocation_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiver_revocation")),
        sa.UniqueConstraint("waiver_id", name=op.f("uq_waiver_revocation_waiver_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_waiver_revocation_by_id"), "waiver_revocation", ["by_id"])
    freeze(op.get_bind(), "waiver_revocation", "update", f"NOT ({KEPT})")
    freeze(op.get_bind(), "waiver_revocation", "delete", "OLD.id > 0")


def downgrade() -> None:
    for verb in ("update", "delete"):
        thaw(op.get_bind(), "waiver_revocation", verb)
    op.drop_table("waiver_revocation")
