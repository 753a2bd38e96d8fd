"""The thread on its record's page and on its own, with and without a script, for each of those who take part."""

import io

import pytest

from tests.client import Browser
from tests.factories import make_trainee
from tests.internships.factories import load_rules, make_placement
from tests.threads.conftest import browser
from tests.threads.test_services import PDF, say
from training.accounts.models import Account
from training.internships.placements.workflow import State
from training.kernel import clock
from training.kernel.db import db
from training.notices import queries as notices
from training.organisations.models import Organisation
from training.threads import queries
from training.threads.models import Message


def door(actor) -> str:
    slug = db.session.get_one(Organisation, actor.organisation_id).slug if hasattr(actor, "organisation_id") else None
    return f"/o/{slug}" if slug else "/me"


def record(cast, actor) -> str:
    return f"{door(actor)}/placements/{cast.placement.id}"


def own(cast, actor) -> str:
    return f"{door(actor)}/threads/placement/{cast.placement.id}"


def send(app, cast, actor, **values):
    page = browser(app, actor)
    form = page.get(record(cast, actor)).form(action="/threads/")
    return page, page.post(own(cast, actor), form | values)


class TestRecordPage:
    def test_carries_the_thread_and_takes_a_message(self, app, cast):
        page, sent = send(app, cast, cast.trainee, text="Which gate?", mentions=str(cast.mentor.account_id))

        assert sent.status == 302
        shown = page.get(sent.location)
        assert sent.location.endswith("#message-1") or "#message-" in sent.location
        assert "Which gate?" in shown.words
        assert "For Farid Valeev" in shown.words

    def test_says_how_many_are_new_until_they_are_read(self, app, cast):
        say(cast, cast.trainee, "One")
        say(cast, cast.trainee, "Two")
        page = browser(app, cast.officer)
        url = record(cast, cast.officer)
        assert "2 new" in page.get(url).words

        page.press(f"{own(cast, cast.officer)}/read", page=url)

        assert "2 new" not in page.get(url).words

    def test_shows_the_newest_and_leads_to_all(self, app, cast):
        for number in range(queries.SHOWN + 2):
            say(cast, cast.trainee, f"Message {number:02d}.")
        page = browser(app, cast.officer)

        words = page.get(record(cast, cast.officer)).words
        assert ("Message 02." in words, "Message 01." in words, "All 12" in words) == (True, False, True)
        assert "Message 00." in page.get(own(cast, cast.officer)).words

    def test_nothing_written_runs_in_the_page(self, app, cast):
        text = '<script>alert(1)</script> [x](javascript:alert(1)) https://example.org/"onmouseover=alert(1) {{ 7*7 }} @Nina Orlova'
        say(cast, cast.trainee, text)

        page = browser(app, cast.officer).get(record(cast, cast.officer))

        links = [link for link in page.all("a") if (link.get("href") or "").startswith("http")]
        assert [(link.get("href"), link.get("rel")) for link in links] == [("https://example.org/", "nofollow noopener ugc")]
        assert not [one for one in page.all("script") if one.text]
        assert "{{ 7*7 }}" in page.words

    def test_sends_as_many_statements_however_long_the_thread(self, app, cast, statements):
        def sent(actor):
            page = browser(app, actor)
            page.get(record(cast, actor))
            with statements() as found:
                assert page.get(record(cast, actor)).status == 200
            return len(found)

        for actor in (cast.trainee, cast.officer, cast.mentor, cast.manager):
            say(cast, actor, "@Nina see" if actor is not cast.officer else "I see", files=[(PDF, "a.pdf")])
        before = sent(cast.trainee)
        for number in range(40):
            say(cast, (cast.officer, cast.mentor, cast.manager, cast.trainee)[number % 4], f"Message {number}", files=[(PDF, "b.pdf")])

        assert sent(cast.trainee) == before
        with statements() as found:
            queries.thread(cast.trainee, cast.placement)
        assert len(found) <= 4

    def test_asks_for_messages_only_where_there_are_some(self, app, cast, statements):
        with statements() as found:
            assert not queries.thread(cast.trainee, cast.placement).entries

        assert len(found) == 2


