"""Rooms, weekly patterns and the lessons that they make."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "room",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("name_key", sa.String(length=240).with_variant(sa.String(length=240, collation="C"), "postgresql"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["organisation.id"], name=op.f("fk_room_school_id")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_room_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room")),
        sa.UniqueConstraint("id", "school_id", name=op.f("uq_room_id_school_id")),
        sa.UniqueConstraint("school_id", "name_key", name=op.f("uq_room_school_id_name_key")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("room", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_room_site_id"), ["site_id"], unique=False)

    op.create_table(
        "lesson_pattern",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("teacher_id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("begins", sa.Integer(), nullable=False),
        sa.Column("ends", sa.Integer(), nullable=False),
        sa.Column(
            "parity", sa.Enum("every", "odd", "even", name="parity", native_enum=False, create_constraint=True, length=40), nullable=False
        ),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("stopped_from_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=4000), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("0 <= begins AND begins < ends AND ends <= 1440", name=op.f("ck_lesson_pattern_times_in_order")),
        sa.CheckConstraint("from_on <= until_on", name=op.f("ck_lesson_pattern_days_in_order")),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_lesson_pattern_weekday_in_week")),
        sa.ForeignKeyConstraint(
            ["cohort_id", "school_id"], ["cohort.id", "cohort.school_id"], name=op.f("fk_lesson_pattern_cohort_id_school_id")
        ),
        sa.ForeignKeyConstraint(["module_id"], ["module.id"], name=op.f("fk_lesson_pattern_module_id")),
        sa.ForeignKeyConstraint(["room_id", "school_id"], ["room.id", "room.school_id"], name=op.f("fk_lesson_pattern_room_id_school_id")),
        sa.ForeignKeyConstraint(["school_id"], ["organisation.id"], name=op.f("fk_lesson_pattern_school_id")),
        sa.ForeignKeyConstraint(["teacher_id"], ["membership.id"], name=op.f("fk_lesson_pattern_teacher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson_pattern")),
        sa.UniqueConstraint("id", "cohort_id", name=op.f("uq_lesson_pattern_id_cohort_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("lesson_pattern", schema=None) as batch_op:
        batch_op.create_index("ix_lesson_pattern_cohort_from", ["cohort_id", "from_on", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_lesson_pattern_module_id"), ["module_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_lesson_pattern_room_id"), ["room_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_lesson_pattern_school_id"), ["school_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_lesson_pattern_teacher_id"), ["teacher_id"], unique=False)

    op.create_table(
        "lesson",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("pattern_id", sa.Integer(), nullable=True),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("teacher_id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column(
            "state", sa.Enum("planned", "cancelled", name="state", native_enum=False, create_constraint=True, length=40), nullable=False
        ),
        sa.Column("reason", sa.String(length=4000), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_lesson_some_minutes")),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_lesson_times_in_order")),
        sa.ForeignKeyConstraint(["cohort_id", "school_id"], ["cohort.id", "cohort.school_id"], name=op.f("fk_lesson_cohort_id_school_id")),
        sa.ForeignKeyConstraint(["module_id"], ["module.id"], name=op.f("fk_lesson_module_id")),
        sa.ForeignKeyConstraint(
            ["pattern_id", "cohort_id"], ["lesson_pattern.id", "lesson_pattern.cohort_id"], name=op.f("fk_lesson_pattern_id_cohort_id")
        ),
        sa.ForeignKeyConstraint(["room_id", "school_id"], ["room.id", "room.school_id"], name=op.f("fk_lesson_room_id_school_id")),
        sa.ForeignKeyConstraint(["school_id"], ["organisation.id"], name=op.f("fk_lesson_school_id")),
        sa.ForeignKeyConstraint(["teacher_id"], ["membership.id"], name=op.f("fk_lesson_teacher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("lesson", schema=None) as batch_op:
        batch_op.create_index("ix_lesson_cohort_starts", ["cohort_id", "starts_at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_lesson_module_id"), ["module_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_lesson_pattern_id"), ["pattern_id"], unique=False)
        batch_op.create_index("ix_lesson_room_starts", ["room_id", "starts_at"], unique=False)
        batch_op.create_index("ix_lesson_school_held", ["school_id", "held_on", "state"], unique=False)
        batch_op.create_index("ix_lesson_teacher_starts", ["teacher_id", "starts_at", "id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("lesson", schema=None) as batch_op:
        batch_op.drop_index("ix_lesson_teacher_starts")
        batch_op.drop_index("ix_lesson_school_held")
        batch_op.drop_index("ix_lesson_room_starts")
        batch_op.drop_index(batch_op.f("ix_lesson_pattern_id"))
        batch_op.drop_index(batch_op.f("ix_lesson_module_id"))
        batch_op.drop_index("ix_lesson_cohort_starts")

    op.drop_table("lesson")
    with op.batch_alter_table("lesson_pattern", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lesson_pattern_teacher_id"))
        batch_op.drop_index(batch_op.f("ix_lesson_pattern_school_id"))
        batch_op.drop_index(batch_op.f("ix_lesson_pattern_room_id"))
        batch_op.drop_index(batch_op.f("ix_lesson_pattern_module_id"))
        batch_op.drop_index("ix_lesson_pattern_cohort_from")

    op.drop_table("lesson_pattern")
    with op.batch_alter_table("room", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_room_site_id"))

    op.drop_table("room")
