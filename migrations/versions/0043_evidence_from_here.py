"""A request for recognition shows a file, or what a school has marked here (a credential, a module that was passed), or both."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

AT_MOST_ONE = "file_id IS NULL OR credential_id IS NULL"
"""What is asked going back: a request that shows a module that was passed stays, without its evidence."""


def altered():  # type: ignore[no-untyped-def]
    """The table to be changed, its keys never given twice."""
    return op.batch_alter_table("recognition", table_kwargs={"sqlite_autoincrement": True})


def upgrade() -> None:
    with altered() as recognition:
        recognition.add_column(sa.Column("passed_in_id", sa.Integer(), nullable=True))
        recognition.add_column(sa.Column("passed_module_id", sa.Integer(), nullable=True))
        recognition.drop_constraint(op.f("ck_recognition_one_piece_of_evidence"), type_="check")
    with altered() as recognition:
        recognition.create_foreign_key(op.f("fk_recognition_passed_in_id"), "enrolment", ["passed_in_id"], ["id"])
        recognition.create_foreign_key(op.f("fk_recognition_passed_module_id"), "module", ["passed_module_id"], ["id"])
        for name, said in (
            ("some_evidence", "file_id IS NOT NULL OR credential_id IS NOT NULL OR passed_module_id IS NOT NULL"),
            ("one_of_what_is_marked", "credential_id IS NULL OR passed_module_id IS NULL"),
            ("passed_somewhere", "(passed_module_id IS NULL) = (passed_in_id IS NULL)"),
        ):
            recognition.create_check_constraint(op.f(f"ck_recognition_{name}"), sa.text(said))
    op.create_index(op.f("ix_recognition_passed_in_id"), "recognition", ["passed_in_id"])
    op.create_index(op.f("ix_recognition_passed_module_id"), "recognition", ["passed_module_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_recognition_passed_module_id"), table_name="recognition")
    op.drop_index(op.f("ix_recognition_passed_in_id"), table_name="recognition")
    with altered() as recognition:
        for name in ("some_evidence", "one_of_what_is_marked", "passed_somewhere"):
            recognition.drop_constraint(op.f(f"ck_recognition_{name}"), type_="check")
        for name in ("passed_in_id", "passed_module_id"):
            recognition.drop_constraint(op.f(f"fk_recognition_{name}"), type_="foreignkey")
            recognition.drop_column(name)
    op.execute("UPDATE recognition SET credential_id = NULL WHERE file_id IS NOT NULL")
    with altered() as recognition:
        recognition.create_check_constraint(op.f("ck_recognition_one_piece_of_evidence"), sa.text(AT_MOST_ONE))