class TestOwnPage:
    def test_keeps_what_was_typed_when_it_is_refused(self, app, cast):
        _page, answer = send(app, cast, cast.mentor, text="@Ivan Unknown look at this")

        assert answer.status == 409
        assert "is nobody who may see this" in answer.words
        assert "@Ivan Unknown look at this" in answer.text
        assert db.session.query(Message).count() == 0

    def test_says_what_is_wrong_with_a_file_beside_it(self, app, cast):
        _page, answer = send(app, cast, cast.mentor, text="Look", file=(io.BytesIO(b"MZ\x90\x00"), "a.pdf"))

        assert answer.status == 409
        assert "This kind of file is not taken here" in answer.words

    def test_sends_files_that_the_others_can_save(self, app, cast):
        page, sent = send(app, cast, cast.trainee, text="My pass", file=(io.BytesIO(PDF), "pass.pdf"))
        assert sent.status == 302
        url = next(link.get("href") for link in page.get(sent.location).all("a") if "/files/" in (link.get("href") or ""))

        saved = browser(app, cast.officer).get(url.replace("/me/", f"{door(cast.officer)}/"))
        assert (saved.status, saved.content, saved.response.headers["Content-Disposition"]) == (200, PDF, "attachment; filename=pass.pdf")
        assert browser(app, cast.stranger).get(url.replace("/me/", f"{door(cast.stranger)}/")).status == 404
        assert app.test_client().get(url).status_code == 302

    def test_the_same_form_twice_is_one_message(self, app, cast):
        page = browser(app, cast.trainee)
        form = page.get(record(cast, cast.trainee)).form(action="/threads/") | {"text": "Once"}

        answers = [page.post(own(cast, cast.trainee), form) for _time in range(3)]

        assert len({answer.location for answer in answers}) == 1
        assert db.session.query(Message).count() == 1

    @pytest.mark.parametrize("text", ["\0", "a\ud800b", "x" * 5000, "", "\r\n\r\n"])
    def test_no_text_breaks_it(self, app, cast, text):
        _page, answer = send(app, cast, cast.trainee, text=text.encode("utf-8", "surrogatepass"))

        assert answer.status in (200, 302, 409)

    @pytest.mark.parametrize("values", [{"mentions": "abc"}, {"mentions": "99999999999999999999"}, {"mentions": "-1"}])
    def test_no_choice_breaks_it(self, app, cast, values):
        _page, answer = send(app, cast, cast.trainee, text="Hello", **values)

        assert answer.status in (200, 302, 409)
        assert db.session.query(Message).count() == 0

    @pytest.mark.parametrize("before", ["", "0", "x", "9" * 30, "-1"])
    def test_pages_backwards(self, app, cast, before):
        say(cast, cast.trainee)

        assert browser(app, cast.officer).get(f"{own(cast, cast.officer)}?before={before}").status == 200

    def test_is_not_there_for_other_kinds_other_ids_and_other_people(self, app, cast):
        officer, stranger = browser(app, cast.officer), browser(app, cast.stranger)
        place = own(cast, cast.officer)

        pages = [
            officer.get(place.replace("placement", "account")),
            officer.get(place.replace("placement", "nonsense")),
            officer.get(f"{place}0000"),
            stranger.get(own(cast, cast.stranger)),
        ]

        assert {page.status for page in pages} == {404}
        assert len({page.root.findtext(".//h1") for page in pages}) == 1


class TestMessagePages:
    def test_the_author_changes_it_and_everybody_sees_that(self, app, cast):
        message = say(cast, cast.trainee, "At eight?")
        page = browser(app, cast.trainee)

        sent = page.submit(f"/me/messages/{message.id}/edit", text="At nine?")

        assert "At nine?" in page.get(sent.location).words
        history = browser(app, cast.officer).get(f"{door(cast.officer)}/messages/{message.id}")
        assert ("At nine?" in history.words, "At eight?" in history.words) == (True, True)

    def test_the_author_takes_it_back_and_nobody_else_reads_it(self, app, cast):
        message = say(cast, cast.trainee, "Secret")
        browser(app, cast.trainee).submit(f"/me/messages/{message.id}/withdraw")

        other = browser(app, cast.officer)
        page = other.get(record(cast, cast.officer))
        assert ("Secret" in page.text, "Withdrawn by its author." in page.words) == (False, True)
        assert other.get(f"{door(cast.officer)}/messages/{message.id}").status == 403
        assert "Secret" in browser(app, cast.trainee).get(f"/me/messages/{message.id}").words

    def test_others_are_refused(self, app, cast):
        message = say(cast, cast.trainee, "Mine")

        for verb in ("edit", "withdraw"):
            assert browser(app, cast.mentor).get(f"{door(cast.mentor)}/messages/{message.id}/{verb}").status == 403
            assert browser(app, cast.stranger).get(f"{door(cast.stranger)}/messages/{message.id}/{verb}").status == 404

    def test_a_change_that_comes_too_late_says_so(self, app, cast):
        message = say(cast, cast.trainee, "Mine")
        page = browser(app, cast.trainee)
        form = page.get(f"/me/messages/{message.id}/edit").form() | {"text": "Other"}
        message.written_at = clock.now().replace(year=2020)
        db.session.commit()

        answer = page.post(f"/me/messages/{message.id}/edit", form)

        assert (answer.status, "for an hour" in answer.words) == (409, True)


def test_a_trainee_without_an_account_is_said_to_read_it_later(app, cast):
    trainee = make_trainee(school_id=cast.placement.school_id)
    trainee.account_id = None
    db.session.commit()
    placement = make_placement(trainee=trainee, state=State.REQUESTED)

    page = browser(app, cast.officer).get(f"{door(cast.officer)}/placements/{placement.id}")

    assert "Nobody on the other side has an account yet" in page.words


def test_a_notice_leads_to_the_message(app, cast):
    message = say(cast, cast.trainee)
    page = browser(app, cast.officer)
    [notice] = notices.inbox(cast.officer)
    listed = f"{door(cast.officer)}/notices"
    assert "a message on Belov Artyom" in page.get(listed).words

    opened = page.press(f"{listed}/{notice.id}/open", page=listed)

    assert opened.location == f"{record(cast, cast.officer)}#message-{message.id}"


def test_writing_is_limited(committing_app):
    load_rules()
    placement = make_placement(state=State.REQUESTED)
    page = Browser(committing_app).sign_in(db.session.get_one(Account, placement.trainee.account_id))
    token = page.token(f"/me/placements/{placement.id}")

    answers = [
        page.post(f"/me/threads/placement/{placement.id}", token | {"text": "x", "receipt_key": f"key-{number}"}).status
        for number in range(17)
    ]

    assert (answers.count(302), answers.count(429)) == (15, 2)
