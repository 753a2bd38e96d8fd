"""Mark scales in dated editions, assessments, and results that are only ever added."""

from datetime import date

import sqlalchemy as sa
from alembic import op

from training.kernel.db.frozen import freeze, thaw

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

OF_EDITION = "EXISTS (SELECT 1 FROM scale_edition e WHERE e.id = {row}.edition_id AND e.used)"
SAME = " AND ".join(
    [
        *(
            f"NEW.{name} = OLD.{name}"
            for name in ("id", "school_id", "assessment_id", "enrolment_id", "attempt", "absent", "given_by_id", "given_at")
        ),
        *(f"COALESCE(NEW.{name}, -1) = COALESCE(OLD.{name}, -1)" for name in ("points", "band_id", "replaces_id")),
    ]
)
ERASED = f"NEW.reason IS NULL AND {SAME}"
"""Of a result nothing changes, but the words of a reason can be erased."""
VERBS = ("insert", "update", "delete")
SHARED = {
    "marks": [("2", 0, False), ("3", 2_000, True), ("4", 4_000, True), ("5", 7_000, True)],
    "pass": [("fail", 0, False), ("pass", 2_000, True)],
    "percent": [("fail", 0, False), ("pass", 2_000, True)],
}
"""What every school begins with: 0-19.99 % is 2, 20-39.99 is 3, 40-69.99 is 4, 70-100 is 5 (ConsultantPlus, LAW_350984)."""


