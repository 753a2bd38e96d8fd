"""Writing, naming, changing, taking back, reading and erasing."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.factories import actor_of, events_of, learner, make_account, make_consent, make_member, make_school, make_trainee
from tests.internships.factories import birth, loaded
from training.accounts.models import Account
from training.audit.models import HappeningDetail
from training.audit.queries import breaks, history
from training.files.models import StoredFile
from training.jobs.worker import run_due
from training.kernel import clock
from training.kernel.db import NotFound, db
from training.kernel.policy import NotAllowed, NotNow, Role, System
from training.notices import queries as inbox
from training.notices.models import Notification
from training.threads import policies, queries, services
from training.threads.models import Message, ThreadReading
from training.threads.workflow import WITHIN, Event

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def told() -> set[tuple[str, int, int | None]]:
    db.session.rollback()
    return {(row.name, row.to_id, row.organisation_id) for row in db.session.scalars(select(Notification))}


def say(cast, actor, text="When do I begin?", **given) -> Message:
    return services.write(actor, cast.place(actor), text=text, **given)


def found(message) -> Message:
    db.session.rollback()
    return db.session.get_one(Message, message.id, populate_existing=True)


class TestWrite:
    def test_reaches_those_who_hold_the_record_on_the_other_sides(self, cast):
        message = say(cast, cast.trainee)

        assert told() == {
            ("message.written", cast.officer.account_id, cast.officer.organisation_id),
            ("message.written", cast.mentor.account_id, cast.mentor.organisation_id),
        }
        assert events_of(message) == [Event.WRITTEN]

    def test_the_named_supervisor_holds_it_alone_for_the_school(self, cast):
        supervisor = make_member(cast.placement.school, Role.TEACHER)
        cast.placement.supervisor_id = supervisor.id
        db.session.commit()

        say(cast, cast.trainee)

        assert {account for _name, account, _organisation in told()} == {supervisor.account_id, cast.mentor.account_id}

    def test_everybody_of_ones_own_side_is_left_alone(self, cast):
        say(cast, cast.manager)

        assert {account for _name, account, _organisation in told()} == {cast.officer.account_id, cast.trainee.account_id}

    def test_nobody_writes_who_does_not_see_the_record(self, cast):
        place = cast.place(cast.officer)

        for actor in (cast.stranger, actor_of(make_school(), Role.MANAGER), learner(make_trainee())):
            with pytest.raises(NotFound):
                services.write(actor, place, text="Hello")

        assert db.session.scalars(select(Message)).all() == []

    def test_a_task_does_not_write(self, cast):
        with pytest.raises(NotAllowed):
            services.write(System("x"), cast.place(cast.officer), text="Hello")

    def test_not_after_the_right_is_gone(self, cast):
        place = cast.place(cast.mentor)
        cast.placement.mentor_id = make_member(cast.placement.employer, Role.MENTOR).id
        db.session.commit()

        with pytest.raises(NotFound):
            services.write(cast.mentor, place, text="Hello")

    @pytest.mark.parametrize(("text", "sentence"), [("", "Write something"), (" \x00\r\n ", "Write something"), ("x" * 4001, "4000")])
    def test_says_why_not(self, cast, text, sentence):
        with pytest.raises(NotNow, match=sentence):
            say(cast, cast.trainee, text)

    def test_an_employer_writes_to_a_minor_only_inside_a_disclosed_record(self, cast):
        trainee = cast.placement.trainee
        trainee.call(family_name="Belov", given_name="Artyom", patronymic=None, born_on=birth(16))
        db.session.commit()

        with pytest.raises(NotFound):
            cast.place(cast.mentor)
        say(cast, cast.trainee)
        with clock.at(clock.now() + timedelta(minutes=1)):
            run_due()
        unsent = {row.to_id: row.dropped for row in db.session.scalars(select(Notification).where(Notification.dropped.is_not(None)))}
        assert unsent == {cast.mentor.account_id: "no longer theirs"}

        make_consent(trainee)
        assert say(cast, cast.mentor, "Bring your safety shoes.").id

    def test_the_employer_hears_nothing_before_the_school_has_approved(self, cast):
        cast.placement.approved_at = None
        db.session.commit()

        say(cast, cast.trainee)

        assert {account for _name, account, _organisation in told()} == {cast.officer.account_id}


class TestMention:
    def test_by_name_in_the_text(self, cast):
        say(cast, cast.trainee, "@Nina Orlova and @Valeev: which gate?")

        assert {(name, account) for name, account, _organisation in told()} == {
            ("message.mentioned", cast.officer.account_id),
            ("message.mentioned", cast.mentor.account_id),
        }

    def test_by_choice_of_somebody_of_ones_own_side(self, cast):
        say(cast, cast.manager, "Please see to it.", mentions=[cast.mentor.account_id])

        assert ("message.mentioned", cast.mentor.account_id, cast.mentor.organisation_id) in told()

    def test_a_colleague_who_may_see_the_record(self, cast):
        message = say(cast, cast.officer, "@Irina Vdovina can you visit?")

        assert message.mentioned == [cast.teacher.account_id]

    @pytest.mark.parametrize("name", ["@Petr Sokolov", "@Ivan Unknown"])
    def test_refused_with_a_sentence_when_they_may_not_see_it(self, cast, name):
        with pytest.raises(NotNow, match="is nobody who may see this") as refusal:
            say(cast, cast.manager, f"{name} look")

        assert refusal.value.field == "text"
        assert told() == set()

    def test_other_organisations_are_not_searched_for_names(self, cast):
        """A teacher may see the record; the employer still cannot find out by trying names."""
        with pytest.raises(NotNow, match="“@Irina Vdovina” is nobody"):
            say(cast, cast.mentor, "@Irina Vdovina look")

    def test_a_choice_that_is_nobody_here(self, cast):
        with pytest.raises(NotNow, match="does not take part"):
            say(cast, cast.trainee, "Hello", mentions=[make_account().id])

    def test_nobody_is_told_of_their_own_message(self, cast):
        say(cast, cast.trainee, "I am @Artyom Belov")

        assert cast.trainee.account_id not in {account for _name, account, _organisation in told()}


class TestFiles:
    def test_go_with_a_message(self, cast):
        message = say(cast, cast.trainee, "", files=[(PDF, "..\\pass\r\nport.pdf"), (b"Notes on the lathe", "notes.txt")])

        [entry] = queries.thread(cast.officer, cast.placement).entries
        assert [(file.name, file.media_type) for file in entry.files] == [
            ("passport.pdf", "application/pdf"),
            ("notes.txt", "text/plain"),
        ]
        assert queries.attachment(cast.mentor, message.id, entry.files[0].slug).size == len(PDF)

    @pytest.mark.parametrize(
        ("content", "name", "sentence"),
        [
            (b"<html><script>alert(1)</script>", "passport.pdf", "kind of file"),
            (b"", "empty.pdf", "empty"),
            (b"MZ\x90\x00\x03", "setup.exe", "kind of file"),
        ],
    )
    def test_by_content(self, cast, content, name, sentence):
        with pytest.raises(NotNow, match=sentence):
            say(cast, cast.trainee, "Look", files=[(content, name)])
        assert db.session.scalars(select(Message)).all() == []

    def test_neither_too_large_nor_too_many(self, cast, monkeypatch):
        with pytest.raises(NotNow, match="At most 5 files"):
            say(cast, cast.trainee, "Look", files=[(PDF, "a.pdf")] * 6)
        monkeypatch.setattr(services, "LARGEST", 20)
        with pytest.raises(NotNow, match="larger"):
            say(cast, cast.trainee, "Look", files=[(PDF, "a.pdf")])

    def test_are_not_there_for_others_nor_under_another_message(self, cast):
        one = say(cast, cast.trainee, "One", files=[(PDF, "a.pdf")])
        other = say(cast, cast.trainee, "Other")
        slug = db.session.scalars(select(StoredFile.slug)).one()

        for actor, message in ((cast.stranger, one), (cast.officer, other)):
            with pytest.raises(NotFound):
                queries.attachment(actor, message.id, slug)


class TestEdit:
    def test_within_an_hour_and_kept_in_the_history(self, cast):
        message = say(cast, cast.trainee, "At eight?")

        services.edit(cast.trainee, message, text="At nine?")

        assert (found(message).text, found(message).edited_at is not None) == ("At nine?", True)
        assert [(event.name, detail) for event, detail in history(message)] == [
            (Event.EDITED, {"text": "At eight?"}),
            (Event.WRITTEN, {}),
        ]

    def test_tells_whoever_is_newly_named(self, cast):
        message = say(cast, cast.officer, "@Artyom Belov, at eight?")
        before = told()

        services.edit(cast.officer, message, text="@Artyom Belov, at nine? @Irina Vdovina too")

        assert {account for _name, account, _organisation in told() - before} == {cast.teacher.account_id}
        assert set(found(message).mentioned) == {cast.trainee.account_id, cast.teacher.account_id}

    def test_keeps_whoever_was_chosen(self, cast):
        message = say(cast, cast.officer, "At eight?", mentions=[cast.mentor.account_id])

        services.edit(cast.officer, message, text="At nine?")

        assert found(message).mentioned == [cast.mentor.account_id]

    def test_not_by_others(self, cast):
        message = say(cast, cast.trainee)

        for actor in (cast.officer, cast.mentor):
            with pytest.raises(NotAllowed):
                services.edit(actor, message, text="Never")
            with pytest.raises(NotAllowed):
                services.withdraw(actor, message)

    def test_not_after_an_hour(self, cast):
        message = say(cast, cast.trainee)

        with clock.at(clock.now() + WITHIN), pytest.raises(NotNow, match="for an hour"):
            services.edit(cast.trainee, message, text="Later")


class TestWithdraw:
    def test_keeps_the_place_without_the_words(self, cast):
        message = say(cast, cast.trainee, "My phone is 12345", files=[(PDF, "a.pdf")])

        services.withdraw(cast.trainee, message)

        [entry] = queries.thread(cast.officer, cast.placement).entries
        assert (entry.message.text, entry.files, entry.message.withdrawn_at is not None) == ("", [], True)
        assert history(message)[0][1] == {"text": "My phone is 12345"}
        with pytest.raises(NotFound):
            queries.attachment(cast.trainee, message.id, db.session.scalars(select(StoredFile.slug)).one())

    def test_what_it_said_is_its_authors_alone(self, cast):
        message = say(cast, cast.trainee)
        services.withdraw(cast.trainee, message)

        assert policies.can_see_versions(cast.trainee, found(message))
        assert not policies.can_see_versions(cast.officer, found(message))

    def test_its_letters_are_not_sent_any_more(self, cast):
        services.withdraw(cast.trainee, say(cast, cast.trainee))

        run_due()

        assert set(db.session.scalars(select(Notification.dropped))) == {"no longer theirs"}
        assert inbox.inbox(cast.officer) == []

    def test_once(self, cast):
        message = say(cast, cast.trainee)
        services.withdraw(cast.trainee, message)

        with pytest.raises(NotNow, match="has been withdrawn"):
            services.withdraw(cast.trainee, message)


class TestRead:
    def test_counts_what_others_wrote_since(self, cast):
        say(cast, cast.officer, "One")
        second = say(cast, cast.trainee, "Two")
        assert queries.thread(cast.trainee, cast.placement).unread == 0  # who writes has read what is above
        assert queries.thread(cast.officer, cast.placement).unread == 1
        say(cast, cast.mentor, "Three")
        assert queries.thread(cast.officer, cast.placement).unread == 2

        services.read(cast.officer, cast.place(cast.officer), until=second.id)

        thread = queries.thread(cast.officer, cast.placement)
        assert (thread.unread, [entry.is_new for entry in thread.entries]) == (1, [False, False, True])

    def test_never_goes_back_nor_past_the_end(self, cast):
        first, last = say(cast, cast.trainee, "One"), say(cast, cast.trainee, "Two")
        place = cast.place(cast.officer)

        for until in (10**8, first.id, 0):
            services.read(cast.officer, place, until=until)

        query = select(ThreadReading.until_id).where(ThreadReading.account_id == cast.officer.account_id)
        assert db.session.scalars(query).all() == [last.id]

    def test_reads_the_notices_of_it_too(self, cast):
        message = say(cast, cast.trainee)
        assert inbox.unread_count(cast.officer) == 1

        services.read(cast.officer, cast.place(cast.officer), until=message.id)

        assert (inbox.unread_count(cast.officer), inbox.unread_count(cast.mentor)) == (0, 1)


class TestLetters:
    def test_say_who_wrote_what_and_lead_to_the_record(self, app, cast, mailbox):
        db.session.get_one(Account, cast.trainee.account_id).name = "Artyom\r\nBcc: all@example.org Belov"
        db.session.commit()
        message = say(cast, cast.trainee, "Which gate?\n\nhttps://maps.example/gate")
        address = db.session.get_one(Account, cast.officer.account_id).email

        [letter] = mailbox(address)

        assert letter.subject.strip().startswith("Artyom Bcc: all@example.org Belov: a message on Belov Artyom at")
        assert "Which gate?" in letter.text
        assert f"/placements/{cast.placement.id}#message-{message.id}" in letter.text
        head = (app.config["CADRE"].folder / "mail" / f"{letter.name}.eml").read_bytes().partition(b"\r\n\r\n")[0]
        assert b"\nBcc:" not in head


class TestErase:
    def test_leaves_no_word_of_theirs(self, cast):
        marker = "Marker-7261"
        changed = say(cast, cast.trainee, f"{marker} one", files=[(PDF, f"{marker}.pdf")])
        services.edit(cast.trainee, changed, text=f"{marker} two")
        taken = say(cast, cast.trainee, f"{marker} three")
        services.withdraw(cast.trainee, taken)
        kept = say(cast, cast.officer, "Mine stays")

        assert services.erase(System("privacy"), account_id=cast.trainee.account_id) == 2

        tables = (Message, HappeningDetail, StoredFile)
        rows = [str(row) for table in tables for row in db.session.execute(select(table.__table__))]
        assert not any(marker in row for row in rows)
        assert found(kept).text == "Mine stays"
        assert breaks() == []
        assert [entry.message.text for entry in queries.thread(cast.officer, loaded(cast.placement)).entries] == ["", "", "Mine stays"]
