"""Endorsements of programmes by employers."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    states = "'asked', 'given', 'declined', 'recalled', 'lapsed', 'withdrawn', 'expired'"
    op.create_table(
        "endorsement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("occupation_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("content_digest", sa.String(length=64), nullable=True),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("words", sa.String(length=4000), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(f"state IN ({states})", name=op.f("ck_endorsement_state")),
        sa.CheckConstraint(
            "state <> 'given' OR (content_digest IS NOT NULL AND given_on IS NOT NULL AND valid_until IS NOT NULL)",
            name=op.f("ck_endorsement_given_with_digest_and_term"),
        ),
        sa.CheckConstraint("valid_until > given_on", name=op.f("ck_endorsement_valid_for_some_time")),
        sa.ForeignKeyConstraint(
            ["version_id", "school_id"],
            ["programme_version.id", "programme_version.school_id"],
            name=op.f("fk_endorsement_version_id_school_id"),
        ),
        sa.ForeignKeyConstraint(["employer_id"], ["organisation.id"], name=op.f("fk_endorsement_employer_id")),
        sa.ForeignKeyConstraint(["occupation_id"], ["occupation.id"], name=op.f("fk_endorsement_occupation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_endorsement")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_endorsement_school_id"), "endorsement", ["school_id"])
    op.create_index(op.f("ix_endorsement_occupation_id"), "endorsement", ["occupation_id"])
    op.create_index("ix_endorsement_version_state", "endorsement", ["version_id", "state", "id"])
    op.create_index("ix_endorsement_employer_state", "endorsement", ["employer_id", "state", "id"])
    op.create_index("ix_endorsement_valid", "endorsement", ["state", "valid_until"])
    asked = sa.text("state = 'asked'")
    op.create_index(
        "uq_endorsement_asked",
        "endorsement",
        ["version_id", "employer_id", "occupation_id"],
        unique=True,
        sqlite_where=asked,
        postgresql_where=asked,
    )


def downgrade() -> None:
    op.drop_table("endorsement")
