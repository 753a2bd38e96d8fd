"""Rooms: their names are unique in a school."""

import pytest

from tests.factories import acting, make_member, make_school
from training.courses.rooms import queries, services
from training.kernel.policy import NotAllowed, NotNow, Role

pytestmark = pytest.mark.usefixtures("app")


def manager():
    return make_member(make_school(), Role.MANAGER)


def test_a_manager_adds_and_renames_rooms(client):
    member = manager()
    client.sign_in(member.account)
    here = f"/o/{member.organisation.slug}/rooms"
    assert "No room yet" in client.get(here).words

    client.submit(f"{here}/new", name="Room 204")
    [room] = queries.rooms(acting(member))
    page = client.submit(f"{here}/{room.id}", name="Welding shop", follow=True)

    assert "Welding shop" in page.words
    assert "Room 204" not in page.words


def test_no_two_rooms_of_a_school_have_one_name(client):
    member = manager()
    services.add(acting(member), member.organisation, name="Room 204")

    with pytest.raises(NotNow, match="room of this name"):
        services.add(acting(member), member.organisation, name="room  204")
    other = manager()
    services.add(acting(other), other.organisation, name="Room 204")


def test_teachers_see_rooms_and_name_none(client):
    member = manager()
    teacher = make_member(member.organisation, Role.TEACHER)
    client.sign_in(teacher.account)

    assert client.get(f"/o/{member.organisation.slug}/rooms").status == 200
    assert client.get(f"/o/{member.organisation.slug}/rooms/new").status == 403
    with pytest.raises(NotAllowed):
        services.add(acting(teacher), teacher.organisation, name="Mine")
