"""Pages of purchases, as both sides see them."""

from tests.courses.buying import Bought, nominee
from tests.courses.factories import make_cohort
from tests.factories import make_account, make_employer, make_member
from training.courses.cohorts.workflow import Funding
from training.courses.purchases import services
from training.courses.purchases.workflow import State
from training.kernel.policy import Role


def signed_in(client, organisation, *roles):
    client.sign_in(make_member(organisation, *roles).account)
    return f"/o/{organisation.slug}"


def links(page):
    return {one.get("href") for one in page.root.find(".//main").iter("a")}


def pressed(client, url, *, page):
    return client.get(client.press(url, page=page).location)


def test_an_employer_asks_from_the_public_page_and_the_school_agrees(client):
    cohort, employer = make_cohort(seats={Funding.EMPLOYER: 5}), make_employer()
    school, slug = cohort.programme_version.programme.school, cohort.programme_version.programme.slug
    base = signed_in(client, employer, Role.MANAGER)
    assert "Train your employees here" in client.get(f"/programmes/{slug}").words

    led = client.get(f"/account/cohorts/{cohort.id}/seats")
    assert led.location == f"{base}/cohorts/{cohort.id}/seats/new"
    page = client.submit(led.location, seats="3", terms="Contract 12", follow=True)
    assert "It is with" in page.words
    [key] = {
        link.rsplit("/", 1)[1] for link in links(client.get(f"{base}/cohorts/{cohort.id}/seats/new")) if link.startswith(f"{base}/seats/")
    }

    base = signed_in(client, school, Role.MANAGER)
    shown = client.get(f"{base}/seats/{key}")
    assert "Contract 12" in shown.words
    done = pressed(client, f"{base}/seats/{key}/agree", page=f"{base}/seats/{key}")
    assert "Only people whom" in done.words
    assert "Paid by an employer: " + employer.short_name in client.get(f"{base}/cohorts/{cohort.id}").words
    assert employer.short_name in client.get(f"{base}/cohorts/{cohort.id}/seats/bought").words
    assert "2 of 2" in client.get(f"/programmes/{slug}").words


def test_too_few_seats_lead_to_where_they_are_changed(client):
    bought = Bought(6, there=4, agreed=False)
    base = signed_in(client, bought.school, Role.MANAGER)

    page = client.get(f"{base}/seats/{bought.key}")

    assert "Asked for: 6. Free among the seats that employers may pay for: 4." in page.words
    assert f"{base}/cohorts/{bought.cohort_id}/seats" in links(page)
    assert not any((form.get("action") or "").endswith("/agree") for form in page.all("form"))


def test_whoever_manages_several_employers_chooses_and_whoever_none_is_told(client):
    cohort, account = make_cohort(seats={Funding.EMPLOYER: 5}), make_account()
    client.sign_in(account)
    assert "You manage no employer here" in client.get(f"/account/cohorts/{cohort.id}/seats").words
    employers = [make_employer(), make_employer()]
    for one in employers:
        make_member(one, Role.MANAGER, account=account)

    page = client.get(f"/account/cohorts/{cohort.id}/seats")

    assert all(one.short_name in page.words for one in employers)


def test_refused_with_a_reason_withdrawn_and_given_back(client):
    refused, withdrawn, back = Bought(agreed=False), Bought(agreed=False), Bought(3)

    base = signed_in(client, refused.school, Role.MANAGER)
    assert "Full already" in client.submit(f"{base}/seats/{refused.key}/refuse", reason="Full already", follow=True).words
    base = signed_in(client, withdrawn.employer, Role.MANAGER)
    assert "Withdrawn" in client.submit(f"{base}/seats/{withdrawn.key}/withdraw", follow=True).words
    base = signed_in(client, back.employer, Role.MANAGER)
    again = client.submit(f"{base}/seats/{back.key}/give-back", seats="4")
    assert (again.status, "Only seats that are kept for nobody" in again.words) == (409, True)
    assert "Given back" in client.submit(f"{base}/seats/{back.key}/give-back", seats="3", follow=True).words

    assert (refused.purchase.state, withdrawn.purchase.state, back.purchase.state) == (State.REFUSED, State.WITHDRAWN, State.RETURNED)


def test_a_recruiter_sees_the_seats_and_a_mentor_does_not(client):
    bought = Bought(3)
    base = signed_in(client, bought.employer, Role.RECRUITER)
    assert client.get(f"{base}/seats").status == 200
    page = client.get(f"{base}/seats/{bought.key}")
    assert "Give seats back…" not in page.words
    assert "Nominate somebody…" in page.words

    base = signed_in(client, bought.employer, Role.MENTOR)
    assert client.get(f"{base}/seats").status == 403
    assert client.get(f"{base}/seats/{bought.key}").status == 404


def test_empty_lists_say_what_to_do(client):
    employer, bought = make_employer(), Bought(3)

    base = signed_in(client, employer, Role.MANAGER)
    assert "You have bought no seats yet" in client.get(f"{base}/seats").words
    base = signed_in(client, bought.employer, Role.MANAGER)
    assert "Nobody is nominated yet" in client.get(f"{base}/seats/{bought.key}").words
    base = signed_in(client, bought.school, Role.TEACHER)
    assert "Nobody has taken a seat yet" in client.get(f"{base}/seats/{bought.key}").words


def test_pages_run_the_same_statements_at_2_and_40_rows(client, statements):
    bought = Bought(60, there=80)
    bought.name(nominee(), nominee())
    base = signed_in(client, bought.employer, Role.MANAGER)
    page = f"{base}/seats/{bought.key}"
    client.get(page)
    with statements() as few:
        client.get(page)
    bought.name(*[nominee() for _ in range(38)])
    with statements() as many:
        assert "40 people" in client.get(page).words
    assert len(many) == len(few)

    with statements() as one:
        client.get(f"{base}/seats")
    for _ in range(5):
        bought.key = bought.ask(1)
        services.agree(bought.head, bought.purchase)
    with statements() as several:
        assert "6 purchases" in client.get(f"{base}/seats").words
    assert len(several) == len(one)
