"""Another interviewer: the one who comes is invited by mail, the one who goes has it taken out of the calendar."""

from email import message_from_bytes, policy

import pytest
from icalendar import Calendar

from tests.candidates.factories import interview, make_application, make_interview, make_vacancy
from tests.factories import acting, events_of, make_employer, make_member
from training.accounts.memberships import queries, services
from training.accounts.memberships.models import Membership
from training.kernel import clock
from training.kernel.db import db
from training.kernel.policy import NotNow, Role, System


def whole(membership: Membership) -> Membership:
    """The membership as its pages load it."""
    return queries.membership(System("tests"), membership.id)


@pytest.fixture
def enclosed(app, mailbox):
    """The calendar in the newest letter whose title says something, if one came: its method, and its event."""

    def read(email, title):
        for letter in mailbox(email):
            if title in letter.subject:
                path = app.config["CADRE"].folder / "mail" / f"{letter.name}.eml"
                [part] = message_from_bytes(path.read_bytes(), policy=policy.default).iter_attachments()
                calendar = Calendar.from_ical(part.get_content())
                return str(calendar["method"]), calendar.walk("VEVENT")[0]
        return None

    return read


@pytest.fixture
def employer(app):
    return make_employer()


def hand_over(giver: Membership, taker: Membership | None) -> None:
    services.hand_over(acting(whole(giver)), whole(giver), passing={"interviewer": whole(taker) if taker else None})


def test_the_newcomer_is_invited_and_the_other_s_calendar_is_cleared(employer, enclosed):
    mentor, recruiter = make_member(employer, Role.MENTOR), make_member(employer, Role.RECRUITER)
    found = make_interview(make_application(make_vacancy(employer)), members=[mentor.id])
    proposed = found.version

    hand_over(mentor, recruiter)

    method, event = enclosed(whole(recruiter).account.email, "Interview at")
    assert (method, event.decoded("dtstart"), str(event["location"])) == ("PUBLISH", found.starts_at, "Room 6")
    cancelled, gone = enclosed(whole(mentor).account.email, "No longer your interview")
    assert (cancelled, str(gone["status"]), gone["uid"], gone.decoded("dtstart")) == ("CANCEL", "CANCELLED", event["uid"], found.starts_at)
    assert gone["sequence"] == event["sequence"] > proposed


def test_what_clears_the_calendar_tells_nothing_of_the_candidate(employer, enclosed, mailbox):
    mentor, recruiter = make_member(employer, Role.MENTOR), make_member(employer, Role.RECRUITER)
    found = make_interview(make_application(make_vacancy(employer, title="Secret turner")), members=[mentor.id])
    secrets = ("Secret turner", found.application.trainee.name, "Room 6")

    hand_over(mentor, recruiter)

    email = whole(mentor).account.email
    _method, event = enclosed(email, "No longer your interview")
    [letter] = [one for one in mailbox(email) if "No longer your interview" in one.subject]
    told = event.to_ical().decode() + letter.text
    assert not [word for word in secrets if word in told]


def test_it_reaches_also_somebody_who_has_left_since(employer, enclosed):
    mentor, recruiter = make_member(employer, Role.MENTOR), make_member(employer, Role.RECRUITER)
    make_interview(make_application(make_vacancy(employer)), members=[mentor.id])

    hand_over(mentor, recruiter)
    services.end(acting(whole(mentor)), whole(mentor))

    assert enclosed(whole(mentor).account.email, "No longer your interview") is not None


def test_one_who_sits_in_it_already_gets_no_second_invitation(employer, enclosed):
    mentor, recruiter = make_member(employer, Role.MENTOR), make_member(employer, Role.RECRUITER)
    found = make_interview(make_application(make_vacancy(employer)), members=[mentor.id, recruiter.id])

    hand_over(mentor, recruiter)

    _method, event = enclosed(whole(recruiter).account.email, "Interview at")
    assert event["sequence"] == found.version
    assert enclosed(whole(mentor).account.email, "No longer your interview") is not None


def test_what_is_over_is_in_no_letter(employer, mailbox, monkeypatch):
    mentor, recruiter = make_member(employer, Role.MENTOR), make_member(employer, Role.RECRUITER)
    found = make_interview(make_application(make_vacancy(employer)), members=[mentor.id])
    monkeypatch.setattr(clock, "now", lambda: found.ends_at)

    hand_over(mentor, recruiter)

    assert not [one.subject for one in mailbox(whole(recruiter).account.email) if "Interview at" in one.subject]
    assert [seat.membership_id for seat in interview(found.id).panel] == [recruiter.id]


def test_the_others_may_go_on_without_a_person(employer, enclosed):
    mentor, recruiter = make_member(employer, Role.MENTOR), make_member(employer, Role.RECRUITER)
    found = make_interview(make_application(make_vacancy(employer)), members=[mentor.id, recruiter.id])

    hand_over(mentor, None)

    assert [seat.membership_id for seat in interview(found.id).panel] == [recruiter.id]
    assert events_of(found)[-1] == "interview.left"
    assert enclosed(whole(mentor).account.email, "No longer your interview") is not None


def test_but_no_interview_is_left_without_anybody(employer):
    mentor, recruiter = make_member(employer, Role.MENTOR), make_member(employer, Role.RECRUITER)
    make_interview(make_application(make_vacancy(employer)), members=[mentor.id, recruiter.id])
    alone = make_interview(make_application(make_vacancy(employer)), members=[mentor.id], hour=13)

    with pytest.raises(NotNow, match="Nobody else sits in the interview"):
        hand_over(mentor, None)

    db.session.rollback()
    assert [seat.membership_id for seat in interview(alone.id).panel] == [mentor.id]
