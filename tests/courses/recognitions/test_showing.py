"""What schools have marked, chosen by the trainee as evidence: who sees it, for how long, and beside what."""

from datetime import timedelta

import pytest
from sqlalchemy import event, select, update
from sqlalchemy.orm import joinedload

from tests.courses.assessments.factories import Class, fresh
from tests.courses.factories import make_credential, make_skill
from tests.courses.recognitions.test_services import ask, enrolment_of, one
from tests.factories import acting, events_of, learner, make_member
from training.audit.models import Happening
from training.courses.assessments.workflow import Kind
from training.courses.credentials import services as awards
from training.courses.credentials.models import Credential
from training.courses.enrolments.models import Enrolment
from training.courses.recognitions import policies, services
from training.courses.recognitions.workflow import State
from training.kernel import clock
from training.kernel.db import db
from training.kernel.policy import NotNow, Role
from training.trainees.passport import queries as passport
from training.trainees.profiles.models import Trainee

pytestmark = pytest.mark.usefixtures("app")


def again(group: Class) -> Trainee:
    """The trainee of a class of one, with the account."""
    fresh()
    theirs = select(Enrolment.trainee_id).where(Enrolment.id == group.enrolments[0]).scalar_subquery()
    return db.session.scalars(select(Trainee).where(Trainee.id == theirs).options(joinedload(Trainee.account))).one()


class Moved:
    """Somebody who passed a module with 5 at one school, and now studies at another one where a module teaches the same skill."""

    def __init__(self, *, there: int = 3, here: int = 2) -> None:
        """`there` and `here` are the levels up to which the skill is taught."""
        skill = make_skill(title_en="Turning").id
        self.there = Class(1, skills={skill: there, make_skill().id: 1})
        self.exam = self.there.add(kind=Kind.EXAM, maximum=20)
        self.there.grade(self.exam, "20")
        self.here = Class(0, trainees=[again(self.there)], skills={skill: here, make_skill(title_en="Welding").id: 1})
        [self.account] = self.here.accounts
        self.name = f"module-{self.there.enrolments[0]}-{self.there.modules[0]}"

    @property
    def form(self) -> str:
        """The page on which the trainee asks."""
        return f"/me/study/{self.here.enrolments[0]}/recognition"

    @property
    def base(self) -> str:
        """The pages of the school that decides."""
        return f"/o/{self.here.school.slug}"

    def ask(self) -> int:
        """The key of a request that shows the module."""
        [passed] = passport.modules(enrolment_of(self.here).trainee_id)
        return int(ask(self.here, shown=passed))


def revoke(credential: Credential) -> None:
    """The school that issued it revokes it."""
    awards.revoke(acting(make_member(credential.school, Role.MANAGER)), credential, reason="Issued by mistake.")


def test_a_module_that_was_passed_at_another_school_is_shown_side_by_side_to_whoever_decides(client):
    moved = Moved()
    client.sign_in(moved.account)
    offered = client.get(moved.form)
    assert f"Module PM.01 · 5 · {moved.there.school.short_name}" in offered.words

    made = client.submit(moved.form, module_id=str(moved.here.modules[0]), words="Learnt there.", shown=moved.name)
    assert moved.there.school.short_name in client.get(made.location).words

    client.sign_in(moved.here.account)
    page = client.get(f"{moved.base}/recognitions/{made.location.rsplit('/', 1)[1]}").words
    for words in (
        moved.there.school.short_name,
        "Mark 5",
        "Marked",
        "Hours 60 60 As many or more",
        "Turning Taught",
        "Welding – Not taught",
    ):
        assert words in page, (words, page)
    assert "1 of 2 skills of the module are shown at their levels." in page
    assert "1 more skill is taught there." in page


def test_a_skill_that_is_taught_less_far_there_is_said_to_be():
    from_there = Moved(there=1, here=3)
    read = one(from_there.ask())

    assert (read.passed_in_id, read.passed_module_id) == (from_there.there.enrolments[0], from_there.there.modules[0])
    assert (read.file_id, read.credential_id) == (None, None)
    [asked] = db.session.query(Happening).filter_by(name="recognition.asked", subject_id=read.id).all()
    assert asked.facts["passed_module"] == from_there.there.modules[0]


def test_somebody_elses_module_and_a_missing_one_are_refused_alike(client):
    moved, other = Moved(), Moved()
    client.sign_in(moved.account)
    typed = {"module_id": str(moved.here.modules[0]), "words": "Learnt there."}

    foreign = client.submit(moved.form, **typed, shown=other.name)
    missing = client.submit(moved.form, **typed, shown="module-999999-999999")

    assert foreign.status == missing.status == 200
    assert "Not a valid choice" in foreign.words
    assert foreign.words == missing.words
    [passed] = passport.modules(enrolment_of(other.here).trainee_id)
    with pytest.raises(NotNow, match="passed in another study"):
        ask(moved.here, shown=passed)


def test_a_module_of_the_same_study_is_no_evidence():
    group = Class(1, skills={make_skill().id: 2})
    group.grade(group.add(kind=Kind.EXAM, maximum=20), "20")
    [passed] = passport.modules(enrolment_of(group).trainee_id)

    with pytest.raises(NotNow, match="another study"):
        ask(group, module=1, shown=passed)


