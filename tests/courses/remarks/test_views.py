"""Pages of remarks, as the school and the employer see them."""

import pytest
from sqlalchemy import event

from tests.courses.factories import SYSTEM, make_occupation, make_version
from tests.factories import acting, actor_of, make_employer, make_member, save
from training.courses.endorsements import services as endorsing
from training.courses.programmes import queries as programmes
from training.courses.programmes import services as versions
from training.courses.programmes.models import ModuleOutcome
from training.courses.programmes.workflow import State as VersionState
from training.courses.remarks import services
from training.kernel.db import db
from training.kernel.policy import Role


def in_review():
    """A version in review with an outcome, whoever wrote it, and whoever reviews it."""
    version = make_version(state=VersionState.DRAFT)
    school = version.programme.school
    author, second = make_member(school, Role.TEACHER), make_member(school, Role.MANAGER)
    outcome = save(ModuleOutcome(module_id=version.modules[0].id, position=1, words="Reads a drawing"))
    db.session.refresh(version, ["modules"])
    versions.submit(acting(author), programmes.version(SYSTEM, version.id))
    return school, version.id, outcome, author, second


@pytest.fixture
def statements(app):
    """The statements so far."""
    sent = []

    def note(connection, cursor, statement, *rest):
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield sent
    event.remove(db.engine, "before_cursor_execute", note)


def test_a_reviewer_remarks_sends_back_the_author_answers_and_it_is_settled(client):
    school, key, outcome, author, second = in_review()
    base = f"/o/{school.slug}/programmes/{key}"
    client.sign_in(second.account)
    form = f"{base}/remarks/new?about=outcome-{outcome.id}"
    assert form.partition("?")[2] in client.get(base).text
    shown = client.submit(form, words="By which standard?", follow=True)
    assert "1 remark is not settled" in shown.words
    back = client.get(f"{base}/send-back")
    assert ("1 remark goes back with it" in back.words, "By which standard?" in back.words) == (True, True)
    client.submit(f"{base}/send-back", reason="See the remark.")

    client.sign_in(author.account)
    shown = client.get(base)
    [one] = {link for a in shown.all("a") if (link := a.get("href") or "").rpartition("/remarks/")[2].isdigit()}
    answered = client.submit(f"{one}/answer", answer="ISO 128; the line says it now.", follow=True)
    assert ("Answered" in answered.words, "Settle it" in answered.words) == (True, False)

    client.sign_in(second.account)
    settled = client.submit(f"{one}/settle", page=one, follow=True)
    assert "Settled" in settled.words
    assert "not settled" not in client.get(base).words
    listed = client.get(f"{base}/remarks")
    assert ("By which standard?" in listed.words, "ISO 128" in listed.words) == (True, True)


def test_an_employer_that_is_asked_remarks_beside_the_content(client):
    school, key, outcome, author, _second = in_review()
    employer = make_employer()
    made = endorsing.ask(
        actor_of(school, Role.TEACHER), programmes.version(SYSTEM, key), employer=employer, occupation_id=make_occupation().id
    )
    base = f"/o/{employer.slug}/endorsements/{made.id}"
    client.sign_in(make_member(employer, Role.MANAGER).account)
    assert f"about=outcome-{outcome.id}" in client.get(base).text

    shown = client.submit(f"{base}/remark?about=outcome-{outcome.id}", words="We need ISO 128.", follow=True)

    assert "We need ISO 128." in shown.words
    client.sign_in(make_member(employer, Role.MENTOR).account)
    assert client.get(f"{base}/remark").status == 403
    client.sign_in(author.account)
    assert "We need ISO 128." in client.get(f"/o/{school.slug}/programmes/{key}").words


def test_nothing_is_said_yet(client):
    school, key, _outcome, author, _second = in_review()
    client.sign_in(author.account)

    page = client.get(f"/o/{school.slug}/programmes/{key}/remarks")

    assert "No remark yet" in page.words
    assert client.get(f"/o/{school.slug}/programmes/{key}/remarks/new").status == 403


def test_forty_remarks_take_as_many_statements_as_two(client, statements):
    school, key, outcome, _author, second = in_review()
    reviewer = actor_of(school, Role.MANAGER)
    client.sign_in(second.account)
    base = f"/o/{school.slug}/programmes/{key}"

    def more(number):
        for place in range(number):
            services.add(reviewer, programmes.version(SYSTEM, key), place=f"outcome-{outcome.id}", words=f"Remark {place}")

    def asked(path):
        db.session.rollback()
        statements.clear()
        assert client.get(path).status == 200
        return len(statements)

    more(2)
    client.get(base)
    few = [asked(base), asked(f"{base}/remarks")]
    more(38)

    assert [asked(base), asked(f"{base}/remarks")] == few
