"""Teams: people who enter a cohort together or not at all, and what binds them in its queue."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

BOUND = sa.text("bond_id IS NOT NULL")
FORMING = sa.text("forming")


def altered(table: str):  # type: ignore[no-untyped-def]
    """A table to be changed, its keys never given twice."""
    return op.batch_alter_table(table, table_kwargs={"sqlite_autoincrement": True})


def upgrade() -> None:
    with altered("seat_pool") as pool:
        pool.drop_constraint(op.f("ck_seat_pool_promised_by_an_employer"), type_="check")
    op.create_table(
        "enrolment_bond",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("pool_id", sa.Integer(), nullable=False),
        sa.Column("waits", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pool_id", "cohort_id"], ["seat_pool.id", "seat_pool.cohort_id"], name=op.f("fk_enrolment_bond_pool_id_cohort_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment_bond")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_enrolment_bond_pool", "enrolment_bond", ["pool_id"])
    op.create_index(op.f("ix_enrolment_bond_cohort_id"), "enrolment_bond", ["cohort_id"])
    moment = "DATETIME" if op.get_bind().dialect.name == "sqlite" else "TIMESTAMP WITH TIME ZONE"
    agreed = "CONSTRAINT ck_enrolment_agreed_with_a_bond CHECK (agreed_at IS NULL OR bond_id IS NOT NULL)"
    op.execute("ALTER TABLE enrolment ADD COLUMN bond_id INTEGER CONSTRAINT fk_enrolment_bond_id REFERENCES enrolment_bond (id)")
    op.execute(f"ALTER TABLE enrolment ADD COLUMN agreed_at {moment} {agreed}")
    op.create_index("ix_enrolment_bond", "enrolment", ["bond_id"], sqlite_where=BOUND, postgresql_where=BOUND)
    op.create_table(
        "team",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("pool_id", sa.Integer(), nullable=False),
        sa.Column("leader_id", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("forming", "sent", "dissolved", name="state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("size BETWEEN 0 AND 10", name=op.f("ck_team_ten_at_most")),
        sa.CheckConstraint("size >= 2 OR state <> 'sent'", name=op.f("ck_team_sent_in_by_two")),
        sa.ForeignKeyConstraint(["cohort_id", "school_id"], ["cohort.id", "cohort.school_id"], name=op.f("fk_team_cohort_id_school_id")),
        sa.ForeignKeyConstraint(["pool_id", "cohort_id"], ["seat_pool.id", "seat_pool.cohort_id"], name=op.f("fk_team_pool_id_cohort_id")),
        sa.ForeignKeyConstraint(["leader_id"], ["trainee.id"], name=op.f("fk_team_leader_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team")),
        sa.UniqueConstraint("id", "cohort_id", name=op.f("uq_team_id_cohort_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_team_slug")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_team_cohort_state", "team", ["cohort_id", "state"])
    op.create_index("ix_team_pool", "team", ["pool_id"])
    op.create_index("ix_team_school", "team", ["school_id", "state"])
    op.create_index(op.f("ix_team_leader_id"), "team", ["leader_id"])
    op.create_table(
        "team_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("trainee_id", sa.Integer(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("forming", sa.Boolean(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["team_id", "cohort_id"], ["team.id", "team.cohort_id"], name=op.f("fk_team_member_team_id_cohort_id")),
        sa.ForeignKeyConstraint(["trainee_id"], ["trainee.id"], name=op.f("fk_team_member_trainee_id")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_team_member_enrolment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_member")),
        sa.UniqueConstraint("team_id", "trainee_id", name=op.f("uq_team_member_team_id_trainee_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_team_member_cohort", "team_member", ["cohort_id"])
    op.create_index("ix_team_member_trainee", "team_member", ["trainee_id"])
    op.create_index(op.f("ix_team_member_enrolment_id"), "team_member", ["enrolment_id"])
    op.create_index(
        "uq_team_member_forming",
        "team_member",
        ["trainee_id", "cohort_id"],
        unique=True,
        sqlite_where=FORMING,
        postgresql_where=FORMING,
    )


def downgrade() -> None:
    op.drop_table("team_member")
    op.drop_table("team")
    op.drop_index("ix_enrolment_bond", table_name="enrolment")
    with altered("enrolment") as enrolment:
        enrolment.drop_constraint(op.f("ck_enrolment_agreed_with_a_bond"), type_="check")
        enrolment.drop_column("agreed_at")
        enrolment.drop_column("bond_id")
    op.drop_table("enrolment_bond")
    op.execute(sa.text("UPDATE seat_pool SET promised = 0 WHERE employer_id IS NULL"))
    with altered("seat_pool") as pool:
        pool.create_check_constraint(op.f("ck_seat_pool_promised_by_an_employer"), sa.text("employer_id IS NOT NULL OR promised = 0"))
