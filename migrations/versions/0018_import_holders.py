"""Whom an import acts for: whoever uploaded it, until a colleague takes it over."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("import_batch", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.add_column(sa.Column("holder_id", sa.Integer(), nullable=True))
    op.execute("UPDATE import_batch SET holder_id = account_id")
    with op.batch_alter_table("import_batch", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.alter_column("holder_id", existing_type=sa.Integer(), nullable=False)
        batch.create_index(op.f("ix_import_batch_holder_id"), ["holder_id"])


def downgrade() -> None:
    with op.batch_alter_table("import_batch", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.drop_index(op.f("ix_import_batch_holder_id"))
        batch.drop_column("holder_id")
