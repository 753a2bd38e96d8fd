"""Threads of messages; how, when and whether letters come."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


BEFORE = ("no e-mail", "recipient gone", "no longer theirs", "refused")
ADDED = ("bounced", "here", "off", "read")
DUE = sa.text("digest_at IS NOT NULL AND digest_id IS NULL")


def one_of(values: tuple[str, ...]) -> str:
    """The CHECK of the column `dropped`."""
    return f"dropped IN ({', '.join(repr(value) for value in values)})"


def kept() -> dict[str, object]:
    """What SQLite would forget of a table that is written anew."""
    return {"table_kwargs": {"sqlite_autoincrement": True}}


def upgrade() -> None:
    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(length=60), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(length=4000), nullable=False),
        sa.Column("mentions", sa.JSON(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_message_account_id"), "message", ["account_id"], unique=False)
    op.create_index("ix_message_subject", "message", ["subject_kind", "subject_id", "id"], unique=False)

    op.create_table(
        "notice_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=60), nullable=False),
        sa.Column(
            "way",
            sa.Enum("at_once", "daily", "here", "off", name="way", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_choice")),
        sa.UniqueConstraint("account_id", "topic", name=op.f("uq_notice_choice_account_id_topic")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "notice_digest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("morning_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "dropped",
            sa.Enum(
                "no e-mail",
                "recipient gone",
                "no longer theirs",
                "refused",
                "bounced",
                "here",
                "off",
                "read",
                name="dropped",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("answer", sa.String(length=60), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_digest")),
        sa.UniqueConstraint("account_id", "morning_at", name=op.f("uq_notice_digest_account_id_morning_at")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "notice_hours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("quiet_from", sa.Integer(), nullable=True),
        sa.Column("quiet_until", sa.Integer(), nullable=True),
        sa.Column("morning", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=True),
        sa.CheckConstraint("(quiet_from IS NULL) = (quiet_until IS NULL)", name=op.f("ck_notice_hours_from_and_until")),
        sa.CheckConstraint("morning BETWEEN 0 AND 1439", name=op.f("ck_notice_hours_morning_in_a_day")),
        sa.CheckConstraint(
            "quiet_from IS NULL OR (quiet_from BETWEEN 0 AND 1439 AND quiet_until BETWEEN 0 AND 1439)",
            name=op.f("ck_notice_hours_quiet_in_a_day"),
        ),
        sa.CheckConstraint("quiet_from IS NULL OR quiet_from <> quiet_until", name=op.f("ck_notice_hours_not_always_quiet")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_hours")),
        sa.UniqueConstraint("account_id", name=op.f("uq_notice_hours_account_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "thread_reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(length=60), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("until_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread_reading")),
        sa.UniqueConstraint("subject_kind", "subject_id", "account_id", name=op.f("uq_thread_reading_subject_kind_subject_id_account_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_thread_reading_account_id"), "thread_reading", ["account_id"], unique=False)

    with op.batch_alter_table("notice", **kept()) as notice:
        notice.add_column(sa.Column("held_until_at", sa.DateTime(timezone=True), nullable=True))
        notice.add_column(sa.Column("digest_at", sa.DateTime(timezone=True), nullable=True))
        notice.add_column(sa.Column("digest_id", sa.Integer(), nullable=True))
        notice.add_column(sa.Column("answer", sa.String(length=60), nullable=True))
        notice.drop_constraint(op.f("ck_notice_dropped"), type_="check")
        notice.create_check_constraint(op.f("ck_notice_dropped"), one_of(BEFORE + ADDED))
        notice.create_foreign_key(op.f("fk_notice_digest_id"), "notice_digest", ["digest_id"], ["id"])
    op.drop_index("ix_notice_inbox", table_name="notice")
    op.create_index("ix_notice_inbox", "notice", ["to_kind", "to_id", "made_at", "id"], unique=False)
    op.create_index("ix_notice_digest_due", "notice", ["digest_at", "to_id"], unique=False, sqlite_where=DUE, postgresql_where=DUE)
    op.create_index(op.f("ix_notice_digest_id"), "notice", ["digest_id"], unique=False)


def downgrade() -> None:
    op.execute("UPDATE notice SET dropped = 'refused' WHERE dropped = 'bounced'")
    op.execute("UPDATE notice SET dropped = NULL, sent_at = made_at WHERE dropped IN ('here', 'off', 'read')")
    op.drop_index("ix_notice_inbox", table_name="notice")
    op.create_index("ix_notice_inbox", "notice", ["to_kind", "to_id", "id"], unique=False)
    op.drop_index(op.f("ix_notice_digest_id"), table_name="notice")
    op.drop_index("ix_notice_digest_due", table_name="notice")
    with op.batch_alter_table("notice", **kept()) as notice:
        notice.drop_constraint(op.f("fk_notice_digest_id"), type_="foreignkey")
        notice.drop_column("answer")
        notice.drop_column("digest_id")
        notice.drop_column("digest_at")
        notice.drop_column("held_until_at")
        notice.drop_constraint(op.f("ck_notice_dropped"), type_="check")
        notice.create_check_constraint(op.f("ck_notice_dropped"), one_of(BEFORE))
    op.drop_index(op.f("ix_thread_reading_account_id"), table_name="thread_reading")

    op.drop_table("thread_reading")
    op.drop_table("notice_hours")
    op.drop_table("notice_digest")
    op.drop_table("notice_choice")
    op.drop_index("ix_message_subject", table_name="message")
    op.drop_index(op.f("ix_message_account_id"), table_name="message")

    op.drop_table("message")
