"""Login cards: given, printed, used once, and worth nothing afterwards."""

import io
import re
from datetime import timedelta

import pytest
from pypdf import PdfReader
from sqlalchemy import select, update

from tests.client import Browser
from tests.factories import acting, events_of, make_account, make_employer, make_member, make_school, make_trainee, save
from training.accounts.models import Account, Link, Session
from training.accounts.passwords import fits
from training.audit.models import Happening
from training.files.models import StoredFile
from training.files.queries import path
from training.jobs.models import Job
from training.jobs.worker import run_due
from training.kernel import clock, keys
from training.kernel.db import db
from training.kernel.policy import NotNow, Role, System
from training.organisations.models import Organisation
from training.trainees.cards import names, queries, services
from training.trainees.cards.models import CardSheet, LoginCard
from training.trainees.cards.workflow import State
from training.trainees.profiles.models import Trainee

PASSWORD = "копер самовар девять туман"


def make_roster_trainee(school, **given):
    """Somebody from a roster, without an account."""
    trainee = Trainee(slug=keys.slug(), school_id=school.id, group_code=given.pop("group_code", None))
    names = {"family_name": "Орлова", "given_name": "Нина", "patronymic": None, "born_on": clock.today() - timedelta(days=6200)}
    trainee.call(**names | given)
    return save(trainee)


def printed(school, *people, actor=None):
    """Cards for these people, made and printed; gives the sheet and the code by person."""
    teacher = actor or acting(make_member(school, Role.TEACHER))
    sheet = services.give(teacher, db.session.get_one(Organisation, school.id), trainee_ids=[one.id for one in people], language="ru")
    sheet = queries.sheet(System("tests"), sheet.id)
    codes = services.code(System("tests"), sheet)
    db.session.commit()
    return sheet, {card.trainee_id: codes[card.id] for card in sheet.cards if card.id in codes}


def came_in(browser, code, password=PASSWORD):
    """Opens the card's link and sets a password."""
    page = browser.get(f"/l/{code}").location
    return browser.submit(page, password=password, again=password)


def test_a_card_lets_its_holder_set_a_password_and_in_once(app):
    school = make_school()
    trainee = make_roster_trainee(school)
    _sheet, codes = printed(school, trainee)
    phone = Browser(app)

    done = came_in(phone, codes[trainee.id])

    assert done.location == "/me/"
    assert phone.get("/me/profile").status == 200, "in, without signing in"
    db.session.expire_all()
    account = db.session.get_one(Account, trainee.account_id)
    assert account.login_name == "orlova.nina"
    assert fits(PASSWORD, account.password, app.config["CADRE"].argon)
    assert Browser(app).get(f"/l/{codes[trainee.id]}").status == 404, "the code works once"
    db.session.commit()
    again = Browser(app).submit("/sign-in", way_in="Orlova.Nina", password=PASSWORD)
    assert (again.status, again.location) == (302, "/account/home")
    assert events_of(trainee) == ["login_card.given", "login_card.used"]


def test_the_code_can_be_typed_with_or_without_dashes(app):
    school = make_school()
    trainee = make_roster_trainee(school)
    _sheet, codes = printed(school, trainee)
    phone = Browser(app)

    wrong = phone.submit("/card", code="2345-6789")
    assert "No card has this code" in wrong.words
    opened = phone.submit("/card", code=f" {keys.in_fours(codes[trainee.id])} ".replace("-", " - "))

    assert re.fullmatch(r"/l/\d+/card", opened.location or "")
    assert codes[trainee.id] not in opened.location
    assert "orlova.nina" in phone.get(opened.location).words


def test_the_code_opens_nothing_but_cards_and_letters_links_are_no_codes(app):
    school, trainee = make_school(), make_trainee()
    printed(school, make_roster_trainee(school))
    other = save(Link(purpose="reset", subject_id=trainee.account_id, once=True, expires_at=clock.now() + timedelta(days=1)))
    other.token = "0" * 64
    db.session.commit()

    assert Browser(app).submit("/card", code="reset").status == 200


