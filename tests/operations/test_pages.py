"""The operator's pages."""

from tests.factories import events_of, make_employer, make_member, make_organisation
from training.jobs.models import Job, JobState
from training.kernel import clock
from training.kernel.db import db
from training.kernel.policy import OrganisationKind, Role


def parked() -> Job:
    job = Job(task="turns.expire", args={}, run_at=clock.now(), attempts=8, state=JobState.PARKED, error="TimeoutError: away")
    db.session.add(job)
    db.session.commit()
    return job


def test_a_parked_job_is_seen_and_tried_again_with_a_trace(client):
    operator = make_organisation(OrganisationKind.OPERATOR)
    client.sign_in(make_member(operator, Role.OPERATOR).account)
    job = parked()
    page = f"/o/{operator.slug}/jobs"
    assert "TimeoutError: away" in client.get(page).words

    assert client.press(f"{page}/{job.id}/retry", page=page).status == 302

    assert events_of(job) == ["job.retried"]
    db.session.refresh(job)
    assert job.state is JobState.WAITING


def test_a_given_up_job_stays_given_up(client):
    operator = make_organisation(OrganisationKind.OPERATOR)
    client.sign_in(make_member(operator, Role.OPERATOR).account)
    job = parked()
    page = f"/o/{operator.slug}/jobs"

    client.press(f"{page}/{job.id}/discard", page=page)

    assert client.get(f"{page}?state=parked").words.count("turns.expire") == 0
    assert events_of(job) == ["job.discarded"]


def test_nobody_else_sees_the_machinery(client):
    employer = make_employer()
    client.sign_in(make_member(employer, Role.MANAGER).account)

    assert client.get(f"/o/{employer.slug}/jobs").status == 403
    assert client.get(f"/o/{employer.slug}/mail").status == 403


def test_demo_mail_is_read_with_links_that_work(client, mailbox):
    operator = make_organisation(OrganisationKind.OPERATOR)
    account = make_member(operator, Role.OPERATOR).account
    client.submit("/sign-up", name="Nina", email="nina@example.org", password="seven green kettles hum", agreed="y")
    [letter] = mailbox("nina@example.org")
    client.sign_in(account)

    assert "Confirm your address" in client.get(f"/o/{operator.slug}/mail").words
    page = client.get(f"/o/{operator.slug}/mail/{letter.name}")
    assert letter.links[0] in [link.get("href") for link in page.all("a")]
    assert client.get(f"/o/{operator.slug}/mail/notice-999@nowhere").status == 404
