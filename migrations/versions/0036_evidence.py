"""What the passport keeps of each piece of evidence: its part and name, who confirms it, the mark, the time."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

BEFORE = ["trainee_id", "skill_id", "kind", "subject_kind", "subject_id"]
OF_BEFORE = "uq_evidence_trainee_id_skill_id_kind_subject_kind_subject_id"
"""As the naming convention calls it; the new one's name is longer than PostgreSQL's names are."""


def altered():  # type: ignore[no-untyped-def]
    """The table to be changed, its keys never given twice."""
    return op.batch_alter_table("evidence", table_kwargs={"sqlite_autoincrement": True})


CONFIRMED = {
    "module": ("enrolment", "SELECT school_id FROM enrolment WHERE enrolment.id = evidence.subject_id"),
    "credential": ("credential", "SELECT school_id FROM credential WHERE credential.id = evidence.subject_id"),
    "rating": (
        "evaluation",
        (
            "SELECT employer_id FROM placement JOIN evaluation ON evaluation.placement_id = placement.id"
            " WHERE evaluation.id = evidence.subject_id"
        ),
    ),
}
"""Who confirms what stands in passports, by its kind."""
HOURS = """
INSERT INTO evidence (trainee_id, skill_id, level, kind, subject_kind, subject_id, part_id, organisation_id, minutes, attested_at)
SELECT placement.trainee_id, logbook_entry.skill_id, 1, 'hours', 'placement', placement.id, 0, placement.employer_id,
    sum(logbook_entry.minutes), CURRENT_TIMESTAMP
FROM logbook_entry JOIN placement ON placement.id = logbook_entry.placement_id
WHERE logbook_entry.state = 'countersigned' AND logbook_entry.skill_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM evidence AS known WHERE known.kind = 'hours' AND known.subject_kind = 'placement' AND known.subject_id = placement.id
)
GROUP BY placement.trainee_id, logbook_entry.skill_id, placement.id, placement.employer_id
"""
"""The hours that mentors have countersigned so far."""


def upgrade() -> None:
    with altered() as evidence:
        evidence.add_column(sa.Column("part_id", sa.Integer(), nullable=False, server_default="0"))
        evidence.add_column(sa.Column("title", sa.String(length=200), nullable=True))
        evidence.add_column(sa.Column("organisation_id", sa.Integer(), nullable=True))
        evidence.add_column(sa.Column("mark", sa.String(length=60), nullable=True))
        evidence.add_column(sa.Column("minutes", sa.Integer(), nullable=True))
        evidence.drop_constraint(op.f(OF_BEFORE), type_="unique")
    with altered() as evidence:
        evidence.alter_column("part_id", existing_type=sa.Integer(), existing_nullable=False, server_default=None)
        evidence.create_foreign_key(op.f("fk_evidence_organisation_id"), "organisation", ["organisation_id"], ["id"])
        evidence.create_unique_constraint("uq_evidence_shown", [*BEFORE, "part_id"])
        evidence.create_check_constraint(op.f("ck_evidence_some_minutes"), sa.text("minutes IS NULL OR minutes > 0"))
    op.create_index(op.f("ix_evidence_organisation_id"), "evidence", ["organisation_id"])
    for kind, (subject, by) in CONFIRMED.items():
        op.execute(f"UPDATE evidence SET organisation_id = ({by}) WHERE kind = '{kind}' AND subject_kind = '{subject}'")
    title = "SELECT title FROM credential WHERE credential.id = evidence.subject_id"
    op.execute(f"UPDATE evidence SET title = ({title}) WHERE kind = 'credential' AND subject_kind = 'credential'")
    op.execute(HOURS)


def downgrade() -> None:
    same = " AND ".join(f"other.{name} = evidence.{name}" for name in BEFORE)
    better = "other.level > evidence.level OR (other.level = evidence.level AND other.id < evidence.id)"
    op.execute(f"DELETE FROM evidence WHERE EXISTS (SELECT 1 FROM evidence AS other WHERE {same} AND ({better}))")
    op.drop_index(op.f("ix_evidence_organisation_id"), table_name="evidence")
    with altered() as evidence:
        evidence.drop_constraint(op.f("fk_evidence_organisation_id"), type_="foreignkey")
        evidence.drop_constraint(op.f("ck_evidence_some_minutes"), type_="check")
        evidence.drop_constraint("uq_evidence_shown", type_="unique")
        for name in ("minutes", "mark", "organisation_id", "title", "part_id"):
            evidence.drop_column(name)
    with altered() as evidence:
        evidence.create_unique_constraint(op.f(OF_BEFORE), BEFORE)
