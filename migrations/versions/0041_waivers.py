"""Waivers of what a programme asks for beforehand."""

import sqlalchemy as sa
from alembic import op

from training.kernel.db.frozen import freeze, thaw

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

SAME = " AND ".join(f"NEW.{name} = OLD.{name}" for name in ("id", "school_id", "programme_id", "by_id", "granted_on"))
KEPT = f"{SAME} AND (NEW.words = OLD.words OR NEW.words = '–')"
"""What may become of a waiver: its words can be erased, and two records of the person joined."""


def upgrade() -> None:
    op.create_table(
        "waiver",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("trainee_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=4000), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("granted_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id", "school_id"], ["programme.id", "programme.school_id"], name=op.f("fk_waiver_programme_id_school_id")
        ),
        sa.ForeignKeyConstraint(["trainee_id"], ["trainee.id"], name=op.f("fk_waiver_trainee_id")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_waiver_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiver")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_waiver_programme", "waiver", ["programme_id", "trainee_id", "id"])
    op.create_index(op.f("ix_waiver_school_id"), "waiver", ["school_id"])
    op.create_index(op.f("ix_waiver_trainee_id"), "waiver", ["trainee_id"])
    op.create_index(op.f("ix_waiver_by_id"), "waiver", ["by_id"])
    freeze(op.get_bind(), "waiver", "update", f"NOT ({KEPT})")
    freeze(op.get_bind(), "waiver", "delete", "OLD.id > 0")


def downgrade() -> None:
    for verb in ("update", "delete"):
        thaw(op.get_bind(), "waiver", verb)
    op.drop_table("waiver")
