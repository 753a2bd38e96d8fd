"""Quotas of state seats, with what the cohorts that are there have planned."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

YEAR = {"sqlite": "CAST(strftime('%Y', cohort.starts_on) AS INTEGER)", "postgresql": "CAST(EXTRACT(YEAR FROM cohort.starts_on) AS INTEGER)"}


def upgrade() -> None:
    op.create_table(
        "quota",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("planned", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=200), nullable=True),
        sa.Column("set_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("planned >= 0 AND (seats IS NULL OR planned <= seats)", name=op.f("ck_quota_never_overplanned")),
        sa.CheckConstraint("seats IS NULL OR seats >= 0", name=op.f("ck_quota_seats_not_negative")),
        sa.ForeignKeyConstraint(["school_id"], ["organisation.id"], name=op.f("fk_quota_school_id_organisation")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quota")),
        sa.UniqueConstraint("school_id", "code", "year", name=op.f("uq_quota_school_id_code_year")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_quota_year_code", "quota", ["year", "code", "id"])
    op.execute(
        f"""
        INSERT INTO quota (school_id, code, year, planned, version)
        SELECT cohort.school_id, programme.code, {YEAR[op.get_bind().dialect.name]}, SUM(seat_pool.seats), 1
        FROM seat_pool
        JOIN cohort ON cohort.id = seat_pool.cohort_id
        JOIN programme_version ON programme_version.id = cohort.version_id
        JOIN programme ON programme.id = programme_version.programme_id
        WHERE seat_pool.funding = 'state' AND cohort.state <> 'cancelled'
        GROUP BY 1, 2, 3
        """
    )


def downgrade() -> None:
    op.drop_table("quota")
