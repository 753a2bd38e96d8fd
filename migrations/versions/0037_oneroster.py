"""Lists that go out as OneRoster bundles."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

BEFORE = "'listed', 'imported'"


def shapes(values: str) -> None:
    """In which shapes a list may go out."""
    with op.batch_alter_table("export", table_kwargs={"sqlite_autoincrement": True}) as export:
        export.drop_constraint(op.f("ck_export_shape"), type_="check")
        export.create_check_constraint(op.f("ck_export_shape"), sa.text(f"shape IN ({values})"))


def upgrade() -> None:
    shapes(f"{BEFORE}, 'oneroster_1_1', 'oneroster_1_2'")


def downgrade() -> None:
    op.execute("UPDATE export SET shape = 'imported' WHERE shape NOT IN ('listed', 'imported')")
    shapes(BEFORE)
