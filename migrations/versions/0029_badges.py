"""The keys that badges are signed with."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

CURRENT = sa.text("retired_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "signing_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("algorithm", sa.String(length=40), nullable=False),
        sa.Column("public", sa.JSON(), nullable=False),
        sa.Column("sealed", sa.String(length=4000), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("algorithm IN ('RS256', 'EdDSA')", name=op.f("ck_signing_key_algorithm")),
        sa.CheckConstraint("(retired_at IS NULL) = (sealed IS NOT NULL)", name=op.f("ck_signing_key_sealed_until_retired")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_key")),
        sa.UniqueConstraint("name", name=op.f("uq_signing_key_name")),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_signing_key_current", "signing_key", ["algorithm"], unique=True, sqlite_where=CURRENT, postgresql_where=CURRENT)


def downgrade() -> None:
    op.drop_table("signing_key")
