"""Hours of a module by kind, and its outcomes."""

import sqlalchemy as sa
from alembic import op

from training.kernel.db.frozen import freeze, thaw

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

NEW = ("theory", "practical", "self_study", "assessment")
KINDS = ("theory", "practical", "plant", "self_study", "assessment")

FROZEN = "v.state IN ('published', 'retired')"
OF_VERSION = f"EXISTS (SELECT 1 FROM programme_version v WHERE v.id = {{row}}.version_id AND {FROZEN})"
OF_MODULE = f"EXISTS (SELECT 1 FROM programme_version v JOIN module m ON m.version_id = v.id WHERE m.id = {{row}}.module_id AND {FROZEN})"
CONTENT = {"module": OF_VERSION, "module_skill": OF_MODULE}


def keep(table: str, condition: str) -> None:
    """Published content never changes."""
    for verb in ("insert", "update", "delete"):
        freeze(op.get_bind(), table, verb, condition.format(row="NEW" if verb == "insert" else "OLD"))


def release() -> None:
    """While the table of modules is made anew its triggers are away."""
    for table in CONTENT:
        for verb in ("insert", "update", "delete"):
            thaw(op.get_bind(), table, verb)


def upgrade() -> None:
    release()
    with op.batch_alter_table("module", table_kwargs={"sqlite_autoincrement": True}) as module:
        for kind in NEW:
            module.add_column(sa.Column(f"{kind}_hours", sa.Integer(), nullable=False, server_default="0"))
        module.drop_constraint(op.f("ck_module_plant_hours_within"), type_="check")
    with op.batch_alter_table("module", table_kwargs={"sqlite_autoincrement": True}) as module:
        for kind in NEW:
            module.alter_column(f"{kind}_hours", server_default=None)
        for kind in KINDS:
            module.create_check_constraint(op.f(f"ck_module_{kind}_hours_not_negative"), sa.text(f"{kind}_hours >= 0"))
        within = " + ".join(f"{kind}_hours" for kind in KINDS) + " <= hours"
        module.create_check_constraint(op.f("ck_module_kinds_within_hours"), sa.text(within))
    op.create_table(
        "module_outcome",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["module_id"], ["module.id"], name=op.f("fk_module_outcome_module_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_module_outcome")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_module_outcome_place", "module_outcome", ["module_id", "position", "id"])
    for table, condition in {**CONTENT, "module_outcome": OF_MODULE}.items():
        keep(table, condition)


def downgrade() -> None:
    release()
    for verb in ("insert", "update", "delete"):
        thaw(op.get_bind(), "module_outcome", verb)
    op.drop_table("module_outcome")
    with op.batch_alter_table("module", table_kwargs={"sqlite_autoincrement": True}) as module:
        module.drop_constraint(op.f("ck_module_kinds_within_hours"), type_="check")
        for kind in KINDS:
            module.drop_constraint(op.f(f"ck_module_{kind}_hours_not_negative"), type_="check")
    with op.batch_alter_table("module", table_kwargs={"sqlite_autoincrement": True}) as module:
        for kind in NEW:
            module.drop_column(f"{kind}_hours")
        module.create_check_constraint(op.f("ck_module_plant_hours_within"), sa.text("plant_hours >= 0 AND plant_hours <= hours"))
    for table, condition in CONTENT.items():
        keep(table, condition)
