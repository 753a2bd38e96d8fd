"""Pages of allocations: the employer's, and the one that a letter leads to."""

from datetime import timedelta

from tests.courses.buying import Bought, make_worker, nominee
from tests.factories import make_account, make_member
from training.accounts.models import Account
from training.courses.allocations.workflow import State
from training.kernel import clock
from training.kernel.db import db
from training.kernel.policy import Role

WORKER = "anna@plant.example"


def signed_in(client, organisation, *roles):
    client.sign_in(make_member(organisation, *roles).account)
    return f"/o/{organisation.slug}"


def account_of(trainee):
    return db.session.get_one(Account, trainee.account_id)


def pressed(client, url, *, page):
    return client.get(client.press(url, page=page).location)


def test_a_recruiter_proposes_a_manager_approves_and_cancels(client):
    bought = Bought(3)
    base = signed_in(client, bought.employer, Role.RECRUITER)
    form = f"{base}/seats/{bought.key}/nominees/new"
    for name in ("Orlova", "Belova", "Titova"):
        proposed = client.submit(form, family_name=name, given_name="Anna", email=f"{name}@plant.example", follow=True)
        assert "A manager approves before" in proposed.words
        assert "Approve all" not in proposed.words

    base = signed_in(client, bought.employer, Role.MANAGER)
    page = client.get(f"{base}/seats/{bought.key}")
    assert "3 people wait for a manager's approval." in page.words
    shown = f"{base}/seats/{bought.key}"
    actions = [one.get("action") or "" for one in page.all("form")]
    approve = next(one for one in actions if one.endswith("/approve") and "/seats/" not in one)
    assert "A seat is kept for" in pressed(client, approve, page=shown).words
    done = pressed(client, f"{shown}/nominees/approve", page=shown)
    assert "2 people are written to." in done.words
    cancel = next(one.get("href") for one in done.all("a") if (one.get("href") or "").endswith("/cancel"))
    assert "Cancelled. The seat can be given" in client.submit(cancel, reason="Moved", follow=True).words
    assert bought.figures == (3, 0, 2)
    assert "Moved" in client.get(f"{base}/seats/{bought.key}").words


def test_too_many_and_twice_are_refused_beside_the_form(client):
    bought = Bought(2)
    bought.name(nominee(email=WORKER))
    base = signed_in(client, bought.employer, Role.MANAGER)
    form = f"{base}/seats/{bought.key}/nominees/new"

    twice = client.submit(form, family_name="Orlova", given_name="Anna", email=WORKER)
    assert (twice.status, "nominated for this cohort already" in twice.words) == (409, True)
    bought.name(nominee())
    many = client.submit(form, family_name="Orlova", given_name="Anna", email="other@plant.example")
    assert (many.status, "No seat is left" in many.words) == (409, True)


class TestLetter:
    def test_leads_a_stranger_to_sign_in_and_back(self, client):
        bought = Bought(3)
        (key,) = bought.name(nominee(email=WORKER))
        slug = bought.allocation(key).slug

        asked = client.get(f"/nominations/{slug}")

        assert asked.location == f"/sign-in?next=/me/nominations/{slug}"
        assert client.get("/nominations/nowhere").status == 302

    def test_leads_somebody_without_a_profile_to_make_one_and_on(self, client):
        bought = Bought(3)
        (key,) = bought.name(nominee(email=WORKER))
        slug = bought.allocation(key).slug
        client.sign_in(make_account(email=WORKER))

        assert client.get(client.get(f"/nominations/{slug}").location).status == 200
        made = client.submit("/account/learning/new", family_name="Orlova", given_name="Anna", born_on="1990-05-04")

        assert made.location == f"/me/nominations/{slug}"
        assert "The seat is kept for you until" in client.get(made.location).words

    def test_the_person_reads_what_the_employer_will_see_and_takes_the_seat(self, client):
        bought, worker = Bought(3), make_worker(WORKER)
        (key,) = bought.name(nominee(email=WORKER))
        slug = bought.allocation(key).slug
        client.sign_in(account_of(worker))

        page = client.get(f"/me/nominations/{slug}")
        assert "sees whether you study, have completed or have left" in page.words
        assert "Answer about a seat kept for you" in client.get("/me/").words
        done = pressed(client, f"/me/nominations/{slug}/accept", page=f"/me/nominations/{slug}")

        assert "The seat is yours." in done.words
        assert "The seat is yours." in client.get(f"/me/nominations/{slug}").words
        base = signed_in(client, bought.employer, Role.RECRUITER)
        page = client.get(f"{base}/seats/{bought.key}")
        assert "Studies" in page.words
        [card] = {link for one in page.all("a") if "/trainees/" in (link := one.get("href") or "") and link[-1].isdigit()}
        assert client.get(card).status == 200
        base = signed_in(client, bought.school, Role.MANAGER)
        page = client.get(f"{base}/seats/{bought.key}")
        [seat] = {link for one in page.all("a") if "/enrolments/" in (link := one.get("href") or "")}
        assert client.get(seat).status == 200

    def test_the_person_declines_with_a_reason(self, client):
        bought, worker = Bought(3), make_worker(WORKER)
        (key,) = bought.name(nominee(email=WORKER))
        slug = bought.allocation(key).slug
        client.sign_in(account_of(worker))

        done = client.submit(f"/me/nominations/{slug}/decline", reason="Moving away", follow=True)

        assert "Declined." in done.words
        assert bought.allocation(key).state is State.DECLINED
        base = signed_in(client, bought.employer, Role.MANAGER)
        assert "Moving away" in client.get(f"{base}/seats/{bought.key}").words

    def test_a_minor_is_led_to_ask_a_guardian(self, client):
        bought, worker = Bought(3), make_worker(WORKER, born_on=clock.today() - timedelta(days=16 * 366))
        (key,) = bought.name(nominee(email=WORKER))
        client.sign_in(account_of(worker))

        page = client.get(f"/me/nominations/{bought.allocation(key).slug}")

        assert "Ask a parent or guardian" in page.words
        assert not any((form.get("action") or "").endswith("/accept") for form in page.all("form"))

    def test_somebody_else_finds_nothing(self, client):
        bought = Bought(3)
        (key,) = bought.name(nominee(email=WORKER))
        client.sign_in(account_of(make_worker("other@plant.example")))

        assert client.get(f"/me/nominations/{bought.allocation(key).slug}").status == 404


def test_the_letter_holds_the_way_in(client, mailbox):
    bought = Bought(3)
    (key,) = bought.name(nominee(email=WORKER))

    [letter] = mailbox(WORKER)

    assert any(link.endswith(f"/nominations/{bought.allocation(key).slug}") for link in letter.links)
