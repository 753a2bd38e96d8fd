"""Remarks on versions of programmes."""

import sqlalchemy as sa
from alembic import op

revision = "0100"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "remark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(length=40), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=True),
        sa.Column("outcome_id", sa.Integer(), nullable=True),
        sa.Column("about", sa.String(length=200), nullable=True),
        sa.Column("words", sa.String(length=4000), nullable=False),
        sa.Column("answer", sa.String(length=4000), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("section IN ('details', 'modules', 'module', 'outcome')", name=op.f("ck_remark_section")),
        sa.CheckConstraint("state IN ('open', 'answered', 'settled', 'left')", name=op.f("ck_remark_state")),
        sa.CheckConstraint("section IN ('details', 'modules') OR about IS NOT NULL", name=op.f("ck_remark_part_named")),
        sa.CheckConstraint("state <> 'answered' OR answer IS NOT NULL", name=op.f("ck_remark_answered_in_words")),
        sa.ForeignKeyConstraint(
            ["version_id", "school_id"],
            ["programme_version.id", "programme_version.school_id"],
            name=op.f("fk_remark_version_id_school_id"),
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_remark_organisation_id")),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name=op.f("fk_remark_author_id")),
        sa.ForeignKeyConstraint(["answered_by"], ["account.id"], name=op.f("fk_remark_answered_by")),
        sa.ForeignKeyConstraint(["module_id"], ["module.id"], name=op.f("fk_remark_module_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["outcome_id"], ["module_outcome.id"], name=op.f("fk_remark_outcome_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remark")),
        sqlite_autoincrement=True,
    )
    for name in ("school_id", "author_id", "answered_by", "module_id", "outcome_id"):
        op.create_index(op.f(f"ix_remark_{name}"), "remark", [name])
    op.create_index("ix_remark_version_state", "remark", ["version_id", "state", "id"])
    op.create_index("ix_remark_organisation", "remark", ["organisation_id", "version_id", "id"])


def downgrade() -> None:
    op.drop_table("remark")
