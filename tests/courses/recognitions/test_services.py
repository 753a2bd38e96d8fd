"""Asking that a module be recognised, and deciding it."""

from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from tests.courses.assessments.factories import Class, fresh
from tests.courses.factories import SYSTEM, make_credential, make_enrolment
from tests.factories import acting, events_of, learner, make_member
from training.accounts.models import Account
from training.courses.assessments import queries as assessments
from training.courses.assessments.workflow import Kind
from training.courses.enrolments import queries as enrolments
from training.courses.enrolments import services as leaving
from training.courses.enrolments.models import Enrolment
from training.courses.programmes.models import Module
from training.courses.recognitions import queries, services
from training.courses.recognitions.models import Recognition, RecognitionDecision
from training.courses.recognitions.workflow import State, Verdict
from training.insights.risks import reasons
from training.insights.risks.reasons import REASONS
from training.kernel import clock
from training.kernel.db import db, writing
from training.kernel.policy import NotAllowed, NotNow, Role
from training.notices.models import Notification
from training.privacy import services as privacy
from training.privacy.services import Traces
from training.turns.models import OpenTurn

pytestmark = pytest.mark.usefixtures("app")

PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


def enrolment_of(group: Class, person: int = 0):
    """Somebody's enrolment, read anew."""
    fresh()
    return enrolments.enrolment(SYSTEM, group.enrolments[person])


def ask(group: Class, person: int = 0, *, module: int = 0, **given):
    """The key of a new request with a file, or with what is given."""
    enrolment = enrolment_of(group, person)
    what = {"source": BytesIO(PDF), "name": "transcript.pdf"} if "shown" not in given else {}
    asked = db.session.get_one(Module, group.modules[module])
    return services.ask(learner(enrolment.trainee), enrolment, module=asked, words="Two years at a plant.", **{**what, **given}).id


def one(key: int) -> Recognition:
    """A request as it is now."""
    fresh()
    return queries.recognition(SYSTEM, key)


def told(name: str) -> int:
    """How many were told."""
    return len(db.session.scalars(select(Notification).where(Notification.name == name)).all())


def test_a_request_waits_for_the_schools_teachers_and_managers_for_ten_working_days():
    group = Class(1)

    key = ask(group)

    turn = db.session.scalars(select(OpenTurn).where(OpenTurn.subject_kind == "recognition", OpenTurn.subject_id == key)).one()
    assert (turn.verb, turn.party_id) == ("accept", group.school.id)
    assert turn.due_at is not None
    assert timedelta(days=13) < turn.due_at - clock.now() <= timedelta(days=14)
    assert turn.roles == Role.TEACHER.bit + Role.MANAGER.bit
    assert told("recognition.asked") == 2
    assert events_of(one(key)) == ["recognition.asked"]


def test_a_teacher_accepts_in_their_own_name_and_the_results_say_so():
    group = Class(2)
    key = ask(group)
    before = group.marks(0)

    services.accept(group.teacher, one(key), words="The transcript shows the same hours.")

    accepted = one(key)
    decision = accepted.decision
    assert decision is not None
    assert (accepted.state, decision.verdict, decision.by_id) == (State.ACCEPTED, Verdict.ACCEPTED, group.account.id)
    assert decision.decided_on == clock.today("Europe/Samara")
    assert (before[0], group.marks(0)[0], group.marks(1)[0]) == ("–", "recognised", "–")
    assert assessments.book(group.cohort).progress(group.enrolments[0]).done == 1
    assert told("recognition.accepted") == 1


def test_a_mark_that_passes_stands_before_the_recognition_and_one_that_fails_behind_it():
    group = Class(2)
    ask_first, ask_second = ask(group, 0), ask(group, 1)
    for key in (ask_first, ask_second):
        services.accept(group.teacher, one(key), words="Shown.")
    exam = group.add(kind=Kind.EXAM, maximum=20)

    group.grade(exam, "20", "2")

    assert (group.marks(0)[0], group.marks(1)[0]) == ("5", "recognised")


