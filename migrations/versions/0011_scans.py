"""Agreements signed on paper: the scans, and signatures that stand on them."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

BEFORE = "(membership_id IS NULL) <> (guardian_id IS NULL)"
AFTER = (
    "(how = 'paper' AND membership_id IS NULL) OR (how <> 'paper' AND signer IS NULL AND (membership_id IS NULL) <> (guardian_id IS NULL))"
)


def upgrade() -> None:
    op.create_table(
        "agreement_scan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.Integer(), nullable=False),
        sa.Column("signers", sa.String(length=200), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("brought_by_id", sa.Integer(), nullable=False),
        sa.Column("brought_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum("brought", "confirmed", "turned_down", name="state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=4000), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("confirmed_by_id IS NULL OR confirmed_by_id <> brought_by_id", name=op.f("ck_agreement_scan_second_person")),
        sa.CheckConstraint("(state = 'confirmed') = (confirmed_by_id IS NOT NULL)", name=op.f("ck_agreement_scan_confirmed_by_somebody")),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_scan_agreement_id")),
        sa.ForeignKeyConstraint(["brought_by_id"], ["account.id"], name=op.f("fk_agreement_scan_brought_by_id")),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["account.id"], name=op.f("fk_agreement_scan_confirmed_by_id")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_agreement_scan_file_id")),
        sa.ForeignKeyConstraint(["school_id"], ["organisation.id"], name=op.f("fk_agreement_scan_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_scan")),
        sa.UniqueConstraint("file_id", name=op.f("uq_agreement_scan_file_id")),
        sqlite_autoincrement=True,
    )
    for column in ("agreement_id", "brought_by_id", "confirmed_by_id", "school_id"):
        op.create_index(op.f(f"ix_agreement_scan_{column}"), "agreement_scan", [column], unique=False)
    open_ones = sa.text("state = 'brought'")
    op.create_index(
        "uq_agreement_scan_open", "agreement_scan", ["agreement_id"], unique=True, sqlite_where=open_ones, postgresql_where=open_ones
    )
    with op.batch_alter_table("signature", table_kwargs={"sqlite_autoincrement": True}) as signature:
        signature.add_column(sa.Column("signer", sa.String(length=200), nullable=True))
        signature.drop_constraint(op.f("ck_signature_how"), type_="check")
        signature.create_check_constraint(op.f("ck_signature_how"), "how IN ('page', 'link', 'paper')")
        signature.drop_constraint(op.f("ck_signature_one_of_both"), type_="check")
        signature.create_check_constraint(op.f("ck_signature_one_of_both"), AFTER)


def downgrade() -> None:
    op.execute("DELETE FROM signature WHERE how = 'paper'")
    with op.batch_alter_table("signature", table_kwargs={"sqlite_autoincrement": True}) as signature:
        signature.drop_constraint(op.f("ck_signature_one_of_both"), type_="check")
        signature.create_check_constraint(op.f("ck_signature_one_of_both"), BEFORE)
        signature.drop_constraint(op.f("ck_signature_how"), type_="check")
        signature.create_check_constraint(op.f("ck_signature_how"), "how IN ('page', 'link')")
        signature.drop_column("signer")
    op.drop_index("uq_agreement_scan_open", table_name="agreement_scan")
    for column in ("school_id", "confirmed_by_id", "brought_by_id", "agreement_id"):
        op.drop_index(op.f(f"ix_agreement_scan_{column}"), table_name="agreement_scan")
    op.drop_table("agreement_scan")
