"""Headings that an organisation tied to columns by hand."""

import sqlalchemy as sa
from alembic import op

revision = "0100"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "heading_tie",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("heading", sa.String(length=200), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("means", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_heading_tie")),
        sa.UniqueConstraint("organisation_id", "kind", "heading", name=op.f("uq_heading_tie_organisation_id_kind_heading")),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("heading_tie")
