"""Transfers between schools, and that a trainee may be seen because they asked to move."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

OPEN = sa.text("state IN ('asked', 'accepted', 'confirmed')")
BEFORE = "'enrolment', 'placement', 'application', 'talent', 'nomination'"


def reasons(values: str) -> None:
    """Why a trainee may be seen."""
    with op.batch_alter_table("disclosure", table_kwargs={"sqlite_autoincrement": True}) as disclosure:
        disclosure.drop_constraint(op.f("ck_disclosure_because"), type_="check")
        disclosure.create_check_constraint(op.f("ck_disclosure_because"), sa.text(f"because IN ({values})"))


def upgrade() -> None:
    reasons(f"{BEFORE}, 'transfer'")
    op.create_table(
        "transfer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("sending_id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("receiving_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=4000), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("pool_id", sa.Integer(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(length=4000), nullable=True),
        sa.Column("made_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "accepted",
                "confirmed",
                "completed",
                "declined",
                "refused",
                "withdrawn",
                "lapsed",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'completed') = (made_id IS NOT NULL)", name=op.f("ck_transfer_completed_by_an_enrolment")),
        sa.CheckConstraint(
            "state NOT IN ('accepted', 'confirmed', 'completed') OR (pool_id IS NOT NULL AND from_on IS NOT NULL)",
            name=op.f("ck_transfer_accepted_with_seat_and_day"),
        ),
        sa.CheckConstraint("sending_id <> receiving_id", name=op.f("ck_transfer_between_two_schools")),
        sa.ForeignKeyConstraint(
            ["cohort_id", "receiving_id"], ["cohort.id", "cohort.school_id"], name=op.f("fk_transfer_cohort_id_receiving_id")
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id", "sending_id"], ["enrolment.id", "enrolment.school_id"], name=op.f("fk_transfer_enrolment_id_sending_id")
        ),
        sa.ForeignKeyConstraint(["made_id"], ["enrolment.id"], name=op.f("fk_transfer_made_id")),
        sa.ForeignKeyConstraint(
            ["pool_id", "cohort_id"], ["seat_pool.id", "seat_pool.cohort_id"], name=op.f("fk_transfer_pool_id_cohort_id")
        ),
        sa.ForeignKeyConstraint(["receiving_id"], ["organisation.id"], name=op.f("fk_transfer_receiving_id")),
        sa.ForeignKeyConstraint(["sending_id"], ["organisation.id"], name=op.f("fk_transfer_sending_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer")),
        sa.UniqueConstraint("made_id", name=op.f("uq_transfer_made_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("transfer", schema=None) as batch_op:
        batch_op.create_index("ix_transfer_cohort", ["cohort_id", "state"], unique=False)
        batch_op.create_index("ix_transfer_enrolment", ["enrolment_id", "id"], unique=False)
        batch_op.create_index("ix_transfer_pool", ["pool_id", "state"], unique=False)
        batch_op.create_index("ix_transfer_receiving", ["receiving_id", "state", "id"], unique=False)
        batch_op.create_index("ix_transfer_sending", ["sending_id", "state", "id"], unique=False)
        batch_op.create_index("ix_transfer_state_from", ["state", "from_on", "id"], unique=False)
        batch_op.create_index("uq_transfer_open", ["enrolment_id"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN)


def downgrade() -> None:
    with op.batch_alter_table("transfer", schema=None) as batch_op:
        batch_op.drop_index("uq_transfer_open", sqlite_where=OPEN, postgresql_where=OPEN)
        batch_op.drop_index("ix_transfer_state_from")
        batch_op.drop_index("ix_transfer_sending")
        batch_op.drop_index("ix_transfer_receiving")
        batch_op.drop_index("ix_transfer_pool")
        batch_op.drop_index("ix_transfer_enrolment")
        batch_op.drop_index("ix_transfer_cohort")

    op.drop_table("transfer")
    op.execute("DELETE FROM disclosure WHERE because = 'transfer'")
    reasons(BEFORE)
