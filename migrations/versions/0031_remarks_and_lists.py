"""Remarks on versions of programmes; occupations and skills of ESCO, and what lists say of codes."""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


LINE, WORD = sa.String(length=200), sa.String(length=60)
KEY = sa.String(length=240).with_variant(sa.String(length=240, collation="C"), "postgresql")
OF_CODES = {
    "level": WORD,
    "qualification": LINE,
    "valid_from_on": sa.Date(),
    "admission_until_on": sa.Date(),
    "predecessor": WORD,
    "successor": WORD,
}


def key(title: str) -> str:
    """A title as it is sorted and found, as it was when this was written."""
    return " ".join(unicodedata.normalize("NFKC", title).casefold().replace("ё", "е").split())[:240]


def upgrade() -> None:
    remarks()
    for name, kind in OF_CODES.items():
        op.add_column("programme_code", sa.Column(name, kind, nullable=True))
    terms("occupation", sa.Column("esco", WORD, nullable=True))
    terms("skill", sa.Column("kind", sa.String(length=40), nullable=False, server_default="skill"))
    with op.batch_alter_table("skill") as table:
        table.alter_column("kind", server_default=None, existing_type=sa.String(length=40), existing_nullable=False)
        table.create_check_constraint(op.f("ck_skill_kind"), "kind IN ('skill', 'knowledge', 'transversal', 'group')")


def terms(name: str, own: sa.Column[str]) -> None:
    """What occupations and skills have in common, and one column of their own; titles get their keys."""
    op.add_column(name, own)
    op.add_column(name, sa.Column("uri", LINE, nullable=True))
    op.add_column(name, sa.Column("deprecated", sa.Boolean(), nullable=False, server_default=sa.false()))
    for column in ("key_en", "key_ru"):
        op.add_column(name, sa.Column(column, KEY, nullable=False, server_default=""))
    rows = sa.table(name, *(sa.column(column) for column in ("id", "title_en", "title_ru", "key_en", "key_ru")))
    known = op.get_bind().execute(sa.select(rows.c.id, rows.c.title_en, rows.c.title_ru)).all()
    for row in known:
        keys = {"key_en": key(row.title_en), "key_ru": key(row.title_ru)}
        op.execute(sa.update(rows).where(rows.c.id == row.id).values(**keys))
    with op.batch_alter_table(name) as table:
        table.alter_column("deprecated", server_default=None, existing_type=sa.Boolean(), existing_nullable=False)
        for column in ("key_en", "key_ru"):
            table.alter_column(column, server_default=None, existing_type=KEY, existing_nullable=False)
            table.create_index(op.f(f"ix_{name}_{column}"), [column])
        table.create_unique_constraint(op.f(f"uq_{name}_uri"), ["uri"])


def remarks() -> None:
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
    with op.batch_alter_table("skill") as table:
        table.drop_constraint(op.f("ck_skill_kind"), type_="check")
    for name, own in (("skill", "kind"), ("occupation", "esco")):
        with op.batch_alter_table(name) as table:
            table.drop_constraint(op.f(f"uq_{name}_uri"), type_="unique")
            for column in ("key_en", "key_ru"):
                table.drop_index(op.f(f"ix_{name}_{column}"))
            for column in ("key_en", "key_ru", "deprecated", "uri", own):
                table.drop_column(column)
    with op.batch_alter_table("programme_code") as table:
        for column in OF_CODES:
            table.drop_column(column)
    op.drop_table("remark")
