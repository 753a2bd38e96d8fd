"""Saved views, files of lists, and an index for every order that a list can have."""

import sqlalchemy as sa
from alembic import op

from training.kernel.keys import sort_key

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

INDEXES = (
    ("ix_export_owner", "export", ["account_id", "organisation_id", "id"]),
    ("ix_export_state", "export", ["state", "asked_at"]),
    ("ix_application_vacancy_applied", "application", ["vacancy_id", "applied_at", "id"]),
    ("ix_credential_school_holder", "credential", ["school_id", "holder_key", "id"]),
    ("ix_import_batch_newest", "import_batch", ["organisation_id", "id"]),
    ("ix_job_run", "job", ["run_at", "id"]),
    ("ix_job_task", "job", ["task", "id"]),
    ("ix_membership_organisation_began", "membership", ["organisation_id", "began_on", "id"]),
    ("ix_opening_employer_starts", "opening", ["employer_id", "starts_on", "id"]),
    ("ix_opening_employer_title", "opening", ["employer_id", "title_key", "id"]),
    ("ix_organisation_name", "organisation", ["name_key", "id"]),
    ("ix_organisation_town_name", "organisation", ["town", "name_key", "id"]),
    ("ix_placement_employer_ends", "placement", ["employer_id", "ends_on", "id"]),
    ("ix_placement_employer_starts", "placement", ["employer_id", "starts_on", "id"]),
    ("ix_placement_school_ends", "placement", ["school_id", "ends_on", "id"]),
    ("ix_placement_school_starts", "placement", ["school_id", "starts_on", "id"]),
    ("ix_programme_school_code", "programme", ["school_id", "code", "id"]),
    ("ix_programme_version_school_hours", "programme_version", ["school_id", "hours_total", "id"]),
    ("ix_trainee_school_born", "trainee", ["school_id", "born_on", "id"]),
    ("ix_trainee_school_group", "trainee", ["school_id", "group_code", "name_key"]),
    ("ix_vacancy_employer", "vacancy", ["employer_id", "id"]),
    ("ix_vacancy_employer_closes", "vacancy", ["employer_id", "closes_on", "id"]),
    ("ix_vacancy_employer_title", "vacancy", ["employer_id", "title_key", "id"]),
)


def upgrade() -> None:
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("listing", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_key", sa.String(length=240).with_variant(sa.String(length=240, collation="C"), "postgresql"), nullable=False),
        sa.Column("query", sa.JSON(), nullable=False),
        sa.Column("preferred", sa.Boolean(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sa.UniqueConstraint(
            "account_id", "organisation_id", "listing", "name_key", name=op.f("uq_saved_view_account_id_organisation_id_listing_name_key")
        ),
        sqlite_autoincrement=True,
    )

    op.create_table(
        "export",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("organisation", sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"), nullable=True),
        sa.Column("listing", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("args", sa.JSON(), nullable=False),
        sa.Column("query", sa.JSON(), nullable=False),
        sa.Column("form", sa.Enum("csv", "xlsx", name="form", native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column("language", sa.String(length=60), nullable=False),
        sa.Column(
            "state",
            sa.Enum("direct", "making", "made", "failed", "gone", name="state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(file_id IS NOT NULL) = (state = 'made')", name=op.f("ck_export_made_with_file")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_export_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export")),
        sa.UniqueConstraint("file_id", name=op.f("uq_export_file_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_export_slug")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_saved_view_preferred",
        "saved_view",
        ["account_id", "organisation_id", "listing"],
        unique=True,
        sqlite_where=sa.text("preferred"),
        postgresql_where=sa.text("preferred"),
    )
    op.create_index(
        "ix_saved_view_shared",
        "saved_view",
        ["organisation_id", "listing"],
        sqlite_where=sa.text("shared"),
        postgresql_where=sa.text("shared"),
    )
    key = sa.String(length=240).with_variant(sa.String(length=240, collation="C"), "postgresql")
    op.add_column("opening", sa.Column("title_key", key, nullable=False, server_default=""))
    opening = sa.table("opening", sa.column("id", sa.Integer), sa.column("title", sa.String), sa.column("title_key", sa.String))
    for number, title in op.get_bind().execute(sa.select(opening.c.id, opening.c.title)).all():
        op.execute(opening.update().where(opening.c.id == number).values(title_key=sort_key(title)))
    for name, table, columns in INDEXES:
        op.create_index(name, table, columns)


def downgrade() -> None:
    for name, table, _columns in reversed(INDEXES):
        op.drop_index(name, table_name=table)
    op.drop_column("opening", "title_key")
    op.drop_table("export")
    op.drop_table("saved_view")
