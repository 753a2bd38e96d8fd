"""Academic years of schools, with their terms and days off."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "academic_year",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("built_on_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("starts_on < ends_on", name=op.f("ck_academic_year_days_in_order")),
        sa.ForeignKeyConstraint(["school_id"], ["organisation.id"], name=op.f("fk_academic_year_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_academic_year")),
        sa.UniqueConstraint("id", "school_id", name=op.f("uq_academic_year_id_school_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("academic_year", schema=None) as batch_op:
        batch_op.create_index("ix_academic_year_school_starts", ["school_id", "starts_on", "id"], unique=False)

    op.create_table(
        "academic_period",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year_id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind", sa.Enum("term", "holiday", name="periodkind", native_enum=False, create_constraint=True, length=40), nullable=False
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_academic_period_days_in_order")),
        sa.ForeignKeyConstraint(
            ["year_id", "school_id"], ["academic_year.id", "academic_year.school_id"], name=op.f("fk_academic_period_year_id_school_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_academic_period")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("academic_period", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_academic_period_school_id"), ["school_id"], unique=False)
        batch_op.create_index("ix_academic_period_year_starts", ["year_id", "starts_on", "id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("academic_period", schema=None) as batch_op:
        batch_op.drop_index("ix_academic_period_year_starts")
        batch_op.drop_index(batch_op.f("ix_academic_period_school_id"))

    op.drop_table("academic_period")
    with op.batch_alter_table("academic_year", schema=None) as batch_op:
        batch_op.drop_index("ix_academic_year_school_starts")

    op.drop_table("academic_year")
