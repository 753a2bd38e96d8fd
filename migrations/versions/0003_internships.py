"""The tables of internships."""

import sqlalchemy as sa
from alembic import op

from training.kernel.db.frozen import freeze, thaw

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Enum("practice", name="agreementkind", native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("language", sa.String(length=60), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("fixed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "state",
            sa.Enum("draft", "signing", "in_force", "cancelled", name="state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state NOT IN ('signing', 'in_force') OR digest IS NOT NULL", name=op.f("ck_agreement_text_fixed")),
        sa.ForeignKeyConstraint(["employer_id"], ["organisation.id"], name=op.f("fk_agreement_employer_id")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_agreement_file_id")),
        sa.ForeignKeyConstraint(["school_id"], ["organisation.id"], name=op.f("fk_agreement_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
        sa.UniqueConstraint("school_id", "number", name=op.f("uq_agreement_school_id_number")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_agreement_employer", "agreement", ["employer_id", "state", "id"], unique=False)
    op.create_index(op.f("ix_agreement_file_id"), "agreement", ["file_id"], unique=False)
    op.create_index("ix_agreement_school", "agreement", ["school_id", "state", "id"], unique=False)
    op.create_table(
        "mentor_load",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.CheckConstraint("held >= 0 AND held <= most", name=op.f("ck_mentor_load_never_more_than_allowed")),
        sa.ForeignKeyConstraint(["membership_id"], ["membership.id"], name=op.f("fk_mentor_load_membership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentor_load")),
        sa.UniqueConstraint("membership_id", name=op.f("uq_mentor_load_membership_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "opening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column("occupation_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("town", sa.String(length=200), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("weekly_hours", sa.Integer(), nullable=False),
        sa.Column("daily_hours", sa.Integer(), nullable=False),
        sa.Column("shift_from", sa.Time(), nullable=False),
        sa.Column("shift_to", sa.Time(), nullable=False),
        sa.Column(
            "hazard",
            sa.Enum(
                "none",
                "noise",
                "heat",
                "chemicals",
                "dust",
                "height",
                "welding",
                name="hazard",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("pay_minor", sa.Integer(), nullable=True),
        sa.Column("pay_currency", sa.String(length=60), nullable=True),
        sa.Column("requirements", sa.String(length=4000), nullable=True),
        sa.Column("mentor_limit", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("draft", "open", "closed", "withdrawn", name="state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(pay_minor IS NULL) = (pay_currency IS NULL)", name=op.f("ck_opening_pay_with_currency")),
        sa.CheckConstraint("mentor_limit BETWEEN 1 AND 20", name=op.f("ck_opening_mentor_limit_in_range")),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_opening_dates_in_order")),
        sa.CheckConstraint("weekly_hours BETWEEN 1 AND 40 AND daily_hours BETWEEN 1 AND 12", name=op.f("ck_opening_hours_in_range")),
        sa.ForeignKeyConstraint(["employer_id"], ["organisation.id"], name=op.f("fk_opening_employer_id")),
        sa.ForeignKeyConstraint(["occupation_id"], ["occupation.id"], name=op.f("fk_opening_occupation_id")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_opening_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening")),
        sa.UniqueConstraint("id", "employer_id", name=op.f("uq_opening_id_employer_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_opening_slug")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_opening_employer_state", "opening", ["employer_id", "state", "starts_on", "id"], unique=False)
    op.create_index(op.f("ix_opening_occupation_id"), "opening", ["occupation_id"], unique=False)
    op.create_index(op.f("ix_opening_site_id"), "opening", ["site_id"], unique=False)
    op.create_index("ix_opening_state_starts", "opening", ["state", "starts_on", "id"], unique=False)
    op.create_index("ix_opening_town", "opening", ["state", "town"], unique=False)
    op.create_table(
        "agreement_party",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column(
            "party",
            sa.Enum(
                "school",
                "employer",
                "authority",
                "operator",
                "trainee",
                "guardian",
                "mentor",
                "teacher",
                name="party",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("guardian_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(organisation_id IS NULL) <> (guardian_id IS NULL)", name=op.f("ck_agreement_party_one_of_both")),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_party_agreement_id")),
        sa.ForeignKeyConstraint(["guardian_id"], ["guardian.id"], name=op.f("fk_agreement_party_guardian_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_agreement_party_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_party")),
        sa.UniqueConstraint("agreement_id", "place", name=op.f("uq_agreement_party_agreement_id_place")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_agreement_party_guardian_id"), "agreement_party", ["guardian_id"], unique=False)
    op.create_index(op.f("ix_agreement_party_organisation_id"), "agreement_party", ["organisation_id"], unique=False)
    op.create_table(
        "opening_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("programme_code_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["opening_id"], ["opening.id"], name=op.f("fk_opening_code_opening_id")),
        sa.ForeignKeyConstraint(["programme_code_id"], ["programme_code.id"], name=op.f("fk_opening_code_programme_code_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening_code")),
        sa.UniqueConstraint("opening_id", "programme_code_id", name=op.f("uq_opening_code_opening_id_programme_code_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_opening_code_programme_code_id"), "opening_code", ["programme_code_id"], unique=False)
    op.create_table(
        "opening_places",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.CheckConstraint("taken >= 0 AND taken <= places", name=op.f("ck_opening_places_never_more_than_there_are")),
        sa.ForeignKeyConstraint(["opening_id"], ["opening.id"], name=op.f("fk_opening_places_opening_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening_places")),
        sa.UniqueConstraint("opening_id", name=op.f("uq_opening_places_opening_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "placement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=True),
        sa.Column("trainee_id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=True),
        sa.Column("supervisor_id", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("weekly_hours", sa.Integer(), nullable=False),
        sa.Column("daily_hours", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "requested",
                "approved",
                "accepted",
                "agreed",
                "active",
                "completed",
                "refused",
                "withdrawn",
                "lapsed",
                "cancelled",
                "broken_off",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(length=4000), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "mentor_id IS NOT NULL OR state NOT IN ('accepted', 'agreed', 'active', 'completed')", name=op.f("ck_placement_mentor_named")
        ),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_placement_dates_in_order")),
        sa.CheckConstraint("weekly_hours BETWEEN 1 AND 40 AND daily_hours BETWEEN 1 AND 12", name=op.f("ck_placement_hours_in_range")),
        sa.ForeignKeyConstraint(["employer_id"], ["organisation.id"], name=op.f("fk_placement_employer_id")),
        sa.ForeignKeyConstraint(["mentor_id"], ["membership.id"], name=op.f("fk_placement_mentor_id")),
        sa.ForeignKeyConstraint(["opening_id", "employer_id"], ["opening.id", "opening.employer_id"], name="fk_placement_opening"),
        sa.ForeignKeyConstraint(["school_id"], ["organisation.id"], name=op.f("fk_placement_school_id")),
        sa.ForeignKeyConstraint(["supervisor_id"], ["membership.id"], name=op.f("fk_placement_supervisor_id")),
        sa.ForeignKeyConstraint(["trainee_id"], ["trainee.id"], name=op.f("fk_placement_trainee_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_placement_employer_state", "placement", ["employer_id", "state", "starts_on", "id"], unique=False)
    op.create_index(op.f("ix_placement_mentor_id"), "placement", ["mentor_id"], unique=False)
    op.create_index("ix_placement_opening", "placement", ["opening_id", "employer_id"], unique=False)
    op.create_index("ix_placement_school_state", "placement", ["school_id", "state", "starts_on", "id"], unique=False)
    op.create_index(op.f("ix_placement_supervisor_id"), "placement", ["supervisor_id"], unique=False)
    op.create_index("ix_placement_trainee", "placement", ["trainee_id", "state", "starts_on"], unique=False)
    op.create_table(
        "agreement_placement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_placement_agreement_id")),
        sa.ForeignKeyConstraint(["placement_id"], ["placement.id"], name=op.f("fk_agreement_placement_placement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_placement")),
        sa.UniqueConstraint("agreement_id", "placement_id", name=op.f("uq_agreement_placement_agreement_id_placement_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_agreement_placement_placement_id"), "agreement_placement", ["placement_id"], unique=False)
    op.create_table(
        "evaluation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column(
            "by", sa.Enum("mentor", "teacher", "trainee", name="by", native_enum=False, create_constraint=True, length=40), nullable=False
        ),
        sa.Column("membership_id", sa.Integer(), nullable=True),
        sa.Column("comment", sa.String(length=4000), nullable=False),
        sa.Column(
            "recommendation",
            sa.Enum("hire", "reserve", "retrain", "none", name="recommendation", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("disagreement", sa.String(length=4000), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(membership_id IS NULL) = (by = 'trainee')", name=op.f("ck_evaluation_author_known")),
        sa.ForeignKeyConstraint(["membership_id"], ["membership.id"], name=op.f("fk_evaluation_membership_id")),
        sa.ForeignKeyConstraint(["placement_id"], ["placement.id"], name=op.f("fk_evaluation_placement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation")),
        sa.UniqueConstraint("placement_id", "by", name=op.f("uq_evaluation_placement_id_by")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_evaluation_membership_id"), "evaluation", ["membership_id"], unique=False)
    op.create_table(
        "logbook_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("worked_on", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("task", sa.String(length=4000), nullable=False),
        sa.Column("result", sa.String(length=4000), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=True),
        sa.Column("comment", sa.String(length=4000), nullable=True),
        sa.Column(
            "state",
            sa.Enum("draft", "submitted", "countersigned", "returned", name="state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes BETWEEN 15 AND 720 AND minutes % 15 = 0", name=op.f("ck_logbook_entry_quarter_hours")),
        sa.ForeignKeyConstraint(["placement_id"], ["placement.id"], name=op.f("fk_logbook_entry_placement_id")),
        sa.ForeignKeyConstraint(["skill_id"], ["skill.id"], name=op.f("fk_logbook_entry_skill_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logbook_entry")),
        sa.UniqueConstraint("placement_id", "worked_on", "number", name=op.f("uq_logbook_entry_placement_id_worked_on_number")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_logbook_entry_skill_id"), "logbook_entry", ["skill_id"], unique=False)
    op.create_table(
        "signature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("agreement_party_id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=True),
        sa.Column("guardian_id", sa.Integer(), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("how", sa.Enum("page", "link", name="how", native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.CheckConstraint("(membership_id IS NULL) <> (guardian_id IS NULL)", name=op.f("ck_signature_one_of_both")),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_signature_agreement_id")),
        sa.ForeignKeyConstraint(["agreement_party_id"], ["agreement_party.id"], name=op.f("fk_signature_agreement_party_id")),
        sa.ForeignKeyConstraint(["guardian_id"], ["guardian.id"], name=op.f("fk_signature_guardian_id")),
        sa.ForeignKeyConstraint(["membership_id"], ["membership.id"], name=op.f("fk_signature_membership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signature")),
        sa.UniqueConstraint("agreement_party_id", name=op.f("uq_signature_agreement_party_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_signature_agreement_id"), "signature", ["agreement_id"], unique=False)
    op.create_index(op.f("ix_signature_guardian_id"), "signature", ["guardian_id"], unique=False)
    op.create_index(op.f("ix_signature_membership_id"), "signature", ["membership_id"], unique=False)
    op.create_table(
        "evaluation_rating",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evaluation_id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.CheckConstraint("level BETWEEN 1 AND 4", name=op.f("ck_evaluation_rating_level_in_range")),
        sa.ForeignKeyConstraint(["evaluation_id"], ["evaluation.id"], name=op.f("fk_evaluation_rating_evaluation_id")),
        sa.ForeignKeyConstraint(["skill_id"], ["skill.id"], name=op.f("fk_evaluation_rating_skill_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_rating")),
        sa.UniqueConstraint("evaluation_id", "skill_id", name=op.f("uq_evaluation_rating_evaluation_id_skill_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_evaluation_rating_skill_id"), "evaluation_rating", ["skill_id"], unique=False)
    for verb in ("update", "delete"):
        freeze(op.get_bind(), "logbook_entry", verb, "OLD.state = 'countersigned'")


def downgrade() -> None:
    for verb in ("update", "delete"):
        thaw(op.get_bind(), "logbook_entry", verb)
    op.drop_index(op.f("ix_evaluation_rating_skill_id"), table_name="evaluation_rating")
    op.drop_table("evaluation_rating")
    op.drop_index(op.f("ix_signature_membership_id"), table_name="signature")
    op.drop_index(op.f("ix_signature_guardian_id"), table_name="signature")
    op.drop_index(op.f("ix_signature_agreement_id"), table_name="signature")
    op.drop_table("signature")
    op.drop_index(op.f("ix_logbook_entry_skill_id"), table_name="logbook_entry")
    op.drop_table("logbook_entry")
    op.drop_index(op.f("ix_evaluation_membership_id"), table_name="evaluation")
    op.drop_table("evaluation")
    op.drop_index(op.f("ix_agreement_placement_placement_id"), table_name="agreement_placement")
    op.drop_table("agreement_placement")
    op.drop_index("ix_placement_trainee", table_name="placement")
    op.drop_index(op.f("ix_placement_supervisor_id"), table_name="placement")
    op.drop_index("ix_placement_school_state", table_name="placement")
    op.drop_index("ix_placement_opening", table_name="placement")
    op.drop_index(op.f("ix_placement_mentor_id"), table_name="placement")
    op.drop_index("ix_placement_employer_state", table_name="placement")
    op.drop_table("placement")
    op.drop_table("opening_places")
    op.drop_index(op.f("ix_opening_code_programme_code_id"), table_name="opening_code")
    op.drop_table("opening_code")
    op.drop_index(op.f("ix_agreement_party_organisation_id"), table_name="agreement_party")
    op.drop_index(op.f("ix_agreement_party_guardian_id"), table_name="agreement_party")
    op.drop_table("agreement_party")
    op.drop_index("ix_opening_town", table_name="opening")
    op.drop_index("ix_opening_state_starts", table_name="opening")
    op.drop_index(op.f("ix_opening_site_id"), table_name="opening")
    op.drop_index(op.f("ix_opening_occupation_id"), table_name="opening")
    op.drop_index("ix_opening_employer_state", table_name="opening")
    op.drop_table("opening")
    op.drop_table("mentor_load")
    op.drop_index("ix_agreement_school", table_name="agreement")
    op.drop_index(op.f("ix_agreement_file_id"), table_name="agreement")
    op.drop_index("ix_agreement_employer", table_name="agreement")
    op.drop_table("agreement")
