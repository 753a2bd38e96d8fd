"""Pages of mark scales."""

from tests.factories import make_member, make_school
from training.kernel import clock
from training.kernel.policy import Role

TODAY = "Europe/Samara"


def test_a_manager_gives_the_school_its_own_scale(client):
    school = make_school()
    client.sign_in(make_member(school, Role.MANAGER).account)
    base = f"/o/{school.slug}/scales"
    assert "LAW_350984" in client.get(base).words

    again = client.submit(f"{base}/new", source="Local act 12", from_1="", follow=False)
    assert (again.status, "Fill in both" in again.words) == (200, True)
    page = client.submit(f"{base}/new", source="Local act 12", from_1="90", from_2="70.5", from_3="50", follow=True)

    assert "The edition is added." in page.words
    assert "70.5" in page.words
    edition = next(link for one in page.all("a") if (link := one.get("href") or "").rpartition("/scales/")[2].isdigit())
    changed = client.submit(f"{edition}/edit", source="Local act 13", follow=True)
    assert "Local act 13" in changed.words


def test_a_scale_without_marks_asks_for_its_border(client):
    school = make_school()
    client.sign_in(make_member(school, Role.MANAGER).account)
    form = f"/o/{school.slug}/scales/new"

    assert "Fill this in" in client.submit(form, kind="pass", source="Local act").words
    page = client.submit(form, kind="pass", source="Local act", passes_from="60", valid_from_on=str(clock.today(TODAY)), follow=True)

    assert "60" in page.words


def test_a_teacher_reads_and_adds_nothing(client):
    school = make_school()
    client.sign_in(make_member(school, Role.TEACHER).account)

    assert "New edition…" not in client.get(f"/o/{school.slug}/scales").words
    assert client.get(f"/o/{school.slug}/scales/new").status == 403
