"""The tables of candidates."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stage_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "new", "screening", "interview", "decision", "own", name="stagekind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.CheckConstraint("(kind = 'own') = (name IS NOT NULL)", name=op.f("ck_stage_template_own_ones_are_named")),
        sa.ForeignKeyConstraint(["employer_id"], ["organisation.id"], name=op.f("fk_stage_template_employer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_template")),
        sa.UniqueConstraint("employer_id", "position", name=op.f("uq_stage_template_employer_id_position")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "vacancy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("title_key", sa.String(length=240).with_variant(sa.String(length=240, collation="C"), "postgresql"), nullable=False),
        sa.Column("occupation_id", sa.Integer(), nullable=False),
        sa.Column("description", sa.String(length=4000), nullable=False),
        sa.Column("pay_from", sa.Integer(), nullable=True),
        sa.Column("pay_to", sa.Integer(), nullable=True),
        sa.Column("currency", sa.String(length=60), nullable=False),
        sa.Column(
            "schedule",
            sa.Enum("day", "shifts", "rotation", "flexible", name="schedule", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "employment",
            sa.Enum("full", "part", "temporary", "internship", name="employment", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column("town", sa.String(length=200), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column(
            "state",
            sa.Enum("draft", "live", "paused", "closed", name="state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "closing",
            sa.Enum("filled", "expired", "withdrawn", name="closing", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(closing IS NOT NULL) = (state = 'closed')", name=op.f("ck_vacancy_closed_for_a_reason")),
        sa.CheckConstraint("pay_from > 0 AND pay_to > 0 AND pay_from <= pay_to", name=op.f("ck_vacancy_pay_in_order")),
        sa.ForeignKeyConstraint(["employer_id"], ["organisation.id"], name=op.f("fk_vacancy_employer_id")),
        sa.ForeignKeyConstraint(["occupation_id"], ["occupation.id"], name=op.f("fk_vacancy_occupation_id")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_vacancy_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vacancy")),
        sa.UniqueConstraint("id", "employer_id", name=op.f("uq_vacancy_id_employer_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_vacancy_slug")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_vacancy_employer_state", "vacancy", ["employer_id", "state", "id"], unique=False)
    op.create_index(op.f("ix_vacancy_occupation_id"), "vacancy", ["occupation_id"], unique=False)
    op.create_index(op.f("ix_vacancy_site_id"), "vacancy", ["site_id"], unique=False)
    op.create_index("ix_vacancy_state_closes", "vacancy", ["state", "closes_on"], unique=False)
    op.create_index("ix_vacancy_state_published", "vacancy", ["state", "published_on", "id"], unique=False)
    op.create_table(
        "stage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vacancy_id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "new", "screening", "interview", "decision", "own", name="stagekind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.CheckConstraint("(kind = 'own') = (name IS NOT NULL)", name=op.f("ck_stage_own_ones_are_named")),
        sa.ForeignKeyConstraint(["employer_id"], ["organisation.id"], name=op.f("fk_stage_employer_id")),
        sa.ForeignKeyConstraint(
            ["vacancy_id", "employer_id"], ["vacancy.id", "vacancy.employer_id"], name=op.f("fk_stage_vacancy_id_employer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage")),
        sa.UniqueConstraint("id", "vacancy_id", name=op.f("uq_stage_id_vacancy_id")),
        sa.UniqueConstraint("vacancy_id", "position", name=op.f("uq_stage_vacancy_id_position")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_stage_employer_id"), "stage", ["employer_id"], unique=False)
    op.create_index("ix_stage_vacancy_employer", "stage", ["vacancy_id", "employer_id"], unique=False)
    op.create_table(
        "talent_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vacancy_id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("trainee_id", sa.Integer(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["employer_id"], ["organisation.id"], name=op.f("fk_talent_invitation_employer_id")),
        sa.ForeignKeyConstraint(["trainee_id"], ["trainee.id"], name=op.f("fk_talent_invitation_trainee_id")),
        sa.ForeignKeyConstraint(
            ["vacancy_id", "employer_id"], ["vacancy.id", "vacancy.employer_id"], name=op.f("fk_talent_invitation_vacancy_id_employer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talent_invitation")),
        sa.UniqueConstraint("vacancy_id", "trainee_id", name=op.f("uq_talent_invitation_vacancy_id_trainee_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_talent_invitation_employer_id"), "talent_invitation", ["employer_id"], unique=False)
    op.create_index(op.f("ix_talent_invitation_trainee_id"), "talent_invitation", ["trainee_id"], unique=False)
    op.create_index("ix_talent_invitation_vacancy_employer", "talent_invitation", ["vacancy_id", "employer_id"], unique=False)
    op.create_table(
        "vacancy_positions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vacancy_id", sa.Integer(), nullable=False),
        sa.Column("positions", sa.Integer(), nullable=False),
        sa.Column("filled", sa.Integer(), nullable=False),
        sa.CheckConstraint("positions > 0 AND filled >= 0 AND filled <= positions", name=op.f("ck_vacancy_positions_never_overfilled")),
        sa.ForeignKeyConstraint(["vacancy_id"], ["vacancy.id"], name=op.f("fk_vacancy_positions_vacancy_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vacancy_positions")),
        sa.UniqueConstraint("vacancy_id", name=op.f("uq_vacancy_positions_vacancy_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "vacancy_skill",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vacancy_id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.CheckConstraint("level BETWEEN 1 AND 4", name=op.f("ck_vacancy_skill_level_in_range")),
        sa.ForeignKeyConstraint(["skill_id"], ["skill.id"], name=op.f("fk_vacancy_skill_skill_id")),
        sa.ForeignKeyConstraint(["vacancy_id"], ["vacancy.id"], name=op.f("fk_vacancy_skill_vacancy_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vacancy_skill")),
        sa.UniqueConstraint("vacancy_id", "skill_id", name=op.f("uq_vacancy_skill_vacancy_id_skill_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_vacancy_skill_skill_id"), "vacancy_skill", ["skill_id"], unique=False)
    op.create_table(
        "application",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vacancy_id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("trainee_id", sa.Integer(), nullable=False),
        sa.Column("stage_id", sa.Integer(), nullable=False),
        sa.Column("letter", sa.String(length=4000), nullable=True),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "offered",
                "hired",
                "rejected",
                "withdrawn",
                "lapsed",
                "hired_elsewhere",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "rejection",
            sa.Enum(
                "skills",
                "experience",
                "credential",
                "schedule",
                "pay",
                "stronger",
                "position_filled",
                "vacancy_withdrawn",
                name="rejection",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "withdrawal",
            sa.Enum(
                "other_work",
                "study",
                "conditions",
                "waited",
                "personal",
                name="withdrawal",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("words", sa.String(length=4000), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("interview_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer_by_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(rejection IS NOT NULL) = (state = 'rejected')", name=op.f("ck_application_rejected_for_a_reason")),
        sa.CheckConstraint("(withdrawal IS NOT NULL) = (state = 'withdrawn')", name=op.f("ck_application_withdrawn_for_a_reason")),
        sa.ForeignKeyConstraint(["employer_id"], ["organisation.id"], name=op.f("fk_application_employer_id")),
        sa.ForeignKeyConstraint(
            ["stage_id", "vacancy_id"], ["stage.id", "stage.vacancy_id"], name=op.f("fk_application_stage_id_vacancy_id")
        ),
        sa.ForeignKeyConstraint(["trainee_id"], ["trainee.id"], name=op.f("fk_application_trainee_id")),
        sa.ForeignKeyConstraint(
            ["vacancy_id", "employer_id"], ["vacancy.id", "vacancy.employer_id"], name=op.f("fk_application_vacancy_id_employer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_application_board", "application", ["vacancy_id", "state", "stage_id", "moved_at", "id"], unique=False)
    op.create_index("ix_application_employer_state", "application", ["employer_id", "state", "id"], unique=False)
    op.create_index("ix_application_stage_vacancy", "application", ["stage_id", "vacancy_id"], unique=False)
    op.create_index("ix_application_trainee", "application", ["trainee_id", "applied_at", "id"], unique=False)
    op.create_index("ix_application_vacancy_employer", "application", ["vacancy_id", "employer_id"], unique=False)
    op.create_index(
        "uq_application_live",
        "application",
        ["vacancy_id", "trainee_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('open', 'offered', 'hired')"),
        postgresql_where=sa.text("state IN ('open', 'offered', 'hired')"),
    )
    op.create_table(
        "interview",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("trainee_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed", "confirmed", "held", "declined", "cancelled", name="state", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("words", sa.String(length=4000), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_interview_times_in_order")),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_interview_application_id")),
        sa.ForeignKeyConstraint(["employer_id"], ["organisation.id"], name=op.f("fk_interview_employer_id")),
        sa.ForeignKeyConstraint(["trainee_id"], ["trainee.id"], name=op.f("fk_interview_trainee_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_interview_application", "interview", ["application_id", "starts_at", "id"], unique=False)
    op.create_index("ix_interview_employer_starts", "interview", ["employer_id", "starts_at", "id"], unique=False)
    op.create_index("ix_interview_trainee_starts", "interview", ["trainee_id", "starts_at", "id"], unique=False)
    op.create_table(
        "offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("trainee_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.String(length=200), nullable=False),
        sa.Column("pay", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(length=60), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("conditions", sa.String(length=4000), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "sent", "accepted", "declined", "expired", "withdrawn", name="state", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column(
            "refusal",
            sa.Enum(
                "pay",
                "conditions",
                "place",
                "other_work",
                "study",
                "personal",
                name="refusal",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("words", sa.String(length=4000), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(refusal IS NOT NULL) = (state = 'declined')", name=op.f("ck_offer_declined_for_a_reason")),
        sa.CheckConstraint("pay > 0", name=op.f("ck_offer_paid")),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_offer_application_id")),
        sa.ForeignKeyConstraint(["employer_id"], ["organisation.id"], name=op.f("fk_offer_employer_id")),
        sa.ForeignKeyConstraint(["trainee_id"], ["trainee.id"], name=op.f("fk_offer_trainee_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_offer_application", "offer", ["application_id", "id"], unique=False)
    op.create_index("ix_offer_employer_state", "offer", ["employer_id", "state", "id"], unique=False)
    op.create_index(op.f("ix_offer_trainee_id"), "offer", ["trainee_id"], unique=False)
    op.create_index(
        "uq_offer_live",
        "offer",
        ["application_id"],
        unique=True,
        sqlite_where=sa.text("state = 'sent'"),
        postgresql_where=sa.text("state = 'sent'"),
    )
    op.create_table(
        "interview_panel",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["interview_id"], ["interview.id"], name=op.f("fk_interview_panel_interview_id")),
        sa.ForeignKeyConstraint(["membership_id"], ["membership.id"], name=op.f("fk_interview_panel_membership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_panel")),
        sa.UniqueConstraint("interview_id", "membership_id", name=op.f("uq_interview_panel_interview_id_membership_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_interview_panel_membership_id"), "interview_panel", ["membership_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_interview_panel_membership_id"), table_name="interview_panel")
    op.drop_table("interview_panel")
    op.drop_index("uq_offer_live", table_name="offer", sqlite_where=sa.text("state = 'sent'"), postgresql_where=sa.text("state = 'sent'"))
    op.drop_index(op.f("ix_offer_trainee_id"), table_name="offer")
    op.drop_index("ix_offer_employer_state", table_name="offer")
    op.drop_index("ix_offer_application", table_name="offer")
    op.drop_table("offer")
    op.drop_index("ix_interview_trainee_starts", table_name="interview")
    op.drop_index("ix_interview_employer_starts", table_name="interview")
    op.drop_index("ix_interview_application", table_name="interview")
    op.drop_table("interview")
    op.drop_index(
        "uq_application_live",
        table_name="application",
        sqlite_where=sa.text("state IN ('open', 'offered', 'hired')"),
        postgresql_where=sa.text("state IN ('open', 'offered', 'hired')"),
    )
    op.drop_index("ix_application_vacancy_employer", table_name="application")
    op.drop_index("ix_application_trainee", table_name="application")
    op.drop_index("ix_application_stage_vacancy", table_name="application")
    op.drop_index("ix_application_employer_state", table_name="application")
    op.drop_index("ix_application_board", table_name="application")
    op.drop_table("application")
    op.drop_index(op.f("ix_vacancy_skill_skill_id"), table_name="vacancy_skill")
    op.drop_table("vacancy_skill")
    op.drop_table("vacancy_positions")
    op.drop_index("ix_talent_invitation_vacancy_employer", table_name="talent_invitation")
    op.drop_index(op.f("ix_talent_invitation_trainee_id"), table_name="talent_invitation")
    op.drop_index(op.f("ix_talent_invitation_employer_id"), table_name="talent_invitation")
    op.drop_table("talent_invitation")
    op.drop_index("ix_stage_vacancy_employer", table_name="stage")
    op.drop_index(op.f("ix_stage_employer_id"), table_name="stage")
    op.drop_table("stage")
    op.drop_index("ix_vacancy_state_published", table_name="vacancy")
    op.drop_index("ix_vacancy_state_closes", table_name="vacancy")
    op.drop_index(op.f("ix_vacancy_site_id"), table_name="vacancy")
    op.drop_index(op.f("ix_vacancy_occupation_id"), table_name="vacancy")
    op.drop_index("ix_vacancy_employer_state", table_name="vacancy")
    op.drop_table("vacancy")
    op.drop_table("stage_template")