def test_what_is_missing_goes_back_to_the_trainee_who_adds_it():
    group = Class(1)
    key = ask(group)
    services.send_back(group.manager, one(key), reason="The second page is missing.")
    first = one(key)
    assert (first.state, first.file is not None) == (State.SENT_BACK, True)
    file_id = first.file_id

    services.amend(learner(first.enrolment.trainee), first, words="With both pages.", source=BytesIO(PDF + b"2"), name="both.pdf")

    again = one(key)
    assert (again.state, again.words, again.file_id != file_id) == (State.ASKED, "With both pages.", True)
    services.send_back(group.manager, again, reason="Still not.")
    services.amend(learner(again.enrolment.trainee), one(key), words="Look at page two.")
    assert (one(key).file_id, told("recognition.amended")) == (again.file_id, 4)


def test_a_revocation_is_a_further_decision_and_the_module_can_be_asked_for_again():
    group = Class(1)
    key = ask(group)
    services.accept(group.teacher, one(key), words="Shown.")

    services.revoke(group.manager, one(key), reason="The transcript was somebody else's.")

    revoked = one(key)
    assert [(row.verdict, row.by_id) for row in revoked.decisions] == [
        (Verdict.ACCEPTED, group.account.id),
        (Verdict.REVOKED, group.lead.id),
    ]
    assert (revoked.state, group.marks(0)[0]) == (State.REVOKED, "–")
    assert events_of(revoked) == ["recognition.asked", "recognition.accepted", "recognition.revoked"]
    assert one(ask(group)).state is State.ASKED


def test_a_refused_request_can_be_followed_by_another_and_a_withdrawn_one_too():
    group = Class(1)
    key = ask(group)
    services.refuse(group.teacher, one(key), reason="These are other lathes.")
    second = ask(group)

    services.withdraw(learner(one(second).enrolment.trainee), one(second))

    assert (one(key).state, one(second).state) == (State.REFUSED, State.WITHDRAWN)
    with pytest.raises(NotNow):
        services.withdraw(learner(one(second).enrolment.trainee), one(second))
    assert one(ask(group)).state is State.ASKED


def test_one_request_for_a_module_stands_at_a_time():
    group = Class(1)
    key = ask(group)

    with pytest.raises(NotNow, match="not decided yet"):
        ask(group)
    services.accept(group.teacher, one(key), words="Shown.")
    with pytest.raises(NotNow, match="recognised already"):
        ask(group)
    assert one(ask(group, module=1)).state is State.ASKED


@pytest.mark.parametrize("state", ["asked", "sent_back", "accepted"])
def test_the_database_refuses_a_second_one_that_stands(state: str):
    group = Class(1)
    first = one(ask(group))
    values = {"school_id": first.school_id, "enrolment_id": first.enrolment_id, "module_id": first.module_id, "words": "Again."}
    credential = make_credential(trainee=first.enrolment.trainee)

    row = values | {"credential_id": credential.id, "asked_on": clock.today(), "state": state, "version": 1}

    with pytest.raises(IntegrityError):
        db.session.execute(insert(Recognition).values(**row))
    db.session.rollback()


def test_an_own_credential_is_evidence_and_somebody_elses_is_not():
    group = Class(1)
    trainee = enrolment_of(group).trainee
    own, other = make_credential(trainee=trainee), make_credential()

    key = ask(group, shown=own)

    assert (one(key).credential_id, one(key).file_id) == (own.id, None)
    with pytest.raises(NotNow, match="credential of your own"):
        ask(group, module=1, shown=other)


def test_something_is_shown_and_a_credential_goes_with_a_file_or_without_one():
    group = Class(1)
    own = make_credential(trainee=enrolment_of(group).trainee)

    with pytest.raises(NotNow, match="Show some evidence"):
        ask(group, source=None)
    both = one(ask(group, shown=own, source=BytesIO(PDF), name="a.pdf"))
    alone = one(ask(group, module=1, shown=own))

    assert (both.file_id is not None, both.credential_id, alone.file_id, alone.credential_id) == (True, own.id, None, own.id)


def test_a_module_of_another_programme_is_not_recognised_here():
    group, other = Class(1), Class(1)
    enrolment = enrolment_of(group)
    foreign = db.session.get_one(Module, other.modules[0])

    with pytest.raises(NotNow, match="modules that you study here"):
        services.ask(learner(enrolment.trainee), enrolment, module=foreign, words="Known.", source=BytesIO(PDF), name="a.pdf")