def scales() -> None:
    """The editions and their bands."""
    op.create_table(
        "scale_edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum("marks", "pass", "percent", name="kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("valid_from_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("used", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["organisation.id"], name=op.f("fk_scale_edition_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scale_edition")),
        sa.UniqueConstraint("school_id", "kind", "valid_from_on", name=op.f("uq_scale_edition_school_id_kind_valid_from_on")),
        sqlite_autoincrement=True,
    )
    shared = sa.text("school_id IS NULL")
    op.create_index(
        "uq_scale_edition_shared",
        "scale_edition",
        ["kind", "valid_from_on"],
        unique=True,
        sqlite_where=shared,
        postgresql_where=shared,
    )
    op.create_table(
        "scale_band",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("from_share", sa.Integer(), nullable=False),
        sa.Column("passes", sa.Boolean(), nullable=False),
        sa.CheckConstraint("from_share BETWEEN 0 AND 10000", name=op.f("ck_scale_band_share_in_range")),
        sa.ForeignKeyConstraint(["edition_id"], ["scale_edition.id"], name=op.f("fk_scale_band_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scale_band")),
        sa.UniqueConstraint("edition_id", "from_share", name=op.f("uq_scale_band_edition_id_from_share")),
        sa.UniqueConstraint("edition_id", "label", name=op.f("uq_scale_band_edition_id_label")),
        sqlite_autoincrement=True,
    )


def assessments() -> None:
    """Assessments, commissions and results."""
    op.create_table(
        "assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "test",
                "practical",
                "course_work",
                "exam",
                "credit",
                "demonstration",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("maximum", sa.Integer(), nullable=True),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("teacher_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("marking", "handed_in", "confirmed", "cancelled", name="state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("shown_until", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("maximum BETWEEN 1 AND 1000", name=op.f("ck_assessment_maximum_in_range")),
        sa.CheckConstraint("weight BETWEEN 1 AND 10", name=op.f("ck_assessment_weight_in_range")),
        sa.ForeignKeyConstraint(
            ["cohort_id", "school_id"], ["cohort.id", "cohort.school_id"], name=op.f("fk_assessment_cohort_id_school_id")
        ),
        sa.ForeignKeyConstraint(["edition_id"], ["scale_edition.id"], name=op.f("fk_assessment_edition_id")),
        sa.ForeignKeyConstraint(["module_id"], ["module.id"], name=op.f("fk_assessment_module_id")),
        sa.ForeignKeyConstraint(["teacher_id"], ["membership.id"], name=op.f("fk_assessment_teacher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint("id", "school_id", name=op.f("uq_assessment_id_school_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_assessment_cohort", "assessment", ["cohort_id", "held_on", "id"], unique=False)
    op.create_index(op.f("ix_assessment_edition_id"), "assessment", ["edition_id"], unique=False)
    op.create_index(op.f("ix_assessment_module_id"), "assessment", ["module_id"], unique=False)
    op.create_index("ix_assessment_school", "assessment", ["school_id", "held_on", "id"], unique=False)
    op.create_index(op.f("ix_assessment_teacher_id"), "assessment", ["teacher_id"], unique=False)
    op.create_table(
        "demonstration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Enum("basic", "profile", name="level", native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column("kit_code", sa.String(length=60), nullable=False),
        sa.Column("centre", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessment.id"], name=op.f("fk_demonstration_assessment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demonstration")),
        sa.UniqueConstraint("assessment_id", name=op.f("uq_demonstration_assessment_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "examiner",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("chair", sa.Boolean(), nullable=False),
        sa.CheckConstraint("(membership_id IS NULL) <> (name IS NULL)", name=op.f("ck_examiner_member_or_name")),
        sa.CheckConstraint("NOT chair OR membership_id IS NOT NULL", name=op.f("ck_examiner_chair_is_a_member")),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessment.id"], name=op.f("fk_examiner_assessment_id")),
        sa.ForeignKeyConstraint(["membership_id"], ["membership.id"], name=op.f("fk_examiner_membership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_examiner")),
        sa.UniqueConstraint("assessment_id", "membership_id", name=op.f("uq_examiner_assessment_id_membership_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_examiner_membership_id"), "examiner", ["membership_id"], unique=False)
    op.create_index(
        "uq_examiner_chair", "examiner", ["assessment_id"], unique=True, sqlite_where=sa.text("chair"), postgresql_where=sa.text("chair")
    )
    op.create_table(
        "assessment_result",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=True),
        sa.Column("band_id", sa.Integer(), nullable=True),
        sa.Column("absent", sa.Boolean(), nullable=False),
        sa.Column("given_by_id", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=4000), nullable=True),
        sa.CheckConstraint("NOT absent OR points IS NULL", name=op.f("ck_assessment_result_absent_without_points")),
        sa.CheckConstraint("absent = (band_id IS NULL)", name=op.f("ck_assessment_result_absent_without_mark")),
        sa.CheckConstraint("attempt >= 1", name=op.f("ck_assessment_result_attempt_counted")),
        sa.CheckConstraint("points >= 0", name=op.f("ck_assessment_result_points_not_negative")),
        sa.ForeignKeyConstraint(
            ["assessment_id", "school_id"],
            ["assessment.id", "assessment.school_id"],
            name=op.f("fk_assessment_result_assessment_id_school_id"),
        ),
        sa.ForeignKeyConstraint(["band_id"], ["scale_band.id"], name=op.f("fk_assessment_result_band_id")),
        sa.ForeignKeyConstraint(
            ["enrolment_id", "school_id"], ["enrolment.id", "enrolment.school_id"], name=op.f("fk_assessment_result_enrolment_id_school_id")
        ),
        sa.ForeignKeyConstraint(["given_by_id"], ["membership.id"], name=op.f("fk_assessment_result_given_by_id")),
        sa.ForeignKeyConstraint(
            ["replaces_id", "assessment_id", "enrolment_id"],
            ["assessment_result.id", "assessment_result.assessment_id", "assessment_result.enrolment_id"],
            name="fk_assessment_result_replaces_id",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_result")),
        sa.UniqueConstraint("id", "assessment_id", "enrolment_id", name=op.f("uq_assessment_result_id_assessment_id_enrolment_id")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_assessment_result_replaces_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_assessment_result_assessment", "assessment_result", ["assessment_id", "enrolment_id", "attempt", "id"], unique=False
    )
    op.create_index(op.f("ix_assessment_result_band_id"), "assessment_result", ["band_id"], unique=False)
    op.create_index("ix_assessment_result_enrolment", "assessment_result", ["enrolment_id", "id"], unique=False)
    op.create_index(op.f("ix_assessment_result_given_by_id"), "assessment_result", ["given_by_id"], unique=False)
    op.create_index(op.f("ix_assessment_result_school_id"), "assessment_result", ["school_id"], unique=False)
    op.create_index(
        "uq_assessment_result_first",
        "assessment_result",
        ["assessment_id", "enrolment_id", "attempt"],
        unique=True,
        sqlite_where=sa.text("replaces_id IS NULL"),
        postgresql_where=sa.text("replaces_id IS NULL"),
    )


def begin() -> None:
    """The recommended conversion, as the edition that every school starts with."""
    edition = sa.table("scale_edition", *(sa.column(name) for name in ("id", "kind", "source", "used", "version")))
    edition.append_column(sa.column("valid_from_on", sa.Date()))
    band = sa.table("scale_band", *(sa.column(name) for name in ("edition_id", "label", "from_share", "passes")))
    for kind, bands in SHARED.items():
        row = {"kind": kind, "source": "recommended", "used": False, "version": 1, "valid_from_on": date(2000, 1, 1)}
        op.get_bind().execute(sa.insert(edition).values(row))
        key = op.get_bind().scalar(sa.select(sa.func.max(edition.c.id)))
        rows = [{"edition_id": key, "label": label, "from_share": share, "passes": passes} for label, share, passes in bands]
        op.get_bind().execute(sa.insert(band), rows)


def upgrade() -> None:
    scales()
    begin()
    assessments()
    for verb in ("update", "delete"):
        freeze(op.get_bind(), "scale_edition", verb, "OLD.used")
    for verb in VERBS:
        freeze(op.get_bind(), "scale_band", verb, OF_EDITION.format(row="NEW" if verb == "insert" else "OLD"))
    freeze(op.get_bind(), "assessment_result", "update", f"NOT ({ERASED})")
    freeze(op.get_bind(), "assessment_result", "delete", "OLD.id > 0")


def downgrade() -> None:
    for verb in ("update", "delete"):
        thaw(op.get_bind(), "assessment_result", verb)
    for table in ("assessment_result", "examiner", "demonstration", "assessment"):
        op.drop_table(table)
    for verb in VERBS:
        thaw(op.get_bind(), "scale_band", verb)
    for verb in ("update", "delete"):
        thaw(op.get_bind(), "scale_edition", verb)
    op.drop_table("scale_band")
    op.drop_table("scale_edition")
