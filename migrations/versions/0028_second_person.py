"""Credentials are proposed by one person and confirmed by another; so is their revocation."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

ENDED = {"table_kwargs": {"sqlite_autoincrement": True}}
STANDING = sa.text("state IN ('draft', 'issued')")


def upgrade() -> None:
    op.create_table(
        "award",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "issuing",
                "done",
                "turned_down",
                "taken_back",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=4000), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state IN ('issuing', 'done')) = (confirmed_by_id IS NOT NULL)", name=op.f("ck_award_confirmed_by_somebody")),
        sa.CheckConstraint("confirmed_by_id IS NULL OR confirmed_by_id <> proposed_by_id", name=op.f("ck_award_second_person")),
        sa.CheckConstraint("people > 0 AND done BETWEEN 0 AND people", name=op.f("ck_award_done_within_people")),
        sa.ForeignKeyConstraint(["cohort_id", "school_id"], ["cohort.id", "cohort.school_id"], name=op.f("fk_award_cohort_id_school_id")),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["account.id"], name=op.f("fk_award_confirmed_by_id")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["account.id"], name=op.f("fk_award_proposed_by_id")),
        sa.ForeignKeyConstraint(["school_id"], ["organisation.id"], name=op.f("fk_award_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("award") as batch:
        batch.create_index("ix_award_cohort_state", ["cohort_id", "state", "id"], unique=False)
        batch.create_index(batch.f("ix_award_confirmed_by_id"), ["confirmed_by_id"], unique=False)
        batch.create_index(batch.f("ix_award_proposed_by_id"), ["proposed_by_id"], unique=False)
        batch.create_index(batch.f("ix_award_school_id"), ["school_id"], unique=False)

    op.create_table(
        "award_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("award_id", sa.Integer(), nullable=False),
        sa.Column("credential_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["award_id"], ["award.id"], name=op.f("fk_award_line_award_id")),
        sa.ForeignKeyConstraint(["credential_id"], ["credential.id"], name=op.f("fk_award_line_credential_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_line")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_award_line_credential_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("award_line") as batch:
        batch.create_index(batch.f("ix_award_line_award_id"), ["award_id"], unique=False)

    op.create_table(
        "revocation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("credential_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed", "confirmed", "turned_down", "taken_back", name="state", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=4000), nullable=False),
        sa.Column("answer", sa.String(length=4000), nullable=True),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'confirmed') = (confirmed_by_id IS NOT NULL)", name=op.f("ck_revocation_confirmed_by_somebody")),
        sa.CheckConstraint("confirmed_by_id IS NULL OR confirmed_by_id <> proposed_by_id", name=op.f("ck_revocation_second_person")),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["account.id"], name=op.f("fk_revocation_confirmed_by_id")),
        sa.ForeignKeyConstraint(["credential_id"], ["credential.id"], name=op.f("fk_revocation_credential_id")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["account.id"], name=op.f("fk_revocation_proposed_by_id")),
        sa.ForeignKeyConstraint(["school_id"], ["organisation.id"], name=op.f("fk_revocation_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revocation")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("revocation") as batch:
        batch.create_index(batch.f("ix_revocation_confirmed_by_id"), ["confirmed_by_id"], unique=False)
        batch.create_index("ix_revocation_credential", ["credential_id", "id"], unique=False)
        batch.create_index(batch.f("ix_revocation_proposed_by_id"), ["proposed_by_id"], unique=False)
        batch.create_index(batch.f("ix_revocation_school_id"), ["school_id"], unique=False)
        batch.create_index(
            "uq_revocation_open",
            ["credential_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('proposed', 'confirmed')"),
            postgresql_where=sa.text("state IN ('proposed', 'confirmed')"),
        )
    with op.batch_alter_table("credential", **ENDED) as batch:
        batch.alter_column("number", existing_type=sa.String(length=60), nullable=True)
        batch.drop_constraint(op.f("uq_credential_enrolment_id"), type_="unique")
        batch.drop_constraint(op.f("ck_credential_state"), type_="check")
        batch.create_check_constraint(op.f("ck_credential_state"), "state IN ('draft', 'issued', 'revoked', 'dropped')")
        batch.create_check_constraint(op.f("ck_credential_numbered_when_issued"), "(state IN ('draft', 'dropped')) = (number IS NULL)")
        batch.create_index("ix_credential_enrolment", ["enrolment_id", "id"])
        batch.create_index("ix_credential_school_state", ["school_id", "state", "id"])
        batch.create_index("uq_credential_standing", ["enrolment_id"], unique=True, sqlite_where=STANDING, postgresql_where=STANDING)


def downgrade() -> None:
    op.drop_table("revocation")
    op.drop_table("award_line")
    op.drop_table("award")
    op.execute("DELETE FROM credential WHERE number IS NULL")  # drafts: nobody outside the school has seen them
    with op.batch_alter_table("credential", **ENDED) as batch:
        batch.drop_index("uq_credential_standing")
        batch.drop_index("ix_credential_school_state")
        batch.drop_index("ix_credential_enrolment")
        batch.drop_constraint(op.f("ck_credential_numbered_when_issued"), type_="check")
        batch.drop_constraint(op.f("ck_credential_state"), type_="check")
        batch.create_check_constraint(op.f("ck_credential_state"), "state IN ('issued', 'revoked')")
        batch.create_unique_constraint(op.f("uq_credential_enrolment_id"), ["enrolment_id"])
        batch.alter_column("number", existing_type=sa.String(length=60), nullable=False)
