"""The tables of courses."""

import sqlalchemy as sa
from alembic import op

from training.kernel.db.frozen import freeze, thaw

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

PUBLISHED = "EXISTS (SELECT 1 FROM programme_version v WHERE v.id = {version} AND v.state IN ('published', 'retired'))"
OF_MODULE = "EXISTS (SELECT 1 FROM programme_version v JOIN module m ON m.version_id = v.id WHERE m.id = {module} AND v.state IN ('published', 'retired'))"
FROZEN = {
    (
        "programme_version",
        "update",
    ): "OLD.state IN ('published', 'retired') AND (NEW.programme_id <> OLD.programme_id OR NEW.number <> OLD.number "
    "OR NEW.hours_total <> OLD.hours_total OR coalesce(NEW.months, -1) <> coalesce(OLD.months, -1) "
    "OR coalesce(NEW.summary, '') <> coalesce(OLD.summary, '') OR coalesce(NEW.content_digest, '') <> coalesce(OLD.content_digest, ''))",
    ("programme_version", "delete"): "OLD.state IN ('published', 'retired')",
    ("module", "insert"): PUBLISHED.format(version="NEW.version_id"),
    ("module", "update"): PUBLISHED.format(version="OLD.version_id"),
    ("module", "delete"): PUBLISHED.format(version="OLD.version_id"),
    ("module_skill", "insert"): OF_MODULE.format(module="NEW.module_id"),
    ("module_skill", "update"): OF_MODULE.format(module="OLD.module_id"),
    ("module_skill", "delete"): OF_MODULE.format(module="OLD.module_id"),
}
"""Published content never changes: table and verb, and where it is refused."""


