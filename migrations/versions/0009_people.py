"""Photographs, education, login cards, papers of guardians, copies and erasures of people's data."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from training.kernel.db.frozen import freeze, thaw

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

PURPOSES = "'confirm', 'reset', 'invitation', 'consent', 'signing', 'claim'"
WRITTEN = "OLD.state = 'countersigned'"
ERASED = (
    "NEW.task = '–' AND NEW.result IS NULL AND NEW.comment IS NULL AND NEW.state = OLD.state AND NEW.minutes = OLD.minutes "
    "AND NEW.worked_on = OLD.worked_on AND NEW.placement_id = OLD.placement_id"
)
"""The one thing that may happen to a countersigned entry: its words go when the trainee is erased, the hours stay."""


def altered(table: str) -> Any:
    """A table to be altered; SQLite makes it anew and has to be told that a key is never given twice."""
    return op.batch_alter_table(table, table_kwargs={"sqlite_autoincrement": True})


def purposes(values: str) -> None:
    """What links are for."""
    with altered("link") as link:
        link.drop_constraint(op.f("ck_link_purpose"), type_="check")
        link.create_check_constraint(op.f("ck_link_purpose"), sa.text(f"purpose IN ({values})"))


def upgrade() -> None:
    op.create_table(
        "card_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=60), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_card_sheet_account_id")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_card_sheet_file_id")),
        sa.ForeignKeyConstraint(["school_id"], ["organisation.id"], name=op.f("fk_card_sheet_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_sheet")),
        sa.UniqueConstraint("file_id", name=op.f("uq_card_sheet_file_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_card_sheet_account_id"), "card_sheet", ["account_id"], unique=False)
    op.create_index("ix_card_sheet_school", "card_sheet", ["school_id", "id"], unique=False)

    op.create_table(
        "data_export",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trainee_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_data_export_account_id")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_data_export_file_id")),
        sa.ForeignKeyConstraint(["trainee_id"], ["trainee.id"], name=op.f("fk_data_export_trainee_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_export")),
        sa.UniqueConstraint("file_id", name=op.f("uq_data_export_file_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_data_export_account_id"), "data_export", ["account_id"], unique=False)
    op.create_index(op.f("ix_data_export_expires_at"), "data_export", ["expires_at"], unique=False)
    op.create_index(op.f("ix_data_export_trainee_id"), "data_export", ["trainee_id"], unique=False)

    op.create_table(
        "education",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trainee_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("from_year", sa.Integer(), nullable=True),
        sa.Column("until_year", sa.Integer(), nullable=True),
        sa.CheckConstraint("from_year IS NULL OR until_year IS NULL OR from_year <= until_year", name=op.f("ck_education_years_in_order")),
        sa.ForeignKeyConstraint(["trainee_id"], ["trainee.id"], name=op.f("fk_education_trainee_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_education")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_education_trainee_id"), "education", ["trainee_id"], unique=False)

    op.create_table(
        "erasure_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trainee_id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=True),
        sa.Column("operator_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("held", sa.JSON(), nullable=True),
        sa.Column(
            "state",
            sa.Enum("asked", "withdrawn", "erased", name="state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["operator_id"], ["organisation.id"], name=op.f("fk_erasure_request_operator_id")),
        sa.ForeignKeyConstraint(["school_id"], ["organisation.id"], name=op.f("fk_erasure_request_school_id")),
        sa.ForeignKeyConstraint(["trainee_id"], ["trainee.id"], name=op.f("fk_erasure_request_trainee_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure_request")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_erasure_request_operator_id"), "erasure_request", ["operator_id"], unique=False)
    op.create_index("ix_erasure_request_school", "erasure_request", ["school_id", "state", "id"], unique=False)
    op.create_index(op.f("ix_erasure_request_trainee_id"), "erasure_request", ["trainee_id"], unique=False)
    op.create_index(
        "uq_erasure_request_open",
        "erasure_request",
        ["trainee_id"],
        unique=True,
        sqlite_where=sa.text("state = 'asked'"),
        postgresql_where=sa.text("state = 'asked'"),
    )

    op.create_table(
        "login_card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("trainee_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_login_card_account_id")),
        sa.ForeignKeyConstraint(["sheet_id"], ["card_sheet.id"], name=op.f("fk_login_card_sheet_id")),
        sa.ForeignKeyConstraint(["trainee_id"], ["trainee.id"], name=op.f("fk_login_card_trainee_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_card")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_login_card_account_id"), "login_card", ["account_id"], unique=False)
    op.create_index(op.f("ix_login_card_sheet_id"), "login_card", ["sheet_id"], unique=False)
    op.create_index(op.f("ix_login_card_trainee_id"), "login_card", ["trainee_id"], unique=False)

    op.create_table(
        "photo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trainee_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_photo_file_id")),
        sa.ForeignKeyConstraint(["trainee_id"], ["trainee.id"], name=op.f("fk_photo_trainee_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo")),
        sa.UniqueConstraint("file_id", name=op.f("uq_photo_file_id")),
        sa.UniqueConstraint("trainee_id", name=op.f("uq_photo_trainee_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "consent_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consent_id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("says", sa.Enum("agrees", "refuses", name="says", native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column("brought_by_id", sa.Integer(), nullable=False),
        sa.Column("brought_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum("brought", "confirmed", "turned_down", name="state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=4000), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["brought_by_id"], ["account.id"], name=op.f("fk_consent_paper_brought_by_id")),
        sa.ForeignKeyConstraint(["consent_id"], ["consent.id"], name=op.f("fk_consent_paper_consent_id")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_consent_paper_file_id")),
        sa.ForeignKeyConstraint(["school_id"], ["organisation.id"], name=op.f("fk_consent_paper_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_paper")),
        sa.UniqueConstraint("file_id", name=op.f("uq_consent_paper_file_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_consent_paper_brought_by_id"), "consent_paper", ["brought_by_id"], unique=False)
    op.create_index(op.f("ix_consent_paper_consent_id"), "consent_paper", ["consent_id"], unique=False)
    op.create_index(op.f("ix_consent_paper_school_id"), "consent_paper", ["school_id"], unique=False)
    op.create_index(
        "uq_consent_paper_open",
        "consent_paper",
        ["consent_id"],
        unique=True,
        sqlite_where=sa.text("state = 'brought'"),
        postgresql_where=sa.text("state = 'brought'"),
    )

    with altered("consent") as consent:
        consent.add_column(sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True))
        consent.add_column(sa.Column("asker_id", sa.Integer(), nullable=True))
        consent.add_column(
            sa.Column(
                "how", sa.Enum("link", "paper", "word", name="how", native_enum=False, create_constraint=True, length=40), nullable=True
            )
        )
        consent.create_index(op.f("ix_consent_asker_id"), ["asker_id"], unique=False)
        consent.create_foreign_key(op.f("fk_consent_asker_id"), "organisation", ["asker_id"], ["id"])
    with altered("guardian") as guardian:
        key = sa.String(length=240).with_variant(sa.String(length=240, collation="C"), "postgresql")
        guardian.add_column(sa.Column("email_key", key, nullable=True))
        guardian.alter_column("email", existing_type=sa.String(length=200), nullable=True)
        guardian.create_index(op.f("ix_guardian_email_key"), ["email_key"], unique=False)
    op.execute("UPDATE guardian SET email_key = lower(trim(email))")
    op.execute("UPDATE consent SET how = 'link' WHERE given_at IS NOT NULL")
    op.execute(
        "UPDATE consent SET asked_at = (SELECT min(at) FROM event "
        "WHERE event.subject_kind = 'consent' AND event.subject_id = consent.id AND event.name = 'consent.asked')"
    )
    purposes(f"{PURPOSES}, 'card'")
    thaw(op.get_bind(), "logbook_entry", "update")
    freeze(op.get_bind(), "logbook_entry", "update", f"{WRITTEN} AND NOT ({ERASED})")


def downgrade() -> None:
    thaw(op.get_bind(), "logbook_entry", "update")
    freeze(op.get_bind(), "logbook_entry", "update", WRITTEN)
    op.execute("DELETE FROM link WHERE purpose = 'card'")
    purposes(PURPOSES)
    op.execute("UPDATE guardian SET email = '' WHERE email IS NULL")
    with altered("guardian") as guardian:
        guardian.drop_index(op.f("ix_guardian_email_key"))
        guardian.alter_column("email", existing_type=sa.String(length=200), nullable=False)
        guardian.drop_column("email_key")
    with altered("consent") as consent:
        consent.drop_constraint(op.f("fk_consent_asker_id"), type_="foreignkey")
        consent.drop_index(op.f("ix_consent_asker_id"))
        consent.drop_constraint(op.f("ck_consent_how"), type_="check")
        consent.drop_column("how")
        consent.drop_column("asker_id")
        consent.drop_column("asked_at")
    for table in ("consent_paper", "photo", "login_card", "erasure_request", "education", "data_export", "card_sheet"):
        op.drop_table(table)