@pytest.mark.parametrize("until", [None, 0, -1])
def test_a_credential_counts_until_its_last_day(until):
    group = Class(1)
    own = make_credential(trainee=enrolment_of(group).trainee)
    if until is not None:
        day = clock.today("Europe/Samara") + timedelta(days=until)
        db.session.execute(update(Credential).where(Credential.id == own.id).values(valid_until=day))
        db.session.commit()
        db.session.refresh(own)

    if until == -1:
        with pytest.raises(NotNow, match="valid and has not been revoked"):
            ask(group, shown=own)
    else:
        assert one(ask(group, shown=own)).credential_id == own.id


def test_a_credential_that_was_revoked_is_not_offered_and_one_shown_before_says_so(client):
    group = Class(1)
    own = make_credential(trainee=enrolment_of(group).trainee)
    key = ask(group, shown=own)
    revoke(own)
    fresh()

    client.sign_in(group.account)
    page = client.get(f"/o/{group.school.slug}/recognitions/{key}").words
    assert "revoked this credential on" in page
    client.sign_in(group.accounts[0])
    assert "revoked this credential on" in client.get(f"/me/recognitions/{key}").words
    assert "What a school has marked here" not in client.get(f"/me/study/{group.enrolments[0]}/recognition").words


def test_a_mark_that_was_corrected_since_says_so(client):
    moved = Moved()
    key = moved.ask()
    moved.there.correct(moved.exam, 0, "2")
    fresh()

    client.sign_in(moved.here.account)

    page = client.get(f"{moved.base}/recognitions/{key}").words
    assert "does not stand in the passport any more" in page
    assert "Mark None" in page


def test_all_who_decide_see_it_while_it_is_open_and_afterwards_only_whoever_decided(client):
    moved = Moved()
    key = moved.ask()
    page = f"{moved.base}/recognitions/{key}"
    hidden = "seen only by whoever has decided on it"
    for account in (moved.here.account, moved.here.lead):
        client.sign_in(account)
        assert "Mark 5" in client.get(page).words

    services.accept(moved.here.teacher, one(key), words="The same hours.")
    fresh()

    client.sign_in(moved.here.account)
    assert "Mark 5" in client.get(page).words
    client.sign_in(moved.here.lead)
    seen = client.get(page).words
    assert (hidden in seen, "Mark 5" in seen, moved.there.school.short_name in seen) == (True, False, False)
    client.sign_in(moved.account)
    assert "Mark 5" in client.get(f"/me/recognitions/{key}").words


def test_taking_the_request_back_closes_it_even_to_whoever_sent_it_back(client):
    moved = Moved()
    key = moved.ask()
    services.send_back(moved.here.teacher, one(key), reason="Which lathes?")
    assert policies.can_read(moved.here.manager, one(key))
    services.withdraw(learner(one(key).enrolment.trainee), one(key))

    assert not policies.can_read(moved.here.teacher, one(key))
    client.sign_in(moved.here.account)
    assert "nobody sees any more what the trainee chose to show" in client.get(f"{moved.base}/recognitions/{key}").words


def test_what_is_shown_can_be_changed_when_it_is_sent_back(client):
    moved = Moved()
    own = make_credential(trainee=enrolment_of(moved.here).trainee)
    key = ask(moved.here, shown=own)
    services.send_back(moved.here.teacher, one(key), reason="Which hours?")
    shown = f"credential-{own.id}"
    client.sign_in(moved.account)
    fresh()
    chosen = [
        option.get("value") for option in client.get(f"/me/recognitions/{key}/amend").all("option") if option.get("selected") is not None
    ]
    assert chosen == [shown]

    client.submit(f"/me/recognitions/{key}/amend", words="These.", shown=moved.name)

    changed = one(key)
    assert (changed.state, changed.credential_id, changed.passed_module_id) == (State.ASKED, None, moved.there.modules[0])
    assert events_of(changed)[-1] == "recognition.amended"


def test_with_nothing_to_show_from_here_the_form_asks_for_a_file_only(client):
    group = Class(1)
    client.sign_in(group.accounts[0])

    assert "What a school has marked here" not in client.get(f"/me/study/{group.enrolments[0]}/recognition").words


def test_a_file_that_was_sent_stays_when_something_else_is_shown_beside_it():
    moved = Moved()
    key = ask(moved.here)
    services.send_back(moved.here.teacher, one(key), reason="Which hours?")
    [passed] = passport.modules(one(key).enrolment.trainee_id)
    before = one(key)
    file_id, trainee = before.file_id, before.enrolment.trainee

    services.amend(learner(trainee), one(key), words="These.", shown=passed)

    assert (one(key).file_id, one(key).passed_module_id) == (file_id, moved.there.modules[0])


def test_the_page_asks_as_many_questions_whatever_stands_in_the_passport(client):
    counts = []
    for number in (1, 12):
        skills = [make_skill().id for _one in range(number)]
        there = Class(1, skills=dict.fromkeys(skills, 3))
        there.grade(there.add(kind=Kind.EXAM, maximum=20), "20")
        here = Class(0, trainees=[again(there)], skills=dict.fromkeys(skills, 2))
        [passed] = passport.modules(enrolment_of(here).trainee_id)
        key = ask(here, shown=passed)
        fresh()
        client.sign_in(here.account)
        path = f"/o/{here.school.slug}/recognitions/{key}"
        client.get(path)
        seen: list[str] = []

        def note(*args, seen=seen):
            seen.append(args[2])

        event.listen(db.engine, "before_cursor_execute", note)
        client.get(path)
        event.remove(db.engine, "before_cursor_execute", note)
        counts.append(len(seen))

    assert counts[0] == counts[1]