def test_only_whoever_studies_asks_and_is_recognised():
    group = Class(1)
    key = ask(group)
    enrolment = enrolment_of(group)
    expelled = make_enrolment(enrolment.cohort, state=type(enrolment.state).EXPELLED)

    with pytest.raises(NotNow, match="do not study"):
        services.ask(
            learner(expelled.trainee), expelled, module=db.session.get_one(Module, group.modules[0]), words="A.", source=BytesIO(PDF)
        )
    leaving.expel(group.manager, enrolment_of(group), reason="Absent.")
    with pytest.raises(NotNow, match="does not study"):
        services.accept(group.teacher, one(key), words="Shown.")


def test_nobody_decides_on_their_own_learning():
    group = Class(1)
    key = ask(group)
    account = db.session.get_one(Account, one(key).enrolment.trainee.account_id)
    both = acting(make_member(group.school, Role.TEACHER, account=account))

    with pytest.raises(NotNow, match="somebody else at your school"):
        services.accept(both, one(key), words="I know it.")


def test_others_neither_see_nor_decide():
    group, other = Class(2), Class(1)
    key = ask(group)
    officer = acting(make_member(group.school, Role.PLACEMENT_OFFICER))

    with pytest.raises(NotAllowed):
        services.accept(officer, one(key), words="Shown.")
    with pytest.raises(NotAllowed):
        services.accept(other.teacher, one(key), words="Shown.")
    with pytest.raises(NotAllowed):
        services.withdraw(learner(enrolment_of(group, 1).trainee), one(key))
    assert not db.session.scalars(select(RecognitionDecision)).all()


def test_without_the_guard_the_database_would_take_a_second_one():
    group = Class(1)
    first = one(ask(group))
    values = {"school_id": first.school_id, "enrolment_id": first.enrolment_id, "module_id": first.module_id, "words": "Again."}
    row = values | {"credential_id": make_credential().id, "asked_on": clock.today(), "state": State.ASKED, "version": 1}

    db.session.execute(text("DROP INDEX uq_recognition_standing"))
    db.session.execute(insert(Recognition).values(**row))

    query = select(func.count()).select_from(Recognition).where(Recognition.enrolment_id == first.enrolment_id)
    assert db.session.scalar(query) == 2
    db.session.rollback()


def test_whoever_has_a_module_recognised_is_not_at_risk_for_its_marks():
    group = Class(2)
    test = group.add(days=10)
    group.grade(test, "2", "2")
    services.accept(group.teacher, one(ask(group, 0)), words="Shown.")
    late = group.add(days=9)
    group.grade(late, None, "20")
    fresh()

    failed, _absence, missing, _logbook = REASONS
    with_failed = db.session.scalars(select(Enrolment.id).where(failed.condition)).all()
    with_missing = db.session.scalars(select(Enrolment.id).where(missing.condition)).all()

    assert (list(with_failed), list(with_missing)) == ([group.enrolments[1]], [])
    assert not reasons.failed(group.enrolments[:1])
    assert not reasons.missing(group.enrolments[:1])


def test_an_erasure_takes_the_words_the_decisions_words_and_the_file():
    group = Class(1)
    key = ask(group)
    services.accept(group.teacher, one(key), words="Showed it at the lathe.")
    before = one(key)
    trainee_id, place = before.enrolment.trainee_id, before.file.place if before.file is not None else ""

    with writing():
        done = privacy.erase({"trainee": trainee_id}, Traces([], []), holds=[], apart={"trainee": lambda: None})

    after = one(key)
    assert after.state is State.ACCEPTED
    assert "plant" not in after.words
    assert [row.by_id for row in after.decisions] == [group.account.id]
    assert "lathe" not in after.decisions[0].words
    assert place in done.places


def test_the_database_keeps_every_decision_as_it_was_made():
    group = Class(1)
    key = ask(group)
    services.accept(group.teacher, one(key), words="Shown.")
    fresh()
    for wrong in (
        update(RecognitionDecision).values(by_id=group.lead.id),
        update(RecognitionDecision).values(words="Other words."),
        update(RecognitionDecision).values(verdict=Verdict.REFUSED),
        delete(RecognitionDecision),
    ):
        with pytest.raises(DBAPIError), writing() as session:
            session.execute(wrong.execution_options(synchronize_session=False))
        fresh()

    assert [(row.verdict, row.words) for row in one(key).decisions] == [(Verdict.ACCEPTED, "Shown.")]
