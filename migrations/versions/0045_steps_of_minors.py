"""Consents about a step of a minor: a seat by selection is taken, study goes on at another school."""

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

from training.kernel import clock

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

BORN = clock.today() - timedelta(days=6575)
"""Whoever was born after that day is under 18."""
PURPOSES, STATES = ("employers",), ("asked", "given", "refused", "withdrawn")
OPEN = "state IN ('asked', 'given')"
STEP = sa.text("subject_id IS NOT NULL")
PAPERS = """
INSERT INTO consent (trainee_id, purpose, text_version, state, how, given_at, school_id, subject_kind, subject_id, about, version)
SELECT enrolment.trainee_id, 'admission', '2026-09', 'given', 'paper', document.brought_at, enrolment.school_id, 'enrolment', enrolment.id,
    substr(programme.title || ', ' || cohort.code, 1, 200), 1
FROM candidacy_document AS document
JOIN candidacy ON candidacy.id = document.candidacy_id
JOIN enrolment ON enrolment.id = candidacy.enrolment_id
JOIN cohort ON cohort.id = enrolment.cohort_id
JOIN programme_version ON programme_version.id = cohort.version_id
JOIN programme ON programme.id = programme_version.programme_id
WHERE document.what = 'consent' AND document.state = 'accepted' AND enrolment.state IN ('applied', 'waitlisted', 'offered')
"""
"""A paper that was accepted counts as the answer, so that nobody is asked twice."""
MOVES = """
INSERT INTO consent (trainee_id, purpose, text_version, state, school_id, subject_kind, subject_id, about, version)
SELECT enrolment.trainee_id, 'transfer', '2026-09', 'wanted', transfer.receiving_id, 'transfer', transfer.id,
    substr(programme.title || ', ' || cohort.code, 1, 200), 1
FROM transfer
JOIN enrolment ON enrolment.id = transfer.enrolment_id
JOIN trainee ON trainee.id = enrolment.trainee_id
JOIN cohort ON cohort.id = transfer.cohort_id
JOIN programme_version ON programme_version.id = cohort.version_id
JOIN programme ON programme.id = programme_version.programme_id
WHERE transfer.state = 'asked' AND trainee.born_on > :day
"""
"""Where a school has not answered yet, a guardian can be named."""


def upgrade() -> None:
    op.drop_index("uq_consent_open", table_name="consent")
    with op.batch_alter_table("consent", table_kwargs={"sqlite_autoincrement": True}) as consent:
        consent.add_column(sa.Column("school_id", sa.Integer(), nullable=True))
        consent.add_column(sa.Column("subject_kind", sa.String(length=60), nullable=True))
        consent.add_column(sa.Column("subject_id", sa.Integer(), nullable=True))
        consent.add_column(sa.Column("about", sa.String(length=200), nullable=True))
        consent.add_column(sa.Column("until_at", sa.DateTime(timezone=True), nullable=True))
        consent.add_column(sa.Column("reason", sa.String(length=4000), nullable=True))
        consent.create_foreign_key(op.f("fk_consent_school_id"), "organisation", ["school_id"], ["id"])
        allow(consent, "purpose", *PURPOSES, "admission", "transfer")
        allow(consent, "state", *STATES, "wanted", "lapsed")
        consent.create_check_constraint(op.f("ck_consent_about_a_step_or_employers"), "(subject_id IS NULL) = (purpose = 'employers')")
        consent.create_check_constraint(
            op.f("ck_consent_step_at_a_school"), "subject_id IS NULL OR (subject_kind IS NOT NULL AND school_id IS NOT NULL)"
        )
    op.create_index(op.f("ix_consent_school_id"), "consent", ["school_id"])
    unique(f"{OPEN} AND subject_id IS NULL")
    op.create_index("uq_consent_subject", "consent", ["subject_kind", "subject_id"], unique=True, sqlite_where=STEP, postgresql_where=STEP)
    op.execute(PAPERS)
    op.execute(sa.text(MOVES).bindparams(sa.bindparam("day", BORN, sa.Date())))
    require(False)


def downgrade() -> None:
    require(True)
    steps = "SELECT id FROM consent WHERE subject_id IS NOT NULL"
    op.execute(f"DELETE FROM consent_paper WHERE consent_id IN ({steps})")
    op.execute(f"DELETE FROM link WHERE purpose = 'consent' AND subject_id IN ({steps})")
    op.execute(f"DELETE FROM turn WHERE subject_kind = 'consent' AND subject_id IN ({steps})")
    op.execute("DELETE FROM consent WHERE subject_id IS NOT NULL")
    op.drop_index("uq_consent_subject", table_name="consent")
    op.drop_index("uq_consent_open", table_name="consent")
    op.drop_index(op.f("ix_consent_school_id"), table_name="consent")
    with op.batch_alter_table("consent", table_kwargs={"sqlite_autoincrement": True}) as consent:
        consent.drop_constraint(op.f("ck_consent_step_at_a_school"), type_="check")
        consent.drop_constraint(op.f("ck_consent_about_a_step_or_employers"), type_="check")
        allow(consent, "state", *STATES)
        allow(consent, "purpose", *PURPOSES)
        consent.drop_constraint(op.f("fk_consent_school_id"), type_="foreignkey")
        for column in ("reason", "until_at", "about", "subject_id", "subject_kind", "school_id"):
            consent.drop_column(column)
    unique(OPEN)


def allow(consent, column: str, *values: str) -> None:  # type: ignore[no-untyped-def]
    """Lets a column of consents have these values and no others."""
    consent.drop_constraint(op.f(f"ck_consent_{column}"), type_="check")
    consent.create_check_constraint(op.f(f"ck_consent_{column}"), f"{column} IN ({', '.join(repr(one) for one in values)})")


def unique(where: str) -> None:
    """One open consent of a trainee for a purpose."""
    op.create_index(
        "uq_consent_open",
        "consent",
        ["trainee_id", "purpose"],
        unique=True,
        sqlite_where=sa.text(where),
        postgresql_where=sa.text(where),
    )


def require(needed: bool) -> None:
    """Whether an applicant stays off the list without the signed paper."""
    op.execute(sa.text("UPDATE candidacy_document SET required = :needed WHERE what = 'consent'").bindparams(needed=needed))
