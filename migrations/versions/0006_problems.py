"""The reports of problems."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "problem",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("email", sa.String(length=200), nullable=True),
        sa.Column("operator_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(length=60), nullable=False),
        sa.Column("page", sa.String(length=200), nullable=True),
        sa.Column("words", sa.String(length=4000), nullable=False),
        sa.Column("answer", sa.String(length=4000), nullable=True),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum("reported", "answered", "closed", name="state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(answer IS NOT NULL) = (state <> 'reported')", name=op.f("ck_problem_over_with_an_answer")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_problem_account_id")),
        sa.ForeignKeyConstraint(["operator_id"], ["organisation.id"], name=op.f("fk_problem_operator_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problem")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("problem", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_problem_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_problem_operator_id"), ["operator_id"], unique=False)
        batch_op.create_index("ix_problem_state", ["state", "id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("problem", schema=None) as batch_op:
        batch_op.drop_index("ix_problem_state")
        batch_op.drop_index(batch_op.f("ix_problem_operator_id"))
        batch_op.drop_index(batch_op.f("ix_problem_account_id"))

    op.drop_table("problem")
