"""Visits of placements, and how often a school makes them."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "visit_cadence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=False),
        sa.CheckConstraint("weeks BETWEEN 1 AND 26", name=op.f("ck_visit_cadence_weeks_in_range")),
        sa.ForeignKeyConstraint(["school_id"], ["organisation.id"], name=op.f("fk_visit_cadence_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_cadence")),
        sa.UniqueConstraint("school_id", name=op.f("uq_visit_cadence_school_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("visitor_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "means",
            sa.Enum("at_work", "phone", "online", name="means", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("agenda", sa.String(length=4000), nullable=True),
        sa.Column(
            "state",
            sa.Enum("planned", "held", "concluded", "cancelled", name="state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=4000), nullable=True),
        sa.Column("findings", sa.String(length=4000), nullable=True),
        sa.Column("agreed", sa.String(length=4000), nullable=True),
        sa.Column(
            "standing",
            sa.Enum("on_track", "watch", "behind", name="standing", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("follow_up_on", sa.Date(), nullable=True),
        sa.Column("school_note", sa.String(length=4000), nullable=True),
        sa.Column("mentor_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mentor_words", sa.String(length=4000), nullable=True),
        sa.Column("trainee_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("trainee_words", sa.String(length=4000), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state IN ('held', 'concluded')) = (standing IS NOT NULL)", name=op.f("ck_visit_held_with_standing")),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_visit_times_in_order")),
        sa.ForeignKeyConstraint(["employer_id"], ["organisation.id"], name=op.f("fk_visit_employer_id")),
        sa.ForeignKeyConstraint(["placement_id"], ["placement.id"], name=op.f("fk_visit_placement_id")),
        sa.ForeignKeyConstraint(["school_id"], ["organisation.id"], name=op.f("fk_visit_school_id")),
        sa.ForeignKeyConstraint(["visitor_id"], ["membership.id"], name=op.f("fk_visit_visitor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_visit_employer_starts", "visit", ["employer_id", "starts_at", "id"], unique=False)
    op.create_index("ix_visit_placement_starts", "visit", ["placement_id", "starts_at", "id"], unique=False)
    op.create_index("ix_visit_school_starts", "visit", ["school_id", "starts_at", "id"], unique=False)
    op.create_index("ix_visit_visitor_starts", "visit", ["visitor_id", "starts_at"], unique=False)
    op.create_index(
        "uq_visit_planned",
        "visit",
        ["placement_id"],
        unique=True,
        sqlite_where=sa.text("state = 'planned'"),
        postgresql_where=sa.text("state = 'planned'"),
    )


def downgrade() -> None:
    op.drop_table("visit")
    op.drop_table("visit_cadence")
