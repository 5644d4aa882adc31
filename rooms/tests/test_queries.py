"""No list costs a query a row"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from rooms import invites, memberships, refusals, services
from rooms.gateway.admission import places
from rooms.models import Membership


@pytest.fixture
def cost(api, people):
    """`cost(path)`: how many queries that page takes."""

    def count(path):
        client = api(people.owner)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(path).status_code == 200
        return len(seen)

    return count


def more_rooms(owner):
    for number in range(5):
        host = User.objects.create_guest(f"H{number}")
        room = services.room_create(owner=host, name="More", visibility="public")
        memberships.place_take(user=owner, room=room, role="member")


def more_people(room):
    for number in range(5):
        memberships.place_take(
            user=User.objects.create_guest(f"G{number}"), room=room, role="guest"
        )


def with_rights(room):
    for place in room.memberships.exclude(role="owner"):
        place.rights.create(capability="chat", allowed=False, given_by=room.owner)
        place.rights.create(capability="moderate", allowed=True, given_by=room.owner)


def more_invites(room):
    for number in range(5):
        maker = memberships.place_take(
            user=User.objects.create_guest(f"G{number}"), room=room, role="member"
        )
        invites.invite_create(room=room, by=maker)


def test_lists_of_rooms(cost, people, room):
    services.room_update(room=room, by=people.owner, changes={"visibility": "public"})
    before = [cost("/api/rooms/"), cost("/api/rooms/?public=1")]
    more_rooms(people.owner)
    assert [cost("/api/rooms/"), cost("/api/rooms/?public=1")] == before


def test_the_list_of_members(cost, room):
    before = cost(f"/api/rooms/{room.code}/members/")
    more_people(room)
    with_rights(room)
    assert cost(f"/api/rooms/{room.code}/members/") == before


@pytest.mark.django_db
def test_rights_of_many_are_read_at_once(room, people):
    """What the sockets of a process read again, and whom a refusal names."""
    more_people(room)

    def queries():
        ids = {str(place.user_id) for place in room.memberships.all()}
        with CaptureQueriesContext(connection) as seen:
            for place in places.func({room.code}, ids)[room.code].values():
                place.capabilities(place.room)
            refusals.granters(room.pk)
        return len(seen)

    before = queries()
    more_people(room)
    with_rights(room)
    assert queries() == before


def test_the_list_of_invitations(cost, people, room):
    owner = Membership.objects.select_related("user").get(room=room, user=people.owner)
    invites.invite_create(room=room, by=owner)
    before = cost(f"/api/rooms/{room.code}/invites/")
    more_invites(room)
    assert cost(f"/api/rooms/{room.code}/invites/") == before


def test_one_room_takes_a_handful(cost, room):
    assert cost(f"/api/rooms/{room.code}/") <= 5  # who asks, the room, their place and rights