def test_a_code_stands_nowhere_but_on_the_paper(app):
    school = make_school()
    trainee = make_roster_trainee(school)
    _sheet, codes = printed(school, trainee)
    code = codes[trainee.id]

    assert len(code) * 4.95 > 128, "bits"
    stored = [*db.session.scalars(select(Link.token)), *(str(one.facts) for one in db.session.scalars(select(Happening)))]
    jobs = [str(one.args) for one in db.session.scalars(select(Job))]
    assert not any(code in str(value) for value in [*stored, *jobs])


def test_a_new_card_makes_the_former_worthless(app):
    school = make_school()
    trainee = make_roster_trainee(school)
    _first, former = printed(school, trainee)
    _second, newer = printed(school, trainee)

    assert Browser(app).get(f"/l/{former[trainee.id]}").status == 404
    assert came_in(Browser(app), newer[trainee.id]).status == 302
    states = [card.state for card in db.session.scalars(select(LoginCard).order_by(LoginCard.id).execution_options(populate_existing=True))]
    assert states == [State.REPLACED, State.USED]
    assert db.session.scalars(select(Account.login_name).where(Account.id == trainee.account_id)).one() == "orlova.nina", "the name stays"


def test_a_card_expires(app):
    school = make_school()
    trainee = make_roster_trainee(school)
    _sheet, codes = printed(school, trainee)
    phone = Browser(app)
    page = phone.get(f"/l/{codes[trainee.id]}").location
    filled = phone.get(page).form() | {"password": PASSWORD, "again": PASSWORD}
    db.session.execute(update(LoginCard).values(expires_at=clock.now() - timedelta(minutes=1)))
    db.session.commit()

    refused = phone.post(page, filled)

    assert refused.status == 409
    assert "works no more" in refused.words
    db.session.execute(update(Link).values(expires_at=clock.now() - timedelta(minutes=1)))
    db.session.commit()
    assert phone.post(page, filled).status == 404


def test_a_reset_by_the_school_ends_every_session_and_leaves_a_record(app):
    school = make_school()
    trainee = make_roster_trainee(school)
    _sheet, first = printed(school, trainee)
    came_in(old := Browser(app), first[trainee.id])

    _sheet, second = printed(school, trainee)
    assert old.get("/me/profile").status == 200, "the old password and sessions last until the card is used"
    came_in(Browser(app), second[trainee.id], "другой длинный пароль гусь")

    assert old.get("/me/profile").location.startswith("/sign-in")
    assert db.session.scalar(select(Session.id).where(Session.ended_at.is_(None)).order_by(Session.id.desc()).limit(1)) is not None
    assert events_of(trainee).count("login_card.given") == 2


def test_a_weak_password_is_refused_and_the_card_is_not_used_up(app):
    school = make_school()
    trainee = make_roster_trainee(school)
    _sheet, codes = printed(school, trainee)
    phone = Browser(app)

    shown = came_in(phone, codes[trainee.id], "orlova.nina")

    assert shown.status == 200
    assert 'id="password-error"' in shown.text
    assert came_in(phone, codes[trainee.id]).status == 302


@pytest.mark.parametrize("email", ["nina@example.org", None])
def test_a_school_opens_no_account_that_has_a_way_of_its_own(app, email):
    school = make_school()
    account = make_account(email=email or "x@example.org")
    trainee = make_trainee(account=account, school_id=school.id)
    if email is None:
        account.email = account.email_key = None
        account.login_name = "worker"
        save(account)
        make_member(make_employer(), Role.MENTOR, account=account)

    with pytest.raises(NotNow):
        printed(school, trainee)


def test_only_one_s_own_trainees_are_given_cards(app):
    school, other = make_school(), make_school()
    theirs = make_roster_trainee(other)

    with pytest.raises(NotNow):
        printed(school, theirs)


def test_a_placement_officer_gives_no_cards(app):
    school = make_school()
    officer = make_member(school, Role.PLACEMENT_OFFICER)

    assert Browser(app).sign_in(officer.account).get(f"/o/{school.slug}/trainees/cards").status == 403


