"""Documents made to be printed."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "printout",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(length=60), nullable=False),
        sa.Column("args", sa.JSON(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=60), nullable=False),
        sa.Column(
            "state",
            sa.Enum("making", "made", "failed", "gone", name="state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(file_id IS NOT NULL) = (state = 'made')", name=op.f("ck_printout_made_with_file")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_printout_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_printout")),
        sa.UniqueConstraint("file_id", name=op.f("uq_printout_file_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_printout_slug")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_printout_owner", "printout", ["account_id", "organisation_id"], unique=False)
    op.create_index("ix_printout_state", "printout", ["state", "asked_at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_printout_state", table_name="printout")
    op.drop_index("ix_printout_owner", table_name="printout")
    op.drop_table("printout")
