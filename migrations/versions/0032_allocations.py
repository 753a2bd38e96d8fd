"""Seats that employers buy, and the people whom they name for them."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

OPEN = sa.text("employer_id IS NULL")
BEFORE = "'enrolment', 'placement', 'application', 'talent'"


def altered(table: str):  # type: ignore[no-untyped-def]
    """A table to be changed, its keys never given twice."""
    return op.batch_alter_table(table, table_kwargs={"sqlite_autoincrement": True})


def reasons(values: str) -> None:
    """Why a trainee may be seen."""
    with altered("disclosure") as disclosure:
        disclosure.drop_constraint(op.f("ck_disclosure_because"), type_="check")
        disclosure.create_check_constraint(op.f("ck_disclosure_because"), sa.text(f"because IN ({values})"))


def upgrade() -> None:
    with altered("seat_pool") as pool:
        pool.add_column(sa.Column("employer_id", sa.Integer(), nullable=True))
        pool.add_column(sa.Column("promised", sa.Integer(), nullable=False, server_default="0"))
        pool.drop_constraint(op.f("uq_seat_pool_cohort_id_funding"), type_="unique")
        pool.drop_constraint(op.f("ck_seat_pool_never_oversold"), type_="check")
    with altered("seat_pool") as pool:
        pool.alter_column("promised", existing_type=sa.Integer(), existing_nullable=False, server_default=None)
        pool.create_foreign_key(op.f("fk_seat_pool_employer_id"), "organisation", ["employer_id"], ["id"])
        pool.create_check_constraint(
            op.f("ck_seat_pool_never_oversold"), sa.text("held + promised <= seats AND held >= 0 AND promised >= 0")
        )
        pool.create_check_constraint(op.f("ck_seat_pool_promised_by_an_employer"), sa.text("employer_id IS NOT NULL OR promised = 0"))
    op.create_index("uq_seat_pool_open", "seat_pool", ["cohort_id", "funding"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_index("ix_seat_pool_cohort", "seat_pool", ["cohort_id"])
    op.create_index(op.f("ix_seat_pool_employer_id"), "seat_pool", ["employer_id"])
    reasons(f"{BEFORE}, 'nomination'")
    op.create_table(
        "seat_purchase",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("terms", sa.String(length=4000), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("pool_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "agreed",
                "refused",
                "withdrawn",
                "lapsed",
                "returned",
                "released",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.String(length=4000), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("pool_id IS NOT NULL OR state NOT IN ('agreed', 'returned')", name=op.f("ck_seat_purchase_agreed_with_a_pool")),
        sa.CheckConstraint("seats > 0", name=op.f("ck_seat_purchase_some_seats")),
        sa.ForeignKeyConstraint(
            ["cohort_id", "school_id"], ["cohort.id", "cohort.school_id"], name=op.f("fk_seat_purchase_cohort_id_school_id")
        ),
        sa.ForeignKeyConstraint(["employer_id"], ["organisation.id"], name=op.f("fk_seat_purchase_employer_id")),
        sa.ForeignKeyConstraint(
            ["pool_id", "cohort_id"], ["seat_pool.id", "seat_pool.cohort_id"], name=op.f("fk_seat_purchase_pool_id_cohort_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_purchase")),
        sa.UniqueConstraint("id", "cohort_id", "employer_id", name=op.f("uq_seat_purchase_id_cohort_id_employer_id")),
        sa.UniqueConstraint("pool_id", name=op.f("uq_seat_purchase_pool_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_seat_purchase_cohort", "seat_purchase", ["cohort_id", "state"], unique=False)
    op.create_index("ix_seat_purchase_employer", "seat_purchase", ["employer_id", "state", "id"], unique=False)
    op.create_index("ix_seat_purchase_school", "seat_purchase", ["school_id", "state", "id"], unique=False)
    op.create_index(
        "uq_seat_purchase_asked",
        "seat_purchase",
        ["cohort_id", "employer_id"],
        unique=True,
        sqlite_where=sa.text("state = 'asked'"),
        postgresql_where=sa.text("state = 'asked'"),
    )
    op.create_table(
        "allocation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"), nullable=False),
        sa.Column("purchase_id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("family_name", sa.String(length=60), nullable=False),
        sa.Column("given_name", sa.String(length=60), nullable=False),
        sa.Column("patronymic", sa.String(length=60), nullable=True),
        sa.Column("name_key", sa.String(length=240).with_variant(sa.String(length=240, collation="C"), "postgresql"), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("email_key", sa.String(length=240).with_variant(sa.String(length=240, collation="C"), "postgresql"), nullable=False),
        sa.Column("personnel_number", sa.String(length=60), nullable=True),
        sa.Column("language", sa.String(length=60), nullable=False),
        sa.Column("trainee_id", sa.Integer(), nullable=True),
        sa.Column("enrolment_id", sa.Integer(), nullable=True),
        sa.Column("nominated_on", sa.Date(), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "allocated",
                "accepted",
                "declined",
                "cancelled",
                "expired",
                "reversed",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.String(length=4000), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "enrolment_id IS NOT NULL OR state NOT IN ('accepted', 'reversed')", name=op.f("ck_allocation_accepted_with_an_enrolment")
        ),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_allocation_enrolment_id")),
        sa.ForeignKeyConstraint(
            ["purchase_id", "cohort_id", "employer_id"],
            ["seat_purchase.id", "seat_purchase.cohort_id", "seat_purchase.employer_id"],
            name=op.f("fk_allocation_purchase_id_cohort_id_employer_id"),
        ),
        sa.ForeignKeyConstraint(["trainee_id"], ["trainee.id"], name=op.f("fk_allocation_trainee_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocation")),
        sa.UniqueConstraint("slug", name=op.f("uq_allocation_slug")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_allocation_email", "allocation", ["email_key", "state"], unique=False)
    op.create_index(op.f("ix_allocation_employer_id"), "allocation", ["employer_id"], unique=False)
    op.create_index(op.f("ix_allocation_enrolment_id"), "allocation", ["enrolment_id"], unique=False)
    op.create_index("ix_allocation_purchase", "allocation", ["purchase_id", "name_key", "id"], unique=False)
    op.create_index("ix_allocation_purchase_state", "allocation", ["purchase_id", "state"], unique=False)
    op.create_index(op.f("ix_allocation_trainee_id"), "allocation", ["trainee_id"], unique=False)
    op.create_index(
        "uq_allocation_live",
        "allocation",
        ["cohort_id", "email_key"],
        unique=True,
        sqlite_where=sa.text("state IN ('proposed', 'allocated', 'accepted')"),
        postgresql_where=sa.text("state IN ('proposed', 'allocated', 'accepted')"),
    )


def downgrade() -> None:
    op.drop_index(
        "uq_allocation_live",
        table_name="allocation",
        sqlite_where=sa.text("state IN ('proposed', 'allocated', 'accepted')"),
        postgresql_where=sa.text("state IN ('proposed', 'allocated', 'accepted')"),
    )
    op.drop_index(op.f("ix_allocation_trainee_id"), table_name="allocation")
    op.drop_index("ix_allocation_purchase_state", table_name="allocation")
    op.drop_index("ix_allocation_purchase", table_name="allocation")
    op.drop_index(op.f("ix_allocation_enrolment_id"), table_name="allocation")
    op.drop_index(op.f("ix_allocation_employer_id"), table_name="allocation")
    op.drop_index("ix_allocation_email", table_name="allocation")
    op.drop_table("allocation")
    op.drop_index(
        "uq_seat_purchase_asked",
        table_name="seat_purchase",
        sqlite_where=sa.text("state = 'asked'"),
        postgresql_where=sa.text("state = 'asked'"),
    )
    op.drop_index("ix_seat_purchase_school", table_name="seat_purchase")
    op.drop_index("ix_seat_purchase_employer", table_name="seat_purchase")
    op.drop_index("ix_seat_purchase_cohort", table_name="seat_purchase")
    op.drop_table("seat_purchase")
    op.execute("DELETE FROM disclosure WHERE because = 'nomination'")
    reasons(BEFORE)
    open_to_all()
    op.drop_index(op.f("ix_seat_pool_employer_id"), table_name="seat_pool")
    op.drop_index("ix_seat_pool_cohort", table_name="seat_pool")
    op.drop_index("uq_seat_pool_open", table_name="seat_pool", sqlite_where=OPEN, postgresql_where=OPEN)
    with altered("seat_pool") as pool:
        pool.drop_constraint(op.f("fk_seat_pool_employer_id"), type_="foreignkey")
        pool.drop_constraint(op.f("ck_seat_pool_promised_by_an_employer"), type_="check")
        pool.drop_constraint(op.f("ck_seat_pool_never_oversold"), type_="check")
        pool.drop_column("promised")
        pool.drop_column("employer_id")
    with altered("seat_pool") as pool:
        pool.create_check_constraint(op.f("ck_seat_pool_never_oversold"), sa.text("held <= seats AND held >= 0"))
        pool.create_unique_constraint(op.f("uq_seat_pool_cohort_id_funding"), ["cohort_id", "funding"])


def open_to_all() -> None:
    """What employers bought are seats like all others that employers pay for, with those who sit on them."""
    run = op.get_bind().execute
    for key, cohort in run(sa.text("SELECT id, cohort_id FROM seat_pool WHERE employer_id IS NOT NULL ORDER BY id")).all():
        into = sa.text("SELECT id FROM seat_pool WHERE cohort_id = :cohort AND funding = 'employer' AND employer_id IS NULL")
        found = run(into, {"cohort": cohort}).scalar()
        if found is None:
            run(sa.text("UPDATE seat_pool SET employer_id = NULL, promised = 0 WHERE id = :key"), {"key": key})
            continue
        for table in ("enrolment", "enrolment_choice"):
            run(sa.text(f"UPDATE {table} SET pool_id = :found WHERE pool_id = :key"), {"found": found, "key": key})
        more = "seats = seats + (SELECT seats FROM seat_pool WHERE id = :key), held = held + (SELECT held FROM seat_pool WHERE id = :key)"
        run(sa.text(f"UPDATE seat_pool SET {more} WHERE id = :found"), {"found": found, "key": key})
        run(sa.text("DELETE FROM seat_pool WHERE id = :key"), {"key": key})
