"""Selections: what applicants bring, priority groups, ranked lists, rounds; priorities and places of enrolments."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

OPEN = "state IN ('applied', 'waitlisted', 'offered') AND priority IS NOT NULL"


def upgrade() -> None:
    op.create_table(
        "priority_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("ground", sa.String(length=4000), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["school_id"], ["organisation.id"], name=op.f("fk_priority_group_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_priority_group")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_priority_group_school_id"), "priority_group", ["school_id"], unique=False)

    op.create_table(
        "asked_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cohort_id", "school_id"], ["cohort.id", "cohort.school_id"], name=op.f("fk_asked_document_cohort_id_school_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asked_document")),
        sa.UniqueConstraint("cohort_id", "place", name=op.f("uq_asked_document_cohort_id_place")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_asked_document_school_id"), "asked_document", ["school_id"], unique=False)

    op.create_table(
        "ranking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id", "school_id"], ["cohort.id", "cohort.school_id"], name=op.f("fk_ranking_cohort_id_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ranking")),
        sa.UniqueConstraint("cohort_id", "number", name=op.f("uq_ranking_cohort_id_number")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_ranking_school_id"), "ranking", ["school_id"], unique=False)

    op.create_table(
        "selection_criterion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("maximum", sa.Integer(), nullable=False),
        sa.CheckConstraint("maximum BETWEEN 1 AND 1000", name=op.f("ck_selection_criterion_maximum_in_range")),
        sa.CheckConstraint("weight BETWEEN 1 AND 100", name=op.f("ck_selection_criterion_weight_in_range")),
        sa.ForeignKeyConstraint(
            ["cohort_id", "school_id"], ["cohort.id", "cohort.school_id"], name=op.f("fk_selection_criterion_cohort_id_school_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_selection_criterion")),
        sa.UniqueConstraint("cohort_id", "place", name=op.f("uq_selection_criterion_cohort_id_place")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_selection_criterion_school_id"), "selection_criterion", ["school_id"], unique=False)

    op.create_table(
        "offer_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("ranking_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("offered", sa.Integer(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cohort_id", "school_id"], ["cohort.id", "cohort.school_id"], name=op.f("fk_offer_round_cohort_id_school_id")
        ),
        sa.ForeignKeyConstraint(["ranking_id"], ["ranking.id"], name=op.f("fk_offer_round_ranking_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer_round")),
        sa.UniqueConstraint("cohort_id", "number", name=op.f("uq_offer_round_cohort_id_number")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_offer_round_ranking_id"), "offer_round", ["ranking_id"], unique=False)
    op.create_index(op.f("ix_offer_round_school_id"), "offer_round", ["school_id"], unique=False)

    op.create_table(
        "candidacy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("average", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=True),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("condition", sa.String(length=4000), nullable=True),
        sa.Column("condition_until_on", sa.Date(), nullable=True),
        sa.Column("condition_module", sa.String(length=200), nullable=True),
        sa.Column("condition_met", sa.Boolean(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("condition IS NULL OR condition_until_on IS NOT NULL", name=op.f("ck_candidacy_condition_with_a_day")),
        sa.CheckConstraint("average BETWEEN 1 AND 10000", name=op.f("ck_candidacy_average_in_range")),
        sa.ForeignKeyConstraint(
            ["enrolment_id", "school_id"], ["enrolment.id", "enrolment.school_id"], name=op.f("fk_candidacy_enrolment_id_school_id")
        ),
        sa.ForeignKeyConstraint(["group_id"], ["priority_group.id"], name=op.f("fk_candidacy_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidacy")),
        sa.UniqueConstraint("enrolment_id", name=op.f("uq_candidacy_enrolment_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_candidacy_group_id"), "candidacy", ["group_id"], unique=False)
    op.create_index(op.f("ix_candidacy_school_id"), "candidacy", ["school_id"], unique=False)

    op.create_table(
        "ranking_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ranking_id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("first", sa.Boolean(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("average", sa.Integer(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column(
            "above",
            sa.Enum("average", "priority", "arrival", name="tie", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("pool_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_ranking_line_enrolment_id")),
        sa.ForeignKeyConstraint(["pool_id"], ["seat_pool.id"], name=op.f("fk_ranking_line_pool_id")),
        sa.ForeignKeyConstraint(["ranking_id"], ["ranking.id"], name=op.f("fk_ranking_line_ranking_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ranking_line")),
        sa.UniqueConstraint("ranking_id", "place", name=op.f("uq_ranking_line_ranking_id_place")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_ranking_line_enrolment_id"), "ranking_line", ["enrolment_id"], unique=False)
    op.create_index("ix_ranking_line_pool", "ranking_line", ["pool_id", "ranking_id"], unique=False)

    op.create_table(
        "candidacy_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidacy_id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=4000), nullable=True),
        sa.Column("points", sa.Integer(), nullable=True),
        sa.CheckConstraint("points >= 0", name=op.f("ck_candidacy_answer_points_not_negative")),
        sa.ForeignKeyConstraint(["candidacy_id"], ["candidacy.id"], name=op.f("fk_candidacy_answer_candidacy_id")),
        sa.ForeignKeyConstraint(["criterion_id"], ["selection_criterion.id"], name=op.f("fk_candidacy_answer_criterion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidacy_answer")),
        sa.UniqueConstraint("candidacy_id", "criterion_id", name=op.f("uq_candidacy_answer_candidacy_id_criterion_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_candidacy_answer_criterion_id"), "candidacy_answer", ["criterion_id"], unique=False)

    op.create_table(
        "candidacy_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidacy_id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column(
            "what",
            sa.Enum("certificate", "consent", "group", "asked", name="what", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("asked_id", sa.Integer(), nullable=True),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum("missing", "brought", "accepted", "sent_back", name="state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=4000), nullable=True),
        sa.Column("brought_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(what = 'asked') = (asked_id IS NOT NULL)", name=op.f("ck_candidacy_document_asked_for_is_named")),
        sa.CheckConstraint("state = 'missing' OR file_id IS NOT NULL", name=op.f("ck_candidacy_document_brought_as_a_file")),
        sa.ForeignKeyConstraint(["asked_id"], ["asked_document.id"], name=op.f("fk_candidacy_document_asked_id")),
        sa.ForeignKeyConstraint(["candidacy_id"], ["candidacy.id"], name=op.f("fk_candidacy_document_candidacy_id")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_candidacy_document_file_id")),
        sa.ForeignKeyConstraint(["school_id"], ["organisation.id"], name=op.f("fk_candidacy_document_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidacy_document")),
        sa.UniqueConstraint("candidacy_id", "place", name=op.f("uq_candidacy_document_candidacy_id_place")),
        sa.UniqueConstraint("file_id", name=op.f("uq_candidacy_document_file_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_candidacy_document_asked_id"), "candidacy_document", ["asked_id"], unique=False)
    op.create_index(op.f("ix_candidacy_document_school_id"), "candidacy_document", ["school_id"], unique=False)

    op.execute(
        "ALTER TABLE enrolment ADD COLUMN priority INTEGER CONSTRAINT ck_enrolment_priority_in_range CHECK (priority BETWEEN 1 AND 5)"
    )
    op.execute("ALTER TABLE enrolment ADD COLUMN rank INTEGER")
    op.create_index(
        "uq_enrolment_priority",
        "enrolment",
        ["trainee_id", "priority"],
        unique=True,
        sqlite_where=sa.text(OPEN),
        postgresql_where=sa.text(OPEN),
    )


def downgrade() -> None:
    op.drop_index("uq_enrolment_priority", "enrolment")
    with op.batch_alter_table("enrolment", table_kwargs={"sqlite_autoincrement": True}) as enrolment:
        enrolment.drop_constraint(op.f("ck_enrolment_priority_in_range"), type_="check")
        enrolment.drop_column("rank")
        enrolment.drop_column("priority")
    for table in (
        "candidacy_document",
        "candidacy_answer",
        "ranking_line",
        "candidacy",
        "offer_round",
        "selection_criterion",
        "ranking",
        "asked_document",
        "priority_group",
    ):
        op.drop_table(table)