def test_a_group_is_given_cards_at_once_and_prints_them(app):
    school = make_school()
    people = [make_roster_trainee(school, given_name=name, group_code="СВ-26") for name in ("Нина", "Ни-на", "Инна")]
    people += [make_roster_trainee(school, given_name=f"Имя{number}", group_code="СВ-26") for number in range(7)]
    make_trainee(school_id=school.id, group_code="СВ-26")
    teacher = make_member(school, Role.TEACHER)
    browser = Browser(app).sign_in(teacher.account)

    shown = browser.get(f"/o/{school.slug}/trainees/cards/new?group=СВ-26")
    assert "has an e-mail address" in shown.words
    sent = browser.submit(f"/o/{school.slug}/trainees/cards/new?group=СВ-26")
    assert "being made" in browser.get(sent.location).words
    db.session.commit()
    run_due()

    assert "Not used yet" in browser.get(sent.location).words
    sheet = browser.get(f"{sent.location}/pdf")
    assert sheet.response.mimetype == "application/pdf"
    reader = PdfReader(io.BytesIO(sheet.content))
    text = "".join(page.extract_text() for page in reader.pages)
    assert len(reader.pages) == 2, "eight a page"
    logins = {card.account.login_name for card in queries.sheet(System("tests"), int(sent.location.rsplit("/", 1)[1])).cards}
    assert {"orlova.nina", "orlova.nina2", "orlova.inna"} <= logins
    assert all(login in text for login in logins if login)
    db.session.commit()
    found = re.search(r"[2-9A-Z]{4}(?:-[2-9A-Z]{4}){6}", text.replace("\n", ""))
    assert found, "a code to type"
    assert Browser(app).submit("/card", code=found[0]).status == 302


def test_the_sheet_with_the_codes_is_removed_after_two_days(app):
    school = make_school()
    sheet, _codes = printed(school, make_roster_trainee(school))
    run_due()
    db.session.expire_all()
    file = db.session.get_one(StoredFile, db.session.get_one(CardSheet, sheet.id).file_id)
    assert path(file).is_file()
    db.session.commit()

    with clock.at(clock.now() + timedelta(days=3)):
        assert services.let_go_of_documents(System("tests")) == 1

    teacher = make_member(school, Role.TEACHER)
    browser = Browser(app).sign_in(teacher.account)
    assert browser.get(f"/o/{school.slug}/trainees/cards/{sheet.id}/pdf").status == 404
    assert "has been removed" in browser.get(f"/o/{school.slug}/trainees/cards/{sheet.id}").words


def test_chosen_people_arrive_from_the_list(app):
    school = make_school()
    trainee = make_roster_trainee(school)
    browser = Browser(app).sign_in(make_member(school, Role.MANAGER).account)

    assert 'name="chosen"' in browser.get(f"/o/{school.slug}/trainees").text
    assert "First card" in browser.get(f"/o/{school.slug}/trainees/cards/new?chosen={trainee.id}&chosen=x&chosen=99999999999").words
    assert "Nobody is chosen" in browser.get(f"/o/{school.slug}/trainees/cards/new").words


class TestNames:
    def test_are_latin_and_typed_easily(self):
        assert names.stem("Щёголева", "Юлия") == "shchegoleva.iuliia"
        assert names.stem("O'Neil", "Ann-Marie") == "oneil.annmarie"
        assert names.stem("王", "伟") == "trainee"

    def test_get_a_number_where_they_are_taken(self):
        assert names.free(["a.b", "a.b", "c.d"], {"a.b", "a.b3"}) == ["a.b2", "a.b4", "c.d"]

    def test_that_begin_alike_are_looked_up_with_one_statement(self, app):
        make_account(login_name="orlova.nina")
        make_account(login_name="orlova.nina2")

        assert queries.taken(["orlova.nina"]) == {"orlova.nina", "orlova.nina2"}


def test_as_many_statements_for_forty_cards_as_for_two(app, statements):
    school = make_school()
    two, _codes = printed(school, *[make_roster_trainee(school, given_name=f"A{number}") for number in range(2)])
    forty, _codes = printed(school, *[make_roster_trainee(school, given_name=f"B{number}") for number in range(40)])
    browser = Browser(app).sign_in(make_member(school, Role.TEACHER).account)
    browser.get(f"/o/{school.slug}/trainees/cards/{two.id}")

    with statements() as few:
        browser.get(f"/o/{school.slug}/trainees/cards/{two.id}")
    with statements() as many:
        browser.get(f"/o/{school.slug}/trainees/cards/{forty.id}")

    assert len(few) == len(many)
