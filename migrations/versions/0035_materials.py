"""Files and links that cohorts learn their modules with."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

UNTOLD = sa.text("told_on IS NULL AND state = 'shown'")


def upgrade() -> None:
    op.create_table(
        "material",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("description", sa.String(length=4000), nullable=True),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("url", sa.String(length=4000), nullable=True),
        sa.Column("shown_from_on", sa.Date(), nullable=True),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column(
            "state", sa.Enum("shown", "withdrawn", name="state", native_enum=False, create_constraint=True, length=40), nullable=False
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(file_id IS NULL) <> (url IS NULL)", name=op.f("ck_material_file_or_link")),
        sa.ForeignKeyConstraint(
            ["cohort_id", "school_id"], ["cohort.id", "cohort.school_id"], name=op.f("fk_material_cohort_id_school_id")
        ),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_material_file_id")),
        sa.ForeignKeyConstraint(["module_id"], ["module.id"], name=op.f("fk_material_module_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_material")),
        sa.UniqueConstraint("file_id", name=op.f("uq_material_file_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_material_cohort", "material", ["cohort_id", "module_id", "position", "id"])
    op.create_index(op.f("ix_material_module_id"), "material", ["module_id"])
    op.create_index("ix_material_school", "material", ["school_id", "id"])
    op.create_index("ix_material_told", "material", ["cohort_id", "told_on"])
    op.create_index("ix_material_untold", "material", ["shown_at"], sqlite_where=UNTOLD, postgresql_where=UNTOLD)


def downgrade() -> None:
    op.drop_table("material")
