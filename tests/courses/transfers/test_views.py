"""Pages of transfers, as the trainee and both schools see them."""

import pytest

from tests.courses.assessments.factories import Class
from tests.courses.factories import make_cohort, make_enrolment, make_programme, make_version
from tests.courses.transfers.moving import Moving, fresh
from tests.factories import learner, make_member, make_school, make_trainee
from tests.listed import file_of, heads
from training.accounts.models import Account
from training.courses.assessments.workflow import Kind
from training.courses.enrolments import queries as enrolments
from training.courses.transfers import services
from training.kernel import clock
from training.kernel.db import db
from training.kernel.policy import Role, System
from training.organisations.models import Organisation


class Sides:
    """A transfer with the accounts of everybody in it."""

    def __init__(self, client, **given):
        self.client, self.moving = client, Moving(**given)
        here, there = (db.session.get_one(Organisation, key) for key in (self.moving.here_id, self.moving.there_id))
        self.here, self.there = f"/o/{here.slug}", f"/o/{there.slug}"
        self.sending, self.receiving = make_member(here, Role.MANAGER).account_id, make_member(there, Role.MANAGER).account_id
        self.me = self.moving.me.account_id

    def as_(self, account_id):
        """Whoever looks now."""
        fresh()
        return self.client.sign_in(db.session.get_one(Account, account_id))


@pytest.fixture
def sides(client):
    return Sides(client)


def test_a_trainee_asks_one_school_accepts_the_other_confirms_and_everybody_reads_it(client):
    sides = Sides(client, ask=False)
    study = f"/me/study/{sides.moving.enrolment_id}"
    page = sides.as_(sides.me).get(study)
    assert f"{study}/transfer" in {one.get("href") for one in page.all("a")}
    choosing = client.get(f"{study}/transfer")
    ask = f"{study}/transfer/ask?cohort={sides.moving.aim_id}"
    assert ask in {one.get("href") for one in choosing.all("a")}
    made = client.submit(ask, words="We are moving.")
    key = made.location.rsplit("/", 1)[1]
    assert "Asked. There answers within two weeks." in client.get(made.location).words
    assert "You ask one school at a time" in client.get(f"{study}/transfer").words

    sides.as_(sides.receiving)
    assert "Answer somebody who wants to move to you" in client.get(f"{sides.there}/").words
    shown = client.get(f"{sides.there}/transfers/{key}")
    assert "We are moving." in shown.words
    done = client.submit(f"{sides.there}/transfers/{key}/accept", from_on=str(clock.today("Europe/Samara")), funding="state", follow=True)
    assert "Accepted; the seat is kept. Here confirms the departure." in done.words

    sides.as_(sides.sending)
    assert "Confirm that somebody moves to another school" in client.get(f"{sides.here}/").words
    assert "Skills passport" not in client.get(f"{sides.here}/transfers/{key}").words
    done = client.submit(f"{sides.here}/transfers/{key}/confirm", follow=True)
    assert "studies at There now" in done.words

    sides.as_(sides.me)
    moved = client.get(f"/me/transfers/{key}")
    assert "Your passport and credentials came along" in moved.words
    assert any("/recognition" in (one.get("href") or "") for one in moved.all("a"))


def test_the_receiving_school_reads_what_is_passed_until_it_declines(client):
    group = Class(1)
    group.grade(group.add(kind=Kind.EXAM), "19")
    there = make_school(short_name="There")
    aim = make_cohort(make_version(make_programme(there)))
    fresh()
    mine = enrolments.enrolment(System("test"), group.enrolments[0])
    key = services.ask(learner(mine.trainee), mine, cohort=aim, words="Nearer.").id
    client.sign_in(make_member(there, Role.MANAGER).account)
    page = f"/o/{there.slug}/transfers/{key}"

    shown = client.get(page)
    assert heads(shown) == ["Module PM.01"]
    assert "60" in shown.words
    assert client.get(f"/o/{there.slug}/trainees/{mine.trainee_id}").status == 200
    client.submit(f"{page}/decline", reason="The hours differ too much.")

    closed = client.get(page)
    assert "The hours differ too much." in closed.words
    assert "What is passed" not in closed.words
    assert client.get(f"/o/{there.slug}/trainees/{mine.trainee_id}").status == 404


def test_a_trainee_looks_for_a_school_by_words(client):
    sides = Sides(client, ask=False)
    other = make_cohort(make_version(make_programme(make_school(short_name="Baikal"), title="Baking bread")))
    sides.as_(sides.me)
    page = f"/me/study/{sides.moving.enrolment_id}/transfer"

    assert len(heads(client.get(page))) == 2
    for words in ("baking", "BAIK", "baking baikal"):
        [found] = heads(client.get(f"{page}?q={words}"))
        assert other.code in found
    assert "Nothing fits" in client.get(f"{page}?q=astronomy").words


def test_a_list_shows_each_school_its_own_way_and_goes_out_as_a_file(sides, client):
    sides.moving.accept()
    sides.as_(sides.receiving)

    listed = client.get(f"{sides.there}/transfers")
    assert "to us, from Here" in listed.words
    ways = [one.get("value") for one in listed.all("input") if one.get("name") == "way"]
    assert [len(heads(client.get(f"{sides.there}/transfers?way={way}"))) for way in ways] == [1, 0]
    [head, row] = file_of(client, f"{sides.there}/transfers")
    assert (head[1:3], row[1:3]) == (["From school", "To school"], ["Here", "There"])

    sides.as_(sides.sending)
    assert "from us, to There" in client.get(f"{sides.here}/transfers").words


def test_before_the_other_school_accepts_the_own_one_finds_nothing(sides, client):
    sides.as_(sides.sending)

    assert "Nobody has asked to move" in client.get(f"{sides.here}/transfers").words
    assert client.get(f"{sides.here}/transfers/{sides.moving.key}").status == 404


def test_what_a_service_refuses_is_said_on_the_form(sides, client):
    make_enrolment(sides.moving.aim)
    sides.as_(sides.receiving)
    form = f"{sides.there}/transfers/{sides.moving.key}/accept"

    assert "No seat of this cohort is free" in client.get(form).words
    sent = client.submit(form, from_on=str(clock.today("Europe/Samara")), funding="state")

    assert (sent.status, "No seat of this kind is free" in sent.words) == (409, True)


def test_the_list_asks_as_much_for_forty_as_for_two(sides, client, statements):
    def counted():
        sides.as_(sides.receiving)
        client.get(f"{sides.there}/transfers")
        statements.clear()
        page = client.get(f"{sides.there}/transfers")
        return len(statements), len(heads(page))

    few = counted()
    for _number in range(20):
        school = make_school()
        trainee = make_trainee(school_id=school.id)
        mine = make_enrolment(make_cohort(make_version(make_programme(school))), trainee)
        services.ask(learner(trainee), enrolments.enrolment(System("test"), mine.id), cohort=sides.moving.aim, words="Nearer.")
    many = counted()

    assert (few[1], many[1]) == (1, 21)
    assert many[0] == few[0]


def test_choosing_asks_as_much_for_many_cohorts_as_for_one(client, statements):
    sides = Sides(client, ask=False)
    page = f"/me/study/{sides.moving.enrolment_id}/transfer"

    def counted():
        sides.as_(sides.me)
        client.get(page)
        statements.clear()
        shown = client.get(page)
        return len(statements), len(heads(shown))

    few = counted()
    for _number in range(12):
        make_cohort(make_version(make_programme(make_school())))
    many = counted()

    assert (few[1], many[1]) == (1, 13)
    assert many[0] == few[0]
