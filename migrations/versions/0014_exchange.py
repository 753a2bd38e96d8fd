"""Headings that an organisation tied to columns by hand, and lists that go out in the layout in which they come in, imports that can be taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


BEFORE = "'uploaded', 'checking', 'checked', 'applying', 'done', 'cancelled', 'failed'"


def states(values: str) -> None:
    """Where an import may stand."""
    with op.batch_alter_table("import_batch", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.drop_constraint(op.f("ck_import_batch_state"), type_="check")
        batch.create_check_constraint(op.f("ck_import_batch_state"), sa.text(f"state IN ({values})"))


def upgrade() -> None:
    states(f"{BEFORE}, 'undone'")
    with op.batch_alter_table("import_row", table_kwargs={"sqlite_autoincrement": True}) as row:
        row.add_column(sa.Column("made_id", sa.Integer(), nullable=True))
        row.add_column(sa.Column("made_version", sa.Integer(), nullable=True))
        row.add_column(sa.Column("before", sa.JSON(), nullable=True))
    with op.batch_alter_table("export", table_kwargs={"sqlite_autoincrement": True}) as export:
        export.add_column(sa.Column("shape", sa.String(length=40), nullable=False, server_default="listed"))
        export.alter_column("shape", server_default=None)
        export.create_check_constraint(op.f("ck_export_shape"), sa.text("shape IN ('listed', 'imported')"))
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
    with op.batch_alter_table("import_row", table_kwargs={"sqlite_autoincrement": True}) as row:
        for name in ("before", "made_version", "made_id"):
            row.drop_column(name)
    op.execute("UPDATE import_batch SET state = 'done' WHERE state = 'undone'")
    states(BEFORE)
    op.drop_table("heading_tie")
    with op.batch_alter_table("export", table_kwargs={"sqlite_autoincrement": True}) as export:
        export.drop_constraint(op.f("ck_export_shape"), type_="check")
        export.drop_column("shape")
