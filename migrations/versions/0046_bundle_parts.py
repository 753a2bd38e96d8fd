"""Classes and places of OneRoster bundles come in as cohorts and enrolments."""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

OF_BUNDLE = sa.text("part IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "roster_class",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("planned", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cohort_id", "school_id"], ["cohort.id", "cohort.school_id"], name=op.f("fk_roster_class_cohort_id_school_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_class")),
        sa.UniqueConstraint("school_id", "source", name=op.f("uq_roster_class_school_id_source")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_roster_class_cohort_id"), "roster_class", ["cohort_id"])
    op.add_column("import_row", sa.Column("part", sa.String(length=60)))
    op.create_index("ix_import_row_part", "import_row", ["batch_id", "part", "outcome"], sqlite_where=OF_BUNDLE, postgresql_where=OF_BUNDLE)


def downgrade() -> None:
    op.drop_index("ix_import_row_part", table_name="import_row")
    with op.batch_alter_table("import_row", table_kwargs={"sqlite_autoincrement": True}) as import_row:
        import_row.drop_column("part")
    op.drop_table("roster_class")
