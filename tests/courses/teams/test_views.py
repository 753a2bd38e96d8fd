"""Pages of teams: started from the page where one applies, joined by a link, sent in by whoever leads."""

from tests.courses.factories import make_cohort, make_enrolment
from tests.courses.teams.factories import make_team
from tests.factories import actor_of, make_account, make_member, make_trainee
from training.accounts.models import Account
from training.courses.enrolments import services as studying
from training.courses.teams.workflow import State
from training.kernel.db import db
from training.kernel.policy import Role
from training.organisations.models import Organisation
from training.trainees.profiles.models import Trainee


def come(client, person):
    """Somebody, by the account of the trainee or actor they are."""
    client.sign_in(db.session.get_one(Account, person.account_id))
    return client


def pressed(client, url, *, page):
    return client.get(client.press(url, page=page).location)


class TestForming:
    def test_is_offered_where_one_applies_and_joined_by_its_link(self, client):
        cohort = make_cohort(seats=5)
        leader, friend = make_trainee(), make_trainee()
        come(client, leader)
        assert f"/me/cohorts/{cohort.id}/team" in [one.get("href") for one in client.get(f"/me/cohorts/{cohort.id}/apply").all("a")]

        made = client.submit(f"/me/cohorts/{cohort.id}/team", funding="state").location
        page = client.get(made)
        assert "A team is at least two people." in page.words
        link = next(one.text_content() for one in page.all("span") if one.get("id") == "team-link").replace("http://localhost", "")
        assert client.get(f"/me/cohorts/{cohort.id}/team").location == made
        assert "is not sent in yet: 1 person so far." in client.get("/me/study").words

        come(client, friend)
        own = f"/me{link}"
        asked = client.get(own).words
        assert (leader.name in asked, "invites you; 1 person is in the team now" in asked) == (True, True)
        joined = client.submit(own, follow=True)
        assert "You are in the team." in joined.words
        assert client.get(own).location == made

        come(client, leader)
        done = pressed(client, f"{made}/send-in", page=made)
        assert "All of you have seats." in done.words

    def test_a_link_leads_a_stranger_to_sign_in_and_back(self, client):
        crew = make_team(make_cohort(), 2)

        assert client.get(f"/join-team/{crew.team.slug}").location == f"/sign-in?next=/me/join-team/{crew.team.slug}"
        assert client.get("/join-team/nowhere").status == 302

    def test_and_somebody_without_a_profile_to_make_one_and_on(self, client):
        slug = make_team(make_cohort(), 2).team.slug
        client.sign_in(make_account())

        client.get(client.get(f"/join-team/{slug}").location)
        made = client.submit("/account/learning/new", family_name="Orlova", given_name="Anna", born_on="1990-05-04")

        assert made.location == f"/me/join-team/{slug}"

    def test_somebody_else_sees_no_team(self, client):
        crew = make_team(make_cohort(), 2)
        come(client, make_trainee())

        assert client.get(f"/me/teams/{crew.key}").status == 404

    def test_one_leaves_and_the_leader_dissolves_it(self, client):
        crew = make_team(make_cohort(), 3)
        page = f"/me/teams/{crew.key}"

        come(client, crew.people[1])
        assert "You are not in the team any more." in pressed(client, f"{page}/leave", page=page).words
        come(client, crew.people[0])
        assert "The team is dissolved" in pressed(client, f"{page}/dissolve", page=page).words

        assert crew.team.state is State.DISSOLVED
        assert "This team does not exist any more." in client.get(page).words

    def test_says_why_one_cannot_join(self, client):
        crew = make_team(make_cohort(seats=2), 2)
        come(client, make_trainee())

        page = client.get(f"/me/join-team/{crew.team.slug}")

        assert (page.status, "This team is full" in page.words) == (200, True)


class TestQueue:
    def test_says_who_has_answered_and_lets_the_rest_come_again(self, client):
        cohort = make_cohort(seats=3)
        before = [make_enrolment(cohort) for _ in range(3)]
        manager = actor_of(db.session.get_one(Organisation, cohort.school_id), Role.MANAGER)
        crew = make_team(cohort, 3, sent=True)
        page = f"/me/teams/{crew.key}"
        come(client, crew.people[0])
        assert "number 1 in the queue" in client.get(page).words

        for one in before:
            studying.expel(manager, one, reason="Left")
            db.session.rollback()
            db.session.expire_all()
        said = pressed(client, f"/me/study/{crew.enrolment(0).id}/claim", page=page)
        assert "The seats are yours when all of your team have" in said.words
        assert "Said yes" in client.get(page).words

        come(client, crew.people[1])
        decline = f"/me/study/{crew.enrolment(1).id}/decline"
        assert "Nobody of your team gets a seat this time." in client.get(decline).words
        client.submit(decline)

        come(client, crew.people[2])
        assert "Somebody does not come along" in client.get(page).words
        sent = pressed(client, f"{page}/send-again", page=page)
        assert "Seats are held for all of you until" in sent.words

    def test_the_school_sees_who_waits_together(self, client):
        waiting = make_cohort(seats=2)
        school = db.session.get_one(Organisation, waiting.school_id)
        for _ in range(2):
            make_enrolment(waiting)
        crew = make_team(waiting, 2, sent=True)
        client.sign_in(make_member(school, Role.MANAGER).account)

        assert "Team" in client.get(f"/o/{school.slug}/cohorts/{waiting.id}").words
        leader = db.session.get_one(Trainee, crew.people[0].trainee_id).name
        assert f"2 people, led by {leader}" in client.get(f"/o/{school.slug}/enrolments/{crew.enrolment(1).id}").words


def test_a_page_asks_the_same_for_two_people_as_for_ten(client, statements):
    cohort = make_cohort(seats=10)
    asked = []
    for number in (2, 10):
        for _ in range(10 if number == 2 else 0):
            make_enrolment(cohort)
        crew = make_team(cohort, number, sent=True)
        come(client, crew.people[0])
        client.get(f"/me/teams/{crew.key}")
        statements.clear()
        client.get(f"/me/teams/{crew.key}")
        asked.append(len(statements))

    assert asked[0] == asked[1]
