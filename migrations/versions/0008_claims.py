"""Claims: people from a school's roster take over the records that the school began for them."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

BEFORE = ("confirm", "reset", "invitation", "consent", "signing")


def upgrade() -> None:
    op.create_table(
        "claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("trainee_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=60), nullable=False),
        sa.Column("invited_by_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum("sent", "accepted", "revoked", "lapsed", name="state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["invited_by_id"], ["account.id"], name=op.f("fk_claim_invited_by_id")),
        sa.ForeignKeyConstraint(["school_id"], ["organisation.id"], name=op.f("fk_claim_school_id")),
        sa.ForeignKeyConstraint(["trainee_id"], ["trainee.id"], name=op.f("fk_claim_trainee_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_claim_school_id"), "claim", ["school_id"], unique=False)
    op.create_index(op.f("ix_claim_trainee_id"), "claim", ["trainee_id"], unique=False)
    op.create_index(op.f("ix_claim_invited_by_id"), "claim", ["invited_by_id"], unique=False)
    op.create_index("ix_claim_state_expires", "claim", ["state", "expires_at"], unique=False)
    op.create_index(
        "uq_claim_open",
        "claim",
        ["trainee_id"],
        unique=True,
        sqlite_where=sa.text("state = 'sent'"),
        postgresql_where=sa.text("state = 'sent'"),
    )
    allow(*BEFORE, "claim")


def downgrade() -> None:
    op.execute("DELETE FROM link WHERE purpose = 'claim'")
    allow(*BEFORE)
    op.drop_table("claim")


def allow(*purposes: str) -> None:
    """Lets links have these purposes and no others."""
    with op.batch_alter_table("link", table_kwargs={"sqlite_autoincrement": True}) as link:
        link.drop_constraint(op.f("ck_link_purpose"), type_="check")
        link.create_check_constraint(op.f("ck_link_purpose"), f"purpose IN ({', '.join(repr(one) for one in purposes)})")
