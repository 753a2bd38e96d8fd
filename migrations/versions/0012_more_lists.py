"""What the lists of reports and of requests for erasure are searched and ordered by."""

import sqlalchemy as sa
from alembic import op

from training.kernel.keys import sort_key

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    key = sa.String(length=240).with_variant(sa.String(length=240, collation="C"), "postgresql")
    op.add_column("problem", sa.Column("words_key", key, nullable=False, server_default=""))
    problem = sa.table("problem", sa.column("id", sa.Integer), sa.column("words", sa.String), sa.column("words_key", sa.String))
    for number, words in op.get_bind().execute(sa.select(problem.c.id, problem.c.words)).all():
        op.execute(problem.update().where(problem.c.id == number).values(words_key=sort_key(words)))
    op.drop_index("ix_erasure_request_school", table_name="erasure_request")
    op.create_index("ix_erasure_request_school", "erasure_request", ["school_id", "id"])


def downgrade() -> None:
    op.drop_index("ix_erasure_request_school", table_name="erasure_request")
    op.create_index("ix_erasure_request_school", "erasure_request", ["school_id", "state", "id"])
    op.drop_column("problem", "words_key")
