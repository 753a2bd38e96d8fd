"""Imports are taken back in the background, some rows at a time: each row says whether it is back, and how many are."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

STATES = "'uploaded', 'checking', 'checked', 'applying', 'done', 'undone', 'cancelled', 'failed'"
OUTCOMES = "'ready', 'bad', 'same', 'applied'"


def allow(table: str, column: str, values: str) -> None:
    """What may stand in a column."""
    with op.batch_alter_table(table, table_kwargs={"sqlite_autoincrement": True}) as changed:
        changed.drop_constraint(op.f(f"ck_{table}_{column}"), type_="check")
        changed.create_check_constraint(op.f(f"ck_{table}_{column}"), sa.text(f"{column} IN ({values})"))


def upgrade() -> None:
    allow("import_batch", "state", f"{STATES}, 'undoing'")
    allow("import_row", "outcome", f"{OUTCOMES}, 'undone', 'kept'")
    with op.batch_alter_table("import_batch", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.add_column(sa.Column("undone", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("kept", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("import_batch", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.alter_column("undone", existing_type=sa.Integer(), server_default=None)
        batch.alter_column("kept", existing_type=sa.Integer(), server_default=None)
    op.execute("UPDATE import_batch SET undone = applied WHERE state = 'undone'")
    op.execute(
        "UPDATE import_row SET outcome = 'undone' WHERE outcome = 'applied'"
        " AND batch_id IN (SELECT id FROM import_batch WHERE state = 'undone')"
    )


def downgrade() -> None:
    op.execute("UPDATE import_row SET outcome = 'applied' WHERE outcome IN ('undone', 'kept')")
    op.execute("UPDATE import_batch SET state = 'done' WHERE state = 'undoing'")
    with op.batch_alter_table("import_batch", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.drop_column("kept")
        batch.drop_column("undone")
    allow("import_row", "outcome", OUTCOMES)
    allow("import_batch", "state", STATES)
