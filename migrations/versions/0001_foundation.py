"""The foundation: organisations, accounts, trainees, the trail, jobs, notices, files, search, exchange."""

import sqlalchemy as sa
from alembic import op

from training.kernel.db.append_only import allow_changes, forbid_changes
from training.search import index

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=True),
        sa.Column("email_key", sa.String(length=240).with_variant(sa.String(length=240, collation="C"), "postgresql"), nullable=True),
        sa.Column("login_name", sa.String(length=240).with_variant(sa.String(length=240, collation="C"), "postgresql"), nullable=True),
        sa.Column("password", sa.String(length=200), nullable=True),
        sa.Column("language", sa.String(length=60), nullable=False),
        sa.Column("theme", sa.String(length=60), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("blocked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("email IS NOT NULL OR login_name IS NOT NULL", name=op.f("ck_account_some_way_in")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email_key", name=op.f("uq_account_email_key")),
        sa.UniqueConstraint("login_name", name=op.f("uq_account_login_name")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("subject_kind", sa.String(length=60), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("acting", sa.String(length=60), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("detail_digest", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_event_account_id"), "event", ["account_id"], unique=False)
    op.create_index("ix_event_name_at", "event", ["name", "at"], unique=False)
    op.create_index(op.f("ix_event_organisation_id"), "event", ["organisation_id"], unique=False)
    op.create_index("ix_event_subject", "event", ["subject_kind", "subject_id", "id"], unique=False)
    op.create_table(
        "event_seal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("last_id", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_seal")),
        sa.UniqueConstraint("last_id", name=op.f("uq_event_seal_last_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task", sa.String(length=200), nullable=False),
        sa.Column("args", sa.JSON(), nullable=False),
        sa.Column("key", sa.String(length=240).with_variant(sa.String(length=240, collation="C"), "postgresql"), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "waiting", "running", "done", "parked", "discarded", name="jobstate", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("run_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease", sa.String(length=64), nullable=True),
        sa.Column("leased_until_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(length=4000), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("key", name=op.f("uq_job_key")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_job_due", "job", ["state", "run_at", "id"], unique=False)
    op.create_index(op.f("ix_job_finished_at"), "job", ["finished_at"], unique=False)
    op.create_table(
        "law_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("valid_from_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_law_rule")),
        sa.UniqueConstraint("country", "name", "subject", "valid_from_on", name=op.f("uq_law_rule_country_name_subject_valid_from_on")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "limit_counter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=240).with_variant(sa.String(length=240, collation="C"), "postgresql"), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_limit_counter")),
        sa.UniqueConstraint("key", name=op.f("uq_limit_counter_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_limit_counter_until_at"), "limit_counter", ["until_at"], unique=False)
    op.create_table(
        "link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "confirm", "reset", "invitation", "consent", "signing", name="purpose", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=True),
        sa.Column("cookie", sa.String(length=64), nullable=True),
        sa.Column("once", sa.Boolean(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
        sa.UniqueConstraint("cookie", name=op.f("uq_link_cookie")),
        sa.UniqueConstraint("token", name=op.f("uq_link_token")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_link_purpose_subject", "link", ["purpose", "subject_id"], unique=False)
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("subject_kind", sa.String(length=60), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("to_kind", sa.String(length=60), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "dropped",
            sa.Enum(
                "no e-mail",
                "recipient gone",
                "no longer theirs",
                "refused",
                name="dropped",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_notice_inbox", "notice", ["to_kind", "to_id", "id"], unique=False)
    op.create_index("ix_notice_subject", "notice", ["subject_kind", "subject_id"], unique=False)
    op.create_index(
        "ix_notice_unread",
        "notice",
        ["to_kind", "to_id", "organisation_id"],
        unique=False,
        sqlite_where=sa.text("read_at IS NULL"),
        postgresql_where=sa.text("read_at IS NULL"),
    )
    op.create_table(
        "occupation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("isco", sa.String(length=60), nullable=False),
        sa.Column("title_en", sa.String(length=200), nullable=False),
        sa.Column("title_ru", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occupation")),
        sa.UniqueConstraint("slug", name=op.f("uq_occupation_slug")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_occupation_isco"), "occupation", ["isco"], unique=False)
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "school", "employer", "authority", "operator", name="organisationkind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("legal_name", sa.String(length=200), nullable=False),
        sa.Column("native_name", sa.String(length=200), nullable=False),
        sa.Column("latin_name", sa.String(length=200), nullable=True),
        sa.Column("name_key", sa.String(length=240).with_variant(sa.String(length=240, collation="C"), "postgresql"), nullable=False),
        sa.Column("country", sa.String(length=60), nullable=False),
        sa.Column("inn", sa.String(length=60), nullable=True),
        sa.Column("kpp", sa.String(length=60), nullable=True),
        sa.Column("ogrn", sa.String(length=60), nullable=True),
        sa.Column("town", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=True),
        sa.Column("about", sa.String(length=4000), nullable=True),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column(
            "state",
            sa.Enum("pending", "verified", "suspended", "closed", name="state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("authority_id", sa.Integer(), nullable=True),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["organisation.id"], name=op.f("fk_organisation_authority_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["organisation.id"], name=op.f("fk_organisation_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("inn", name=op.f("uq_organisation_inn")),
        sa.UniqueConstraint("ogrn", name=op.f("uq_organisation_ogrn")),
        sa.UniqueConstraint("slug", name=op.f("uq_organisation_slug")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_organisation_authority_id"), "organisation", ["authority_id"], unique=False)
    op.create_index("ix_organisation_kind_state_name", "organisation", ["kind", "state", "name_key", "id"], unique=False)
    op.create_index(op.f("ix_organisation_parent_id"), "organisation", ["parent_id"], unique=False)
    op.create_table(
        "park",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("town", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_park")),
        sa.UniqueConstraint("slug", name=op.f("uq_park_slug")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "programme_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("system", sa.String(length=60), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("title_ru", sa.String(length=200), nullable=False),
        sa.Column("title_en", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_code")),
        sa.UniqueConstraint("system", "code", name=op.f("uq_programme_code_system_code")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=240).with_variant(sa.String(length=240, collation="C"), "postgresql"), nullable=False),
        sa.Column("fields", sa.String(length=64), nullable=False),
        sa.Column("answer", sa.String(length=200), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt")),
        sa.UniqueConstraint("key", name=op.f("uq_receipt_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_receipt_made_at"), "receipt", ["made_at"], unique=False)
    op.create_table(
        "schedule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schedule")),
        sa.UniqueConstraint("name", name=op.f("uq_schedule_name")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "search_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=60), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("title_key", sa.String(length=240).with_variant(sa.String(length=240, collation="C"), "postgresql"), nullable=False),
        sa.Column("scope_words", sa.String(length=4000), nullable=False),
        sa.Column("title_words", sa.String(length=400), nullable=False),
        sa.Column("body_words", sa.String(length=20000), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_document")),
        sa.UniqueConstraint("kind", "subject_id", name=op.f("uq_search_document_kind_subject_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "skill",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("title_en", sa.String(length=200), nullable=False),
        sa.Column("title_ru", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skill")),
        sa.UniqueConstraint("slug", name=op.f("uq_skill_slug")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "stored_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("subject_kind", sa.String(length=60), nullable=True),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
        sa.UniqueConstraint("place", name=op.f("uq_stored_file_place")),
        sa.UniqueConstraint("slug", name=op.f("uq_stored_file_slug")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_stored_file_account_id"), "stored_file", ["account_id"], unique=False)
    op.create_index(op.f("ix_stored_file_kept_at"), "stored_file", ["kept_at"], unique=False)
    op.create_index("ix_stored_file_subject", "stored_file", ["subject_kind", "subject_id"], unique=False)
    op.create_table(
        "turn",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(length=60), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("party", sa.String(length=60), nullable=False),
        sa.Column("party_kind", sa.String(length=60), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("roles", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(length=60), nullable=False),
        sa.Column("since_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("silence", sa.String(length=60), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_turn")),
        sa.UniqueConstraint(
            "subject_kind", "subject_id", "party_kind", "party_id", name=op.f("uq_turn_subject_kind_subject_id_party_kind_party_id")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_turn_due_at"), "turn", ["due_at"], unique=False)
    op.create_index("ix_turn_party_due", "turn", ["party_kind", "party_id", "due_at"], unique=False)
    op.create_table(
        "event_detail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_detail_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_detail")),
        sa.UniqueConstraint("event_id", name=op.f("uq_event_detail_event_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=60), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "uploaded",
                "checking",
                "checked",
                "applying",
                "done",
                "cancelled",
                "failed",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("sentence", sa.String(length=4000), nullable=True),
        sa.Column("layout", sa.JSON(), nullable=False),
        sa.Column("staged", sa.Integer(), nullable=False),
        sa.Column("ready", sa.Integer(), nullable=False),
        sa.Column("bad", sa.Integer(), nullable=False),
        sa.Column("same", sa.Integer(), nullable=False),
        sa.Column("applied", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_import_batch_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
        sa.UniqueConstraint("file_id", name=op.f("uq_import_batch_file_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_import_batch_slug")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_import_batch_account_id"), "import_batch", ["account_id"], unique=False)
    op.create_index("ix_import_batch_organisation", "import_batch", ["organisation_id", "kind", "id"], unique=False)
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("email_key", sa.String(length=240).with_variant(sa.String(length=240, collation="C"), "postgresql"), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "manager",
                "teacher",
                "placement_officer",
                "recruiter",
                "mentor",
                "coordinator",
                "subsidy_officer",
                "auditor",
                "operator",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("language", sa.String(length=60), nullable=False),
        sa.Column("invited_by_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum("sent", "accepted", "revoked", "lapsed", name="state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["invited_by_id"], ["account.id"], name=op.f("fk_invitation_invited_by_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_invitation_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_invitation_invited_by_id"), "invitation", ["invited_by_id"], unique=False)
    op.create_index(op.f("ix_invitation_organisation_id"), "invitation", ["organisation_id"], unique=False)
    op.create_index(
        "uq_invitation_open",
        "invitation",
        ["organisation_id", "email_key", "role"],
        unique=True,
        sqlite_where=sa.text("state = 'sent'"),
        postgresql_where=sa.text("state = 'sent'"),
    )
    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "manager",
                "teacher",
                "placement_officer",
                "recruiter",
                "mentor",
                "coordinator",
                "subsidy_officer",
                "auditor",
                "operator",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("began_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_membership_account_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_membership_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_membership_account_id"), "membership", ["account_id"], unique=False)
    op.create_index("ix_membership_organisation_role", "membership", ["organisation_id", "role", "ended_on"], unique=False)
    op.create_index(
        "uq_membership_current",
        "membership",
        ["account_id", "organisation_id", "role"],
        unique=True,
        sqlite_where=sa.text("ended_on IS NULL"),
        postgresql_where=sa.text("ended_on IS NULL"),
    )
    op.create_table(
        "occupation_skill",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("occupation_id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["occupation_id"], ["occupation.id"], name=op.f("fk_occupation_skill_occupation_id")),
        sa.ForeignKeyConstraint(["skill_id"], ["skill.id"], name=op.f("fk_occupation_skill_skill_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occupation_skill")),
        sa.UniqueConstraint("occupation_id", "skill_id", name=op.f("uq_occupation_skill_occupation_id_skill_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_occupation_skill_skill_id"), "occupation_skill", ["skill_id"], unique=False)
    op.create_table(
        "session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("device", sa.String(length=200), nullable=True),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_session_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
        sa.UniqueConstraint("token", name=op.f("uq_session_token")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_session_account_open", "session", ["account_id", "ended_at"], unique=False)
    op.create_index(op.f("ix_session_expires_at"), "session", ["expires_at"], unique=False)
    op.create_table(
        "site",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("park_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("town", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_site_organisation_id")),
        sa.ForeignKeyConstraint(["park_id"], ["park.id"], name=op.f("fk_site_park_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_site_organisation_id"), "site", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_site_park_id"), "site", ["park_id"], unique=False)
    op.create_table(
        "trainee",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("school_id", sa.Integer(), nullable=True),
        sa.Column("family_name", sa.String(length=60), nullable=False),
        sa.Column("given_name", sa.String(length=60), nullable=False),
        sa.Column("patronymic", sa.String(length=60), nullable=True),
        sa.Column("name_key", sa.String(length=240).with_variant(sa.String(length=240, collation="C"), "postgresql"), nullable=False),
        sa.Column("identity_key", sa.String(length=240).with_variant(sa.String(length=240, collation="C"), "postgresql"), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=True),
        sa.Column("phone", sa.String(length=60), nullable=True),
        sa.Column("town", sa.String(length=200), nullable=True),
        sa.Column(
            "schooling",
            sa.Enum("basic", "upper", "vocational", "higher", name="schooling", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("about", sa.String(length=4000), nullable=True),
        sa.Column("group_code", sa.String(length=60), nullable=True),
        sa.Column(
            "visibility",
            sa.Enum("nobody", "school", "employers", name="visibility", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(family_name) > 0 AND length(given_name) > 0", name=op.f("ck_trainee_named")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_trainee_account_id")),
        sa.ForeignKeyConstraint(["school_id"], ["organisation.id"], name=op.f("fk_trainee_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trainee")),
        sa.UniqueConstraint("account_id", name=op.f("uq_trainee_account_id")),
        sa.UniqueConstraint("school_id", "identity_key", name=op.f("uq_trainee_school_id_identity_key")),
        sa.UniqueConstraint("slug", name=op.f("uq_trainee_slug")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_trainee_school_name", "trainee", ["school_id", "name_key", "id"], unique=False)
    op.create_table(
        "disclosure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trainee_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column(
            "because",
            sa.Enum(
                "enrolment", "placement", "application", "talent", name="because", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("subject_kind", sa.String(length=60), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("since_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_disclosure_organisation_id")),
        sa.ForeignKeyConstraint(["trainee_id"], ["trainee.id"], name=op.f("fk_disclosure_trainee_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure")),
        sa.UniqueConstraint(
            "trainee_id",
            "organisation_id",
            "because",
            "subject_kind",
            "subject_id",
            name=op.f("uq_disclosure_trainee_id_organisation_id_because_subject_kind_subject_id"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_disclosure_organisation", "disclosure", ["organisation_id", "until_at", "trainee_id"], unique=False)
    op.create_index(op.f("ix_disclosure_trainee_id"), "disclosure", ["trainee_id"], unique=False)
    op.create_table(
        "employment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trainee_id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.String(length=200), nullable=False),
        sa.Column("began_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("subject_kind", sa.String(length=60), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["employer_id"], ["organisation.id"], name=op.f("fk_employment_employer_id")),
        sa.ForeignKeyConstraint(["trainee_id"], ["trainee.id"], name=op.f("fk_employment_trainee_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employment")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_employment_employer", "employment", ["employer_id", "began_on"], unique=False)
    op.create_index(op.f("ix_employment_trainee_id"), "employment", ["trainee_id"], unique=False)
    op.create_table(
        "engagement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trainee_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "study",
                "placement",
                "employment",
                "secondment",
                name="engagementkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("subject_kind", sa.String(length=60), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("until_on IS NULL OR from_on <= until_on", name=op.f("ck_engagement_days_in_order")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_engagement_organisation_id")),
        sa.ForeignKeyConstraint(["trainee_id"], ["trainee.id"], name=op.f("fk_engagement_trainee_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_engagement")),
        sa.UniqueConstraint("subject_kind", "subject_id", name=op.f("uq_engagement_subject_kind_subject_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_engagement_organisation", "engagement", ["organisation_id", "kind", "from_on"], unique=False)
    op.create_index("ix_engagement_trainee_kind_from", "engagement", ["trainee_id", "kind", "from_on"], unique=False)
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trainee_id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "module", "hours", "rating", "credential", "own", name="evidencekind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("subject_kind", sa.String(length=60), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("attested_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("level BETWEEN 1 AND 4", name=op.f("ck_evidence_level_in_range")),
        sa.ForeignKeyConstraint(["skill_id"], ["skill.id"], name=op.f("fk_evidence_skill_id")),
        sa.ForeignKeyConstraint(["trainee_id"], ["trainee.id"], name=op.f("fk_evidence_trainee_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint(
            "trainee_id",
            "skill_id",
            "kind",
            "subject_kind",
            "subject_id",
            name=op.f("uq_evidence_trainee_id_skill_id_kind_subject_kind_subject_id"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_evidence_skill_level", "evidence", ["skill_id", "level", "trainee_id"], unique=False)
    op.create_table(
        "guardian",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trainee_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["trainee_id"], ["trainee.id"], name=op.f("fk_guardian_trainee_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guardian")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_guardian_trainee_id"), "guardian", ["trainee_id"], unique=False)
    op.create_table(
        "import_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum("ready", "bad", "same", "applied", name="outcome", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("key", sa.String(length=64), nullable=True),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=True),
        sa.Column("errors", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_import_row_batch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_row")),
        sa.UniqueConstraint("batch_id", "sheet", "number", name=op.f("uq_import_row_batch_id_sheet_number")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_import_row_outcome", "import_row", ["batch_id", "outcome", "id"], unique=False)
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trainee_id", sa.Integer(), nullable=False),
        sa.Column("guardian_id", sa.Integer(), nullable=True),
        sa.Column("purpose", sa.Enum("employers", name="purpose", native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column("text_version", sa.String(length=60), nullable=False),
        sa.Column(
            "state",
            sa.Enum("asked", "given", "refused", "withdrawn", name="state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["guardian_id"], ["guardian.id"], name=op.f("fk_consent_guardian_id")),
        sa.ForeignKeyConstraint(["trainee_id"], ["trainee.id"], name=op.f("fk_consent_trainee_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_consent_guardian_id"), "consent", ["guardian_id"], unique=False)
    op.create_index(op.f("ix_consent_trainee_id"), "consent", ["trainee_id"], unique=False)
    op.create_index(
        "uq_consent_open",
        "consent",
        ["trainee_id", "purpose"],
        unique=True,
        sqlite_where=sa.text("state IN ('asked', 'given')"),
        postgresql_where=sa.text("state IN ('asked', 'given')"),
    )
    forbid_changes(op.get_bind(), "event")
    index.create_index(op.get_bind())


def downgrade() -> None:
    index.drop_index(op.get_bind())
    allow_changes(op.get_bind(), "event")
    op.drop_index(
        "uq_consent_open",
        table_name="consent",
        sqlite_where=sa.text("state IN ('asked', 'given')"),
        postgresql_where=sa.text("state IN ('asked', 'given')"),
    )
    op.drop_index(op.f("ix_consent_trainee_id"), table_name="consent")
    op.drop_index(op.f("ix_consent_guardian_id"), table_name="consent")
    op.drop_table("consent")
    op.drop_index("ix_import_row_outcome", table_name="import_row")
    op.drop_table("import_row")
    op.drop_index(op.f("ix_guardian_trainee_id"), table_name="guardian")
    op.drop_table("guardian")
    op.drop_index("ix_evidence_skill_level", table_name="evidence")
    op.drop_table("evidence")
    op.drop_index("ix_engagement_trainee_kind_from", table_name="engagement")
    op.drop_index("ix_engagement_organisation", table_name="engagement")
    op.drop_table("engagement")
    op.drop_index(op.f("ix_employment_trainee_id"), table_name="employment")
    op.drop_index("ix_employment_employer", table_name="employment")
    op.drop_table("employment")
    op.drop_index(op.f("ix_disclosure_trainee_id"), table_name="disclosure")
    op.drop_index("ix_disclosure_organisation", table_name="disclosure")
    op.drop_table("disclosure")
    op.drop_index("ix_trainee_school_name", table_name="trainee")
    op.drop_table("trainee")
    op.drop_index(op.f("ix_site_park_id"), table_name="site")
    op.drop_index(op.f("ix_site_organisation_id"), table_name="site")
    op.drop_table("site")
    op.drop_index(op.f("ix_session_expires_at"), table_name="session")
    op.drop_index("ix_session_account_open", table_name="session")
    op.drop_table("session")
    op.drop_index(op.f("ix_occupation_skill_skill_id"), table_name="occupation_skill")
    op.drop_table("occupation_skill")
    op.drop_index(
        "uq_membership_current",
        table_name="membership",
        sqlite_where=sa.text("ended_on IS NULL"),
        postgresql_where=sa.text("ended_on IS NULL"),
    )
    op.drop_index("ix_membership_organisation_role", table_name="membership")
    op.drop_index(op.f("ix_membership_account_id"), table_name="membership")
    op.drop_table("membership")
    op.drop_index(
        "uq_invitation_open", table_name="invitation", sqlite_where=sa.text("state = 'sent'"), postgresql_where=sa.text("state = 'sent'")
    )
    op.drop_index(op.f("ix_invitation_organisation_id"), table_name="invitation")
    op.drop_index(op.f("ix_invitation_invited_by_id"), table_name="invitation")
    op.drop_table("invitation")
    op.drop_index("ix_import_batch_organisation", table_name="import_batch")
    op.drop_index(op.f("ix_import_batch_account_id"), table_name="import_batch")
    op.drop_table("import_batch")
    op.drop_table("event_detail")
    op.drop_index("ix_turn_party_due", table_name="turn")
    op.drop_index(op.f("ix_turn_due_at"), table_name="turn")
    op.drop_table("turn")
    op.drop_index("ix_stored_file_subject", table_name="stored_file")
    op.drop_index(op.f("ix_stored_file_kept_at"), table_name="stored_file")
    op.drop_index(op.f("ix_stored_file_account_id"), table_name="stored_file")
    op.drop_table("stored_file")
    op.drop_table("skill")
    op.drop_table("search_document")
    op.drop_table("schedule")
    op.drop_index(op.f("ix_receipt_made_at"), table_name="receipt")
    op.drop_table("receipt")
    op.drop_table("programme_code")
    op.drop_table("park")
    op.drop_index(op.f("ix_organisation_parent_id"), table_name="organisation")
    op.drop_index("ix_organisation_kind_state_name", table_name="organisation")
    op.drop_index(op.f("ix_organisation_authority_id"), table_name="organisation")
    op.drop_table("organisation")
    op.drop_index(op.f("ix_occupation_isco"), table_name="occupation")
    op.drop_table("occupation")
    op.drop_index(
        "ix_notice_unread", table_name="notice", sqlite_where=sa.text("read_at IS NULL"), postgresql_where=sa.text("read_at IS NULL")
    )
    op.drop_index("ix_notice_subject", table_name="notice")
    op.drop_index("ix_notice_inbox", table_name="notice")
    op.drop_table("notice")
    op.drop_index("ix_link_purpose_subject", table_name="link")
    op.drop_table("link")
    op.drop_index(op.f("ix_limit_counter_until_at"), table_name="limit_counter")
    op.drop_table("limit_counter")
    op.drop_table("law_rule")
    op.drop_index(op.f("ix_job_finished_at"), table_name="job")
    op.drop_index("ix_job_due", table_name="job")
    op.drop_table("job")
    op.drop_table("event_seal")
    op.drop_index("ix_event_subject", table_name="event")
    op.drop_index(op.f("ix_event_organisation_id"), table_name="event")
    op.drop_index("ix_event_name_at", table_name="event")
    op.drop_index(op.f("ix_event_account_id"), table_name="event")
    op.drop_table("event")
    op.drop_table("account")
