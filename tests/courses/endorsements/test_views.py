"""Pages of endorsements, as both sides and everybody see them."""

from tests.courses.factories import SYSTEM, make_occupation, make_version
from tests.factories import actor_of, make_employer, make_member
from training.courses.programmes import queries as programmes
from training.courses.programmes import services as versions
from training.courses.programmes.workflow import State as VersionState
from training.kernel.policy import Role


def test_a_school_asks_the_employer_endorses_and_everybody_reads_it(client):
    version = make_version(state=VersionState.IN_REVIEW)
    school, employer, occupation = version.programme.school, make_employer(), make_occupation()
    client.sign_in(make_member(school, Role.TEACHER).account)
    form = f"/o/{school.slug}/programmes/{version.id}/endorsements/new"

    page = client.submit(form, employer_id=str(employer.id), occupation_id=str(occupation.id), follow=True)
    assert "It is with" in page.words
    again = client.submit(form, employer_id=str(employer.id), occupation_id=str(occupation.id))
    assert (again.status, "asked already" in again.words) == (409, True)

    client.sign_in(make_member(employer, Role.MANAGER).account)
    listed = client.get(f"/o/{employer.slug}/endorsements")
    [show] = {link for one in listed.all("a") if (link := one.get("href") or "").rpartition("/endorsements/")[2].isdigit()}
    assert version.modules[0].title in client.get(show).words
    done = client.submit(f"{show}/give", years="2", words="They start at once.", follow=True)
    assert "Endorsed. It stands on the programme's public page." in done.words

    versions.publish(actor_of(school, Role.MANAGER), programmes.version(SYSTEM, version.id))
    public = client.get(f"/programmes/{version.programme.slug}")
    assert "They start at once." in public.words


def test_a_mentor_reads_but_does_not_answer(client):
    version = make_version(state=VersionState.IN_REVIEW)
    school, employer = version.programme.school, make_employer()
    client.sign_in(make_member(school, Role.MANAGER).account)
    made = client.submit(
        f"/o/{school.slug}/programmes/{version.id}/endorsements/new", employer_id=str(employer.id), occupation_id=str(make_occupation().id)
    )
    key = made.location.rsplit("/", 1)[1]
    client.sign_in(make_member(employer, Role.MENTOR).account)

    page = client.get(f"/o/{employer.slug}/endorsements/{key}")

    assert "Endorse…" not in page.words
    assert client.get(f"/o/{employer.slug}/endorsements/{key}/give").status == 403


def test_an_empty_list_says_what_to_do(client):
    employer = make_employer()
    client.sign_in(make_member(employer, Role.RECRUITER).account)

    page = client.get(f"/o/{employer.slug}/endorsements")

    assert "No school asked you yet" in page.words
