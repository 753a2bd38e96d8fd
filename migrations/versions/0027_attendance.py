"""Who was at which lesson."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lesson_id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column(
            "mark",
            sa.Enum("present", "absent", "late", "excused", "remote", name="mark", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.CheckConstraint("(mark = 'late') = (minutes IS NOT NULL)", name=op.f("ck_attendance_late_by_minutes")),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_attendance_some_minutes")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_attendance_enrolment_id")),
        sa.ForeignKeyConstraint(["lesson_id"], ["lesson.id"], name=op.f("fk_attendance_lesson_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint("lesson_id", "enrolment_id", name=op.f("uq_attendance_lesson_id_enrolment_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attendance_enrolment_id"), ["enrolment_id"], unique=False)

    op.create_table(
        "attendance_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lesson_id", sa.Integer(), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("marked_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["lesson_id"], ["lesson.id"], name=op.f("fk_attendance_sheet_lesson_id")),
        sa.ForeignKeyConstraint(["marked_by"], ["account.id"], name=op.f("fk_attendance_sheet_marked_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_sheet")),
        sa.UniqueConstraint("lesson_id", name=op.f("uq_attendance_sheet_lesson_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("attendance_sheet", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attendance_sheet_marked_by"), ["marked_by"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("attendance_sheet", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attendance_sheet_marked_by"))

    op.drop_table("attendance_sheet")
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attendance_enrolment_id"))

    op.drop_table("attendance")
