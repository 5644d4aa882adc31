"""Who sees what of a room: visibility × membership, over the API and its pages"""

import pytest

from rooms import memberships
from rooms.models import Membership, Room
from syncwatch.lib import clock

ROOM, DOOR, ABSENT = "room", "door", "absent"
SEEN = {
    ("private", "member"): ROOM, ("private", "never"): ABSENT,
    ("private", "left"): ABSENT, ("private", "kicked"): ABSENT,
    ("unlisted", "member"): ROOM, ("unlisted", "never"): DOOR,
    ("unlisted", "left"): DOOR, ("unlisted", "kicked"): DOOR,
    ("public", "member"): ROOM, ("public", "never"): DOOR,
    ("public", "left"): DOOR, ("public", "kicked"): DOOR,
}  # fmt: skip


@pytest.fixture
def stands(people, room):
    """`stands(how)`: a person who stands so to the room."""

    def make(how):
        if how == "never":
            return people.stranger
        if how == "member":
            return people.member
        places = Membership.objects.select_related("room", "user")
        place = places.get(room=room, user=people.member)
        if how == "left":
            memberships.room_leave(membership=place)
        else:
            memberships.member_kick(actor=places.get(room=room, user=people.owner), target=place)
        return people.member

    return make


@pytest.mark.parametrize(("visibility", "how"), SEEN)
def test_the_api_shows_the_room_its_door_or_nothing(api, room, stands, visibility, how):
    Room.objects.update(visibility=visibility)
    client = api(stands(how))
    response = client.get(f"/api/rooms/{room.code}/")
    seen = SEEN[visibility, how]
    assert response.status_code == (404 if seen == ABSENT else 200)
    if seen != ABSENT:
        assert ("me" in response.json()) is (seen == ROOM)
    inner = client.get(f"/api/rooms/{room.code}/members/")
    assert inner.status_code == {ROOM: 200, DOOR: 403, ABSENT: 404}[seen]


@pytest.mark.parametrize("visibility", ["private", "unlisted", "public"])
@pytest.mark.parametrize("how", ["member", "never"])
def test_a_closed_room_is_absent_for_all(api, room, stands, visibility, how):
    person = stands(how)
    Room.objects.update(visibility=visibility, closed_at=clock.now())
    assert api(person).get(f"/api/rooms/{room.code}/").status_code == 404


@pytest.mark.parametrize("visibility", ["private", "unlisted", "public"])
def test_only_public_rooms_are_listed(api, people, room, visibility):
    Room.objects.update(visibility=visibility)
    rows = api(people.stranger).get("/api/rooms/?public=1").json()["results"]
    assert bool(rows) is (visibility == "public")


def test_hidden_and_absent_look_the_same(api, people, room):
    Room.objects.update(visibility="private")
    stranger = api(people.stranger)
    hidden = stranger.get(f"/api/rooms/{room.code}/")
    absent = stranger.get("/api/rooms/000000000000/")
    assert hidden.content == absent.content
    assert hidden.status_code == absent.status_code
