"""Mark scales in dated editions."""

from datetime import date

import sqlalchemy as sa
from alembic import op

from training.kernel.db.frozen import freeze, thaw

revision = "0100"
down_revision = "0019"
branch_labels = None
depends_on = None

OF_EDITION = "EXISTS (SELECT 1 FROM scale_edition e WHERE e.id = {row}.edition_id AND e.used)"
VERBS = ("insert", "update", "delete")
SHARED = {
    "marks": [("2", 0, False), ("3", 2_000, True), ("4", 4_000, True), ("5", 7_000, True)],
    "pass": [("fail", 0, False), ("pass", 2_000, True)],
    "percent": [("fail", 0, False), ("pass", 2_000, True)],
}
"""What every school begins with: 0-19.99 % is 2, 20-39.99 is 3, 40-69.99 is 4, 70-100 is 5 (ConsultantPlus, LAW_350984)."""


def scales() -> None:
    """The editions and their bands."""
    op.create_table(
        "scale_edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum("marks", "pass", "percent", name="kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("valid_from_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("used", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["organisation.id"], name=op.f("fk_scale_edition_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scale_edition")),
        sa.UniqueConstraint("school_id", "kind", "valid_from_on", name=op.f("uq_scale_edition_school_id")),
        sqlite_autoincrement=True,
    )
    shared = sa.text("school_id IS NULL")
    op.create_index(
        "uq_scale_edition_shared",
        "scale_edition",
        ["kind", "valid_from_on"],
        unique=True,
        sqlite_where=shared,
        postgresql_where=shared,
    )
    op.create_table(
        "scale_band",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("from_share", sa.Integer(), nullable=False),
        sa.Column("passes", sa.Boolean(), nullable=False),
        sa.CheckConstraint("from_share BETWEEN 0 AND 10000", name=op.f("ck_scale_band_share_in_range")),
        sa.ForeignKeyConstraint(["edition_id"], ["scale_edition.id"], name=op.f("fk_scale_band_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scale_band")),
        sa.UniqueConstraint("edition_id", "from_share", name=op.f("uq_scale_band_edition_id")),
        sa.UniqueConstraint("edition_id", "label", name=op.f("uq_scale_band_edition_id_label")),
        sqlite_autoincrement=True,
    )


def begin() -> None:
    """The recommended conversion, as the edition that every school starts with."""
    edition = sa.table("scale_edition", *(sa.column(name) for name in ("id", "kind", "source", "used", "version")))
    edition.append_column(sa.column("valid_from_on", sa.Date()))
    band = sa.table("scale_band", *(sa.column(name) for name in ("edition_id", "label", "from_share", "passes")))
    for kind, bands in SHARED.items():
        row = {"kind": kind, "source": "recommended", "used": False, "version": 1, "valid_from_on": date(2000, 1, 1)}
        op.get_bind().execute(sa.insert(edition).values(row))
        key = op.get_bind().scalar(sa.select(sa.func.max(edition.c.id)))
        rows = [{"edition_id": key, "label": label, "from_share": share, "passes": passes} for label, share, passes in bands]
        op.get_bind().execute(sa.insert(band), rows)


def upgrade() -> None:
    scales()
    begin()
    for verb in ("update", "delete"):
        freeze(op.get_bind(), "scale_edition", verb, "OLD.used")
    for verb in VERBS:
        freeze(op.get_bind(), "scale_band", verb, OF_EDITION.format(row="NEW" if verb == "insert" else "OLD"))


def downgrade() -> None:
    for verb in VERBS:
        thaw(op.get_bind(), "scale_band", verb)
    for verb in ("update", "delete"):
        thaw(op.get_bind(), "scale_edition", verb)
    op.drop_table("scale_band")
    op.drop_table("scale_edition")