def upgrade() -> None:
    op.create_table(
        "credential_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["organisation.id"], name=op.f("fk_credential_series_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credential_series")),
        sa.UniqueConstraint("school_id", "year", name=op.f("uq_credential_series_school_id_year")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "programme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("code_system", sa.String(length=60), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "profession",
                "specialty",
                "worker_training",
                "advanced_training",
                "retraining",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("title_key", sa.String(length=240).with_variant(sa.String(length=240, collation="C"), "postgresql"), nullable=False),
        sa.Column("qualification", sa.String(length=200), nullable=True),
        sa.Column("occupation_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["occupation_id"], ["occupation.id"], name=op.f("fk_programme_occupation_id")),
        sa.ForeignKeyConstraint(["school_id"], ["organisation.id"], name=op.f("fk_programme_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
        sa.UniqueConstraint("id", "school_id", name=op.f("uq_programme_id_school_id")),
        sa.UniqueConstraint(
            "school_id", "code_system", "code", "title_key", name=op.f("uq_programme_school_id_code_system_code_title_key")
        ),
        sa.UniqueConstraint("slug", name=op.f("uq_programme_slug")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_programme_occupation_id"), "programme", ["occupation_id"], unique=False)
    op.create_index("ix_programme_school_title", "programme", ["school_id", "title_key", "id"], unique=False)
    op.create_index(op.f("ix_programme_title_key"), "programme", ["title_key"], unique=False)
    op.create_table(
        "programme_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("draft", "in_review", "published", "retired", name="state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("hours_total", sa.Integer(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("summary", sa.String(length=4000), nullable=True),
        sa.Column("content_digest", sa.String(length=64), nullable=True),
        sa.Column("submitted_by", sa.Integer(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'in_review') OR content_digest IS NOT NULL", name=op.f("ck_programme_version_published_with_digest")
        ),
        sa.CheckConstraint("hours_total >= 0", name=op.f("ck_programme_version_hours_not_negative")),
        sa.ForeignKeyConstraint(
            ["programme_id", "school_id"], ["programme.id", "programme.school_id"], name=op.f("fk_programme_version_programme_id_school_id")
        ),
        sa.ForeignKeyConstraint(["submitted_by"], ["account.id"], name=op.f("fk_programme_version_submitted_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_version")),
        sa.UniqueConstraint("id", "school_id", name=op.f("uq_programme_version_id_school_id")),
        sa.UniqueConstraint("programme_id", "number", name=op.f("uq_programme_version_programme_id_number")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_programme_version_school_state", "programme_version", ["school_id", "state"], unique=False)
    op.create_index("ix_programme_version_state", "programme_version", ["state", "programme_id"], unique=False)
    op.create_index(op.f("ix_programme_version_submitted_by"), "programme_version", ["submitted_by"], unique=False)
    op.create_index(
        "uq_programme_version_published",
        "programme_version",
        ["programme_id"],
        unique=True,
        sqlite_where=sa.text("state = 'published'"),
        postgresql_where=sa.text("state = 'published'"),
    )
    op.create_table(
        "cohort",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("code_key", sa.String(length=240).with_variant(sa.String(length=240, collation="C"), "postgresql"), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column(
            "study_form",
            sa.Enum(
                "full_time",
                "evening",
                "weekend",
                "extramural",
                "mixed",
                name="studyform",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "entry_base",
            sa.Enum("any", "basic", "upper", "vocational", name="entrybase", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "admission",
            sa.Enum("order_of_arrival", "selection", name="admission", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("joins_until_on", sa.Date(), nullable=False),
        sa.Column("minimum", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "open",
                "closed",
                "running",
                "completed",
                "cancelled",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("joins_until_on < ends_on", name=op.f("ck_cohort_joining_before_end")),
        sa.CheckConstraint("minimum >= 0", name=op.f("ck_cohort_minimum_not_negative")),
        sa.CheckConstraint("opens_on <= closes_on", name=op.f("ck_cohort_window_in_order")),
        sa.CheckConstraint("starts_on < ends_on", name=op.f("ck_cohort_study_in_order")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_cohort_site_id")),
        sa.ForeignKeyConstraint(
            ["version_id", "school_id"],
            ["programme_version.id", "programme_version.school_id"],
            name=op.f("fk_cohort_version_id_school_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohort")),
        sa.UniqueConstraint("id", "school_id", name=op.f("uq_cohort_id_school_id")),
        sa.UniqueConstraint("school_id", "code_key", name=op.f("uq_cohort_school_id_code_key")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_cohort_school_starts", "cohort", ["school_id", "starts_on", "id"], unique=False)
    op.create_index(op.f("ix_cohort_site_id"), "cohort", ["site_id"], unique=False)
    op.create_index("ix_cohort_state_opens", "cohort", ["state", "opens_on"], unique=False)
    op.create_index("ix_cohort_version_state", "cohort", ["version_id", "state"], unique=False)
    op.create_table(
        "module",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("plant_hours", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("hours > 0", name=op.f("ck_module_some_hours")),
        sa.CheckConstraint("plant_hours >= 0 AND plant_hours <= hours", name=op.f("ck_module_plant_hours_within")),
        sa.ForeignKeyConstraint(
            ["parent_id", "version_id"], ["module.id", "module.version_id"], name=op.f("fk_module_parent_id_version_id")
        ),
        sa.ForeignKeyConstraint(["version_id"], ["programme_version.id"], name=op.f("fk_module_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_module")),
        sa.UniqueConstraint("id", "version_id", name=op.f("uq_module_id_version_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_module_parent_id"), "module", ["parent_id"], unique=False)
    op.create_index("ix_module_version_position", "module", ["version_id", "position", "id"], unique=False)
    op.create_table(
        "module_skill",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.CheckConstraint("level BETWEEN 1 AND 4", name=op.f("ck_module_skill_level_in_range")),
        sa.ForeignKeyConstraint(["module_id"], ["module.id"], name=op.f("fk_module_skill_module_id")),
        sa.ForeignKeyConstraint(["skill_id"], ["skill.id"], name=op.f("fk_module_skill_skill_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_module_skill")),
        sa.UniqueConstraint("module_id", "skill_id", name=op.f("uq_module_skill_module_id_skill_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_module_skill_skill_id"), "module_skill", ["skill_id"], unique=False)
    op.create_table(
        "seat_pool",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column(
            "funding",
            sa.Enum("state", "target", "paid", "employer", name="funding", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.CheckConstraint("held <= seats AND held >= 0", name=op.f("ck_seat_pool_never_oversold")),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_seat_pool_cohort_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_pool")),
        sa.UniqueConstraint("cohort_id", "funding", name=op.f("uq_seat_pool_cohort_id_funding")),
        sa.UniqueConstraint("id", "cohort_id", name=op.f("uq_seat_pool_id_cohort_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "enrolment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("trainee_id", sa.Integer(), nullable=False),
        sa.Column("pool_id", sa.Integer(), nullable=True),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
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
            nullable=False,
        ),
        sa.Column("claim_until_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("enrolled_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("hired_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "pool_id IS NOT NULL OR state NOT IN ('offered', 'enrolled', 'on_leave', 'completed')",
            name=op.f("ck_enrolment_seated_in_a_pool"),
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id", "school_id"], ["cohort.id", "cohort.school_id"], name=op.f("fk_enrolment_cohort_id_school_id")
        ),
        sa.ForeignKeyConstraint(
            ["pool_id", "cohort_id"], ["seat_pool.id", "seat_pool.cohort_id"], name=op.f("fk_enrolment_pool_id_cohort_id")
        ),
        sa.ForeignKeyConstraint(["trainee_id"], ["trainee.id"], name=op.f("fk_enrolment_trainee_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment")),
        sa.UniqueConstraint("id", "school_id", name=op.f("uq_enrolment_id_school_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_enrolment_pool", "enrolment", ["pool_id", "state"], unique=False)
    op.create_index("ix_enrolment_queue", "enrolment", ["cohort_id", "state", "applied_at", "id"], unique=False)
    op.create_index("ix_enrolment_school", "enrolment", ["school_id", "state"], unique=False)
    op.create_index("ix_enrolment_trainee", "enrolment", ["trainee_id", "id"], unique=False)
    op.create_index(
        "uq_enrolment_active",
        "enrolment",
        ["trainee_id", "cohort_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('applied', 'waitlisted', 'offered', 'enrolled', 'on_leave', 'completed')"),
        postgresql_where=sa.text("state IN ('applied', 'waitlisted', 'offered', 'enrolled', 'on_leave', 'completed')"),
    )
    op.create_table(
        "credential",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("trainee_id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("slug", sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"), nullable=False),
        sa.Column("holder", sa.String(length=200), nullable=False),
        sa.Column("holder_key", sa.String(length=240).with_variant(sa.String(length=240, collation="C"), "postgresql"), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("qualification", sa.String(length=200), nullable=True),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column(
            "state", sa.Enum("issued", "revoked", name="state", native_enum=False, create_constraint=True, length=40), nullable=False
        ),
        sa.Column("revoked_on", sa.Date(), nullable=True),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("pdf_digest", sa.String(length=64), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(file_id IS NULL) = (pdf_digest IS NULL)", name=op.f("ck_credential_document_with_digest")),
        sa.ForeignKeyConstraint(
            ["enrolment_id", "school_id"], ["enrolment.id", "enrolment.school_id"], name=op.f("fk_credential_enrolment_id_school_id")
        ),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_credential_file_id")),
        sa.ForeignKeyConstraint(["school_id"], ["organisation.id"], name=op.f("fk_credential_school_id")),
        sa.ForeignKeyConstraint(["trainee_id"], ["trainee.id"], name=op.f("fk_credential_trainee_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credential")),
        sa.UniqueConstraint("enrolment_id", name=op.f("uq_credential_enrolment_id")),
        sa.UniqueConstraint("file_id", name=op.f("uq_credential_file_id")),
        sa.UniqueConstraint("school_id", "number", name=op.f("uq_credential_school_id_number")),
        sa.UniqueConstraint("slug", name=op.f("uq_credential_slug")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_credential_school_issued", "credential", ["school_id", "issued_on", "id"], unique=False)
    op.create_index("ix_credential_trainee", "credential", ["trainee_id", "issued_on"], unique=False)
    op.create_table(
        "enrolment_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("pool_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_enrolment_choice_enrolment_id")),
        sa.ForeignKeyConstraint(["pool_id"], ["seat_pool.id"], name=op.f("fk_enrolment_choice_pool_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment_choice")),
        sa.UniqueConstraint("enrolment_id", "place", name=op.f("uq_enrolment_choice_enrolment_id_place")),
        sa.UniqueConstraint("enrolment_id", "pool_id", name=op.f("uq_enrolment_choice_enrolment_id_pool_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_enrolment_choice_pool_id"), "enrolment_choice", ["pool_id"], unique=False)
    for (table, verb), condition in FROZEN.items():
        freeze(op.get_bind(), table, verb, condition)


def downgrade() -> None:
    for table, verb in FROZEN:
        thaw(op.get_bind(), table, verb)
    op.drop_index(op.f("ix_enrolment_choice_pool_id"), table_name="enrolment_choice")
    op.drop_table("enrolment_choice")
    op.drop_index("ix_credential_trainee", table_name="credential")
    op.drop_index("ix_credential_school_issued", table_name="credential")
    op.drop_table("credential")
    op.drop_index(
        "uq_enrolment_active",
        table_name="enrolment",
        sqlite_where=sa.text("state IN ('applied', 'waitlisted', 'offered', 'enrolled', 'on_leave', 'completed')"),
        postgresql_where=sa.text("state IN ('applied', 'waitlisted', 'offered', 'enrolled', 'on_leave', 'completed')"),
    )
    op.drop_index("ix_enrolment_trainee", table_name="enrolment")
    op.drop_index("ix_enrolment_school", table_name="enrolment")
    op.drop_index("ix_enrolment_queue", table_name="enrolment")
    op.drop_index("ix_enrolment_pool", table_name="enrolment")
    op.drop_table("enrolment")
    op.drop_table("seat_pool")
    op.drop_index(op.f("ix_module_skill_skill_id"), table_name="module_skill")
    op.drop_table("module_skill")
    op.drop_index("ix_module_version_position", table_name="module")
    op.drop_index(op.f("ix_module_parent_id"), table_name="module")
    op.drop_table("module")
    op.drop_index("ix_cohort_version_state", table_name="cohort")
    op.drop_index("ix_cohort_state_opens", table_name="cohort")
    op.drop_index(op.f("ix_cohort_site_id"), table_name="cohort")
    op.drop_index("ix_cohort_school_starts", table_name="cohort")
    op.drop_table("cohort")
    op.drop_index(
        "uq_programme_version_published",
        table_name="programme_version",
        sqlite_where=sa.text("state = 'published'"),
        postgresql_where=sa.text("state = 'published'"),
    )
    op.drop_index(op.f("ix_programme_version_submitted_by"), table_name="programme_version")
    op.drop_index("ix_programme_version_state", table_name="programme_version")
    op.drop_index("ix_programme_version_school_state", table_name="programme_version")
    op.drop_table("programme_version")
    op.drop_index(op.f("ix_programme_title_key"), table_name="programme")
    op.drop_index("ix_programme_school_title", table_name="programme")
    op.drop_index(op.f("ix_programme_occupation_id"), table_name="programme")
    op.drop_table("programme")
    op.drop_table("credential_series")
