"""Pairs of records that may be one person's, and what a merge of them moved."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def altered(table: str):  # type: ignore[no-untyped-def]
    """A table to be changed, its keys never given twice."""
    return op.batch_alter_table(table, table_kwargs={"sqlite_autoincrement": True})


def upgrade() -> None:
    with altered("trainee") as trainee:
        trainee.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        trainee.create_foreign_key(op.f("fk_trainee_merged_into_id"), "trainee", ["merged_into_id"], ["id"])
        trainee.create_check_constraint(op.f("ck_trainee_merged_into_another"), sa.text("merged_into_id <> id"))
    op.create_index(op.f("ix_trainee_merged_into_id"), "trainee", ["merged_into_id"])
    op.create_index("ix_trainee_school_email", "trainee", ["school_id", "email"])
    op.create_index("ix_trainee_school_phone", "trainee", ["school_id", "phone"])
    op.create_table(
        "trainee_pair",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column(
            "state", sa.Enum("open", "apart", "merged", name="state", native_enum=False, create_constraint=True, length=40), nullable=False
        ),
        sa.Column("kept_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("filled", sa.JSON(), nullable=True),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'merged') = (kept_id IS NOT NULL)", name=op.f("ck_trainee_pair_one_is_kept")),
        sa.CheckConstraint("first_id < second_id", name=op.f("ck_trainee_pair_in_order")),
        sa.CheckConstraint("kept_id IN (first_id, second_id)", name=op.f("ck_trainee_pair_kept_is_of_the_pair")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_trainee_pair_account_id")),
        sa.ForeignKeyConstraint(["first_id"], ["trainee.id"], name=op.f("fk_trainee_pair_first_id")),
        sa.ForeignKeyConstraint(["kept_id"], ["trainee.id"], name=op.f("fk_trainee_pair_kept_id")),
        sa.ForeignKeyConstraint(["school_id"], ["organisation.id"], name=op.f("fk_trainee_pair_school_id")),
        sa.ForeignKeyConstraint(["second_id"], ["trainee.id"], name=op.f("fk_trainee_pair_second_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trainee_pair")),
        sa.UniqueConstraint("first_id", "second_id", name=op.f("uq_trainee_pair_first_id_second_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_trainee_pair_account_id"), "trainee_pair", ["account_id"])
    op.create_index(op.f("ix_trainee_pair_kept_id"), "trainee_pair", ["kept_id"])
    op.create_index("ix_trainee_pair_school_state", "trainee_pair", ["school_id", "state", "id"])
    op.create_index(op.f("ix_trainee_pair_second_id"), "trainee_pair", ["second_id"])
    op.create_table(
        "merge_moved",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(length=60), nullable=False),
        sa.Column("column_name", sa.String(length=60), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["pair_id"], ["trainee_pair.id"], name=op.f("fk_merge_moved_pair_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merge_moved")),
        sa.UniqueConstraint(
            "pair_id", "table_name", "column_name", "row_id", name=op.f("uq_merge_moved_pair_id_table_name_column_name_row_id")
        ),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("merge_moved")
    op.drop_table("trainee_pair")
    op.drop_index("ix_trainee_school_phone", table_name="trainee")
    op.drop_index("ix_trainee_school_email", table_name="trainee")
    op.drop_index(op.f("ix_trainee_merged_into_id"), table_name="trainee")
    with altered("trainee") as trainee:
        trainee.drop_constraint(op.f("ck_trainee_merged_into_another"), type_="check")
        trainee.drop_constraint(op.f("fk_trainee_merged_into_id"), type_="foreignkey")
        trainee.drop_column("merged_into_id")
