"""Rulings: their lines, and the count of each school's numbers."""

import sqlalchemy as sa
from alembic import op

from training.kernel.db.frozen import freeze, thaw

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

LEAVING = "'school', 'work', 'move', 'health', 'family', 'service', 'money', 'not_mine', 'other'"
SIGNED = "EXISTS (SELECT 1 FROM ruling r WHERE r.id = {row}.ruling_id AND r.state = 'signed')"
SAYS = ("school_id", "cohort_id", "kind", "ground", "drafted_on", "state", "number", "signed_on", "signer_id", "signer")
ORDERS = ("ruling_id", "school_id", "enrolment_id", "repeats")
PERHAPS = ("to_cohort_id", "reverses_id", "made_id")


def changed(columns: tuple[str, ...]) -> str:
    """That one of these columns says something else now."""
    return " OR ".join(f"NEW.{name} <> OLD.{name}" for name in columns)


KEPT = " OR ".join(f"coalesce(NEW.{name}, 0) <> coalesce(OLD.{name}, 0)" for name in PERHAPS)
WORDED = "coalesce(NEW.words, '') NOT IN ('', coalesce(OLD.words, ''))"
REST = " OR ".join(
    f"(NEW.{name} IS NULL) <> (OLD.{name} IS NULL) OR NEW.{name} <> OLD.{name}" for name in ("from_on", "until_on", "reason", "was")
)
FROZEN = {
    ("ruling", "update"): f"(OLD.state = 'signed' AND ({changed(SAYS)} OR coalesce(NEW.corrects_id, 0) <> coalesce(OLD.corrects_id, 0)"
    " OR (OLD.file_id IS NOT NULL AND coalesce(NEW.file_id, 0) <> OLD.file_id))) OR (OLD.state = 'dropped' AND NEW.state <> 'dropped')",
    ("ruling", "delete"): "OLD.state <> 'draft'",
    ("ruling_line", "insert"): SIGNED.format(row="NEW"),
    ("ruling_line", "update"): f"{SIGNED.format(row='OLD')} AND ({changed(ORDERS)} OR {KEPT} OR {WORDED} OR {REST})",
    ("ruling_line", "delete"): SIGNED.format(row="OLD"),
}
"""A signed ruling never changes, but that its document is made and that words of somebody erased go: table and verb, and where it is refused."""


