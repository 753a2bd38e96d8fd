"""Credentials that end, and those that take their place."""

import sqlalchemy as sa
from alembic import op

from training.kernel.db.frozen import freeze, thaw

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

ENDED = {"table_kwargs": {"sqlite_autoincrement": True}}
BEFORE = sa.text("state IN ('draft', 'issued')")
AFTER = sa.text("state IN ('draft', 'issued') AND renews_id IS NULL")

SAID = (
    "NEW.programme_id <> OLD.programme_id OR NEW.number <> OLD.number OR NEW.hours_total <> OLD.hours_total "
    "OR coalesce(NEW.months, -1) <> coalesce(OLD.months, -1) OR coalesce(NEW.summary, '') <> coalesce(OLD.summary, '') "
    "OR coalesce(NEW.content_digest, '') <> coalesce(OLD.content_digest, '')"
)
ADDED = (
    " OR coalesce(NEW.valid_months, -1) <> coalesce(OLD.valid_months, -1) "
    "OR coalesce(NEW.renewal_months, -1) <> coalesce(OLD.renewal_months, -1)"
)
COLUMNS = {
    "valid_months": ("valid_for_some_time", "valid_months > 0"),
    "renewal_months": ("renewed_while_valid", "renewal_months IS NULL OR (renewal_months > 0 AND renewal_months <= valid_months)"),
}
"""Added in place, with their checks: triggers of other tables look at this one, so it is not made anew."""


def keep(said: str) -> None:
    """What a published version says never changes."""
    thaw(op.get_bind(), "programme_version", "update")
    freeze(op.get_bind(), "programme_version", "update", f"OLD.state IN ('published', 'retired') AND ({said})")


def upgrade() -> None:
    for column, (name, check) in COLUMNS.items():
        named = f"CONSTRAINT ck_programme_version_{name} CHECK ({check})"
        op.execute(f"ALTER TABLE programme_version ADD COLUMN {column} INTEGER {named}")
    keep(SAID + ADDED)
    with op.batch_alter_table("credential", **ENDED) as batch:
        batch.add_column(sa.Column("valid_until", sa.Date(), nullable=True))
        batch.add_column(sa.Column("renewable_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("renews_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("reminded", sa.Integer(), nullable=True))
        batch.create_check_constraint(op.f("ck_credential_renewed_while_valid"), "renewable_on IS NULL OR renewable_on <= valid_until")
        batch.create_unique_constraint(op.f("uq_credential_id_school_id"), ["id", "school_id"])
    with op.batch_alter_table("credential", **ENDED) as batch:
        batch.create_foreign_key(op.f("fk_credential_renews_id_school_id"), "credential", ["renews_id", "school_id"], ["id", "school_id"])
        batch.drop_index("uq_credential_standing")
        batch.create_index("uq_credential_standing", ["enrolment_id"], unique=True, sqlite_where=AFTER, postgresql_where=AFTER)
        batch.create_index("uq_credential_renewal", ["renews_id"], unique=True, sqlite_where=BEFORE, postgresql_where=BEFORE)
        batch.create_index("ix_credential_renews", ["renews_id"])
        batch.create_index("ix_credential_valid", ["state", "valid_until", "id"])


def downgrade() -> None:
    with op.batch_alter_table("credential", **ENDED) as batch:
        batch.drop_index("ix_credential_valid")
        batch.drop_index("ix_credential_renews")
        batch.drop_index("uq_credential_renewal")
        batch.drop_index("uq_credential_standing")
        batch.create_index("uq_credential_standing", ["enrolment_id"], unique=True, sqlite_where=BEFORE, postgresql_where=BEFORE)
        batch.drop_constraint(op.f("fk_credential_renews_id_school_id"), type_="foreignkey")
    with op.batch_alter_table("credential", **ENDED) as batch:
        batch.drop_constraint(op.f("uq_credential_id_school_id"), type_="unique")
        batch.drop_constraint(op.f("ck_credential_renewed_while_valid"), type_="check")
        batch.drop_column("reminded")
        batch.drop_column("renews_id")
        batch.drop_column("renewable_on")
        batch.drop_column("valid_until")
    keep(SAID)
    for column in reversed(COLUMNS):
        op.execute(f"ALTER TABLE programme_version DROP COLUMN {column}")
