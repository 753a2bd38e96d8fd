"""What a version of a programme asks for beforehand: completed programmes, and how much of them."""

import sqlalchemy as sa
from alembic import op

from training.kernel.db.frozen import freeze, thaw

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

SAID = (
    "NEW.programme_id <> OLD.programme_id OR NEW.number <> OLD.number OR NEW.hours_total <> OLD.hours_total "
    "OR coalesce(NEW.months, -1) <> coalesce(OLD.months, -1) OR coalesce(NEW.summary, '') <> coalesce(OLD.summary, '') "
    "OR coalesce(NEW.content_digest, '') <> coalesce(OLD.content_digest, '') "
    "OR coalesce(NEW.valid_months, -1) <> coalesce(OLD.valid_months, -1) "
    "OR coalesce(NEW.renewal_months, -1) <> coalesce(OLD.renewal_months, -1)"
)
ADDED = " OR coalesce(NEW.needs, '') <> coalesce(OLD.needs, '') OR coalesce(NEW.needs_least, -1) <> coalesce(OLD.needs_least, -1)"
LEAST = "CASE WHEN needs IN ('any', 'points') THEN needs_least IS NOT NULL AND needs_least > 0 ELSE needs_least IS NULL END"
COLUMNS = {
    "needs": ("VARCHAR(40)", "needs", "needs IN ('all', 'any', 'points')"),
    "needs_least": ("INTEGER", "least_where_needed", LEAST),
}
"""Added in place, with their checks: triggers of other tables look at this one, so it is not made anew."""
FROZEN = "EXISTS (SELECT 1 FROM programme_version v WHERE v.id = {row}.version_id AND v.state IN ('published', 'retired'))"


def keep(said: str) -> None:
    """What a published version says never changes."""
    thaw(op.get_bind(), "programme_version", "update")
    freeze(op.get_bind(), "programme_version", "update", f"OLD.state IN ('published', 'retired') AND ({said})")


def upgrade() -> None:
    for column, (kind, name, check) in COLUMNS.items():
        named = f"CONSTRAINT ck_programme_version_{name} CHECK ({check})"
        op.execute(f"ALTER TABLE programme_version ADD COLUMN {column} {kind} {named}")
    keep(SAID + ADDED)
    op.create_index("uq_programme_version_programme", "programme_version", ["id", "programme_id"], unique=True)
    op.create_table(
        "prerequisite",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("needed_id", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.CheckConstraint("points > 0", name=op.f("ck_prerequisite_some_points")),
        sa.CheckConstraint("needed_id <> programme_id", name=op.f("ck_prerequisite_never_itself")),
        sa.ForeignKeyConstraint(
            ["version_id", "programme_id"],
            ["programme_version.id", "programme_version.programme_id"],
            name=op.f("fk_prerequisite_version_id_programme_id"),
        ),
        sa.ForeignKeyConstraint(["needed_id"], ["programme.id"], name=op.f("fk_prerequisite_needed_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prerequisite")),
        sa.UniqueConstraint("version_id", "needed_id", name=op.f("uq_prerequisite_version_id_needed_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_prerequisite_version", "prerequisite", ["version_id", "programme_id"])
    op.create_index(op.f("ix_prerequisite_programme_id"), "prerequisite", ["programme_id"])
    op.create_index(op.f("ix_prerequisite_needed_id"), "prerequisite", ["needed_id"])
    for verb in ("insert", "update", "delete"):
        freeze(op.get_bind(), "prerequisite", verb, FROZEN.format(row="NEW" if verb == "insert" else "OLD"))


def downgrade() -> None:
    for verb in ("insert", "update", "delete"):
        thaw(op.get_bind(), "prerequisite", verb)
    op.drop_table("prerequisite")
    op.drop_index("uq_programme_version_programme", "programme_version")
    keep(SAID)
    for column in reversed(COLUMNS):
        op.execute(f"ALTER TABLE programme_version DROP COLUMN {column}")
