"""A move that asks for a second person does not concern the first."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

FIRST = {"agreement_scan": "brought_by_id", "consent_paper": "brought_by_id", "programme_version": "submitted_by"}
"""Who came first, by the kind of record whose only open move is the second person's."""


def upgrade() -> None:
    with op.batch_alter_table("turn", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.add_column(sa.Column("but_account_id", sa.Integer(), nullable=True))
    for kind, first in FIRST.items():
        op.execute(
            f"UPDATE turn SET but_account_id = (SELECT {first} FROM {kind} WHERE {kind}.id = turn.subject_id) WHERE subject_kind = '{kind}'"
        )


def downgrade() -> None:
    with op.batch_alter_table("turn", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.drop_column("but_account_id")
