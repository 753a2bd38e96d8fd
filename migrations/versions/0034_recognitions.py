"""Requests that a module be recognised because it was learnt before, and the decisions on them."""

import sqlalchemy as sa
from alembic import op

from training.kernel.db.frozen import freeze, thaw

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

SAME = " AND ".join(f"NEW.{name} = OLD.{name}" for name in ("id", "recognition_id", "verdict", "by_id", "decided_on"))
ERASED = f"{SAME} AND (NEW.words = OLD.words OR NEW.words = '–')"
"""What may become of a decision: its words can be erased."""


def upgrade() -> None:
    op.create_table(
        "recognition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=4000), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("credential_id", sa.Integer(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "sent_back",
                "accepted",
                "refused",
                "withdrawn",
                "revoked",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(file_id IS NULL) <> (credential_id IS NULL)", name=op.f("ck_recognition_one_piece_of_evidence")),
        sa.ForeignKeyConstraint(["credential_id"], ["credential.id"], name=op.f("fk_recognition_credential_id")),
        sa.ForeignKeyConstraint(
            ["enrolment_id", "school_id"], ["enrolment.id", "enrolment.school_id"], name=op.f("fk_recognition_enrolment_id_school_id")
        ),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_recognition_file_id")),
        sa.ForeignKeyConstraint(["module_id"], ["module.id"], name=op.f("fk_recognition_module_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recognition")),
        sa.UniqueConstraint("file_id", name=op.f("uq_recognition_file_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("recognition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recognition_credential_id"), ["credential_id"], unique=False)
        batch_op.create_index("ix_recognition_enrolment", ["enrolment_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_recognition_module_id"), ["module_id"], unique=False)
        batch_op.create_index("ix_recognition_school", ["school_id", "state", "id"], unique=False)
        batch_op.create_index(
            "uq_recognition_standing",
            ["enrolment_id", "module_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('asked', 'sent_back', 'accepted')"),
            postgresql_where=sa.text("state IN ('asked', 'sent_back', 'accepted')"),
        )

    op.create_table(
        "recognition_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recognition_id", sa.Integer(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum("accepted", "sent_back", "refused", "revoked", name="verdict", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("words", sa.String(length=4000), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_recognition_decision_by_id")),
        sa.ForeignKeyConstraint(["recognition_id"], ["recognition.id"], name=op.f("fk_recognition_decision_recognition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recognition_decision")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("recognition_decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recognition_decision_by_id"), ["by_id"], unique=False)
        batch_op.create_index("ix_recognition_decision_recognition", ["recognition_id", "id"], unique=False)
    freeze(op.get_bind(), "recognition_decision", "update", f"NOT ({ERASED})")
    freeze(op.get_bind(), "recognition_decision", "delete", "OLD.id > 0")


def downgrade() -> None:
    for verb in ("update", "delete"):
        thaw(op.get_bind(), "recognition_decision", verb)
    with op.batch_alter_table("recognition_decision", schema=None) as batch_op:
        batch_op.drop_index("ix_recognition_decision_recognition")
        batch_op.drop_index(batch_op.f("ix_recognition_decision_by_id"))

    op.drop_table("recognition_decision")
    with op.batch_alter_table("recognition", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_recognition_standing",
            sqlite_where=sa.text("state IN ('asked', 'sent_back', 'accepted')"),
            postgresql_where=sa.text("state IN ('asked', 'sent_back', 'accepted')"),
        )
        batch_op.drop_index("ix_recognition_school")
        batch_op.drop_index(batch_op.f("ix_recognition_module_id"))
        batch_op.drop_index("ix_recognition_enrolment")
        batch_op.drop_index(batch_op.f("ix_recognition_credential_id"))

    op.drop_table("recognition")