def upgrade() -> None:
    op.create_table(
        "ruling_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["organisation.id"], name=op.f("fk_ruling_series_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ruling_series")),
        sa.UniqueConstraint("school_id", "year", name=op.f("uq_ruling_series_school_id_year")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "ruling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "enrolment",
                "transfer",
                "leave",
                "deferral",
                "return",
                "expulsion",
                "graduation",
                "practice",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("ground", sa.String(length=4000), nullable=False),
        sa.Column("drafted_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("draft", "signed", "dropped", name="state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("number", sa.String(length=60), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("signer_id", sa.Integer(), nullable=True),
        sa.Column("signer", sa.String(length=200), nullable=True),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("pdf_digest", sa.String(length=64), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'signed') = (number IS NOT NULL AND signed_on IS NOT NULL AND signer_id IS NOT NULL AND signer IS NOT NULL) AND (state = 'signed' OR number IS NULL)",
            name=op.f("ck_ruling_signed_with_number_day_and_name"),
        ),
        sa.CheckConstraint("(file_id IS NULL) = (pdf_digest IS NULL)", name=op.f("ck_ruling_document_with_digest")),
        sa.ForeignKeyConstraint(["cohort_id", "school_id"], ["cohort.id", "cohort.school_id"], name=op.f("fk_ruling_cohort_id_school_id")),
        sa.ForeignKeyConstraint(
            ["corrects_id", "school_id"], ["ruling.id", "ruling.school_id"], name=op.f("fk_ruling_corrects_id_school_id")
        ),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_ruling_file_id")),
        sa.ForeignKeyConstraint(["school_id"], ["organisation.id"], name=op.f("fk_ruling_school_id")),
        sa.ForeignKeyConstraint(["signer_id"], ["membership.id"], name=op.f("fk_ruling_signer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ruling")),
        sa.UniqueConstraint("file_id", name=op.f("uq_ruling_file_id")),
        sa.UniqueConstraint("id", "school_id", name=op.f("uq_ruling_id_school_id")),
        sa.UniqueConstraint("school_id", "number", name=op.f("uq_ruling_school_id_number")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_ruling_cohort", "ruling", ["cohort_id", "id"])
    op.create_index("ix_ruling_corrects", "ruling", ["corrects_id"])
    op.create_index("ix_ruling_school_drafted", "ruling", ["school_id", "drafted_on", "id"])
    op.create_index(op.f("ix_ruling_signer_id"), "ruling", ["signer_id"])

    op.create_table(
        "ruling_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ruling_id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("to_cohort_id", sa.Integer(), nullable=True),
        sa.Column("repeats", sa.Boolean(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column(
            "reason",
            sa.Enum(
                "own_wish",
                "elsewhere",
                "debt",
                "absence",
                "not_begun",
                "not_back",
                "discipline",
                "unpaid",
                "other",
                name="reason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("words", sa.String(length=4000), nullable=True),
        sa.Column("reverses_id", sa.Integer(), nullable=True),
        sa.Column(
            "was",
            sa.Enum(
                "applied",
                "waitlisted",
                "offered",
                "enrolled",
                "on_leave",
                "completed",
                "refused",
                "withdrawn",
                "lapsed",
                "deferred",
                "transferred",
                "expelled",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("made_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("from_on <= until_on", name=op.f("ck_ruling_line_days_in_order")),
        sa.ForeignKeyConstraint(
            ["enrolment_id", "school_id"], ["enrolment.id", "enrolment.school_id"], name=op.f("fk_ruling_line_enrolment_id_school_id")
        ),
        sa.ForeignKeyConstraint(["made_id"], ["enrolment.id"], name=op.f("fk_ruling_line_made_id")),
        sa.ForeignKeyConstraint(["reverses_id"], ["ruling_line.id"], name=op.f("fk_ruling_line_reverses_id")),
        sa.ForeignKeyConstraint(
            ["ruling_id", "school_id"], ["ruling.id", "ruling.school_id"], name=op.f("fk_ruling_line_ruling_id_school_id")
        ),
        sa.ForeignKeyConstraint(["school_id"], ["organisation.id"], name=op.f("fk_ruling_line_school_id")),
        sa.ForeignKeyConstraint(
            ["to_cohort_id", "school_id"], ["cohort.id", "cohort.school_id"], name=op.f("fk_ruling_line_to_cohort_id_school_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ruling_line")),
        sa.UniqueConstraint("ruling_id", "enrolment_id", name=op.f("uq_ruling_line_ruling_id_enrolment_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_ruling_line_enrolment", "ruling_line", ["enrolment_id", "id"])
    op.create_index("ix_ruling_line_made", "ruling_line", ["made_id"])
    op.create_index("ix_ruling_line_reverses", "ruling_line", ["reverses_id"])
    op.create_index(op.f("ix_ruling_line_school_id"), "ruling_line", ["school_id"])
    op.create_index("ix_ruling_line_to_cohort", "ruling_line", ["to_cohort_id"])
    with op.batch_alter_table("enrolment", table_kwargs={"sqlite_autoincrement": True}) as enrolment:
        enrolment.add_column(sa.Column("left_because", sa.String(length=40), nullable=True))
        enrolment.create_check_constraint(op.f("ck_enrolment_leaving"), sa.text(f"left_because IN ({LEAVING})"))
    for (table, verb), condition in FROZEN.items():
        freeze(op.get_bind(), table, verb, condition)


def downgrade() -> None:
    for table, verb in FROZEN:
        thaw(op.get_bind(), table, verb)
    for table in ("ruling_line", "ruling", "ruling_series"):
        op.drop_table(table)
    with op.batch_alter_table("enrolment", table_kwargs={"sqlite_autoincrement": True}) as enrolment:
        enrolment.drop_constraint(op.f("ck_enrolment_leaving"), type_="check")
        enrolment.drop_column("left_because")
