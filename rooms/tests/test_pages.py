"""Pages of rooms: home, the room, and the doors before it"""

import json
import re

import pytest
from django.test import Client

from accounts import sessions
from rooms import invites, services
from rooms.models import Membership, Room
from syncwatch.lib import clock


@pytest.fixture
def visit(db):
    def make(user=None):
        client = Client()
        if user is not None:
            opened = sessions.session_open(user=user, agent="test")
            client.cookies["access"] = opened.access
        return client

    return make


@pytest.fixture
def link(room, people):
    owner = Membership.objects.select_related("user").get(room=room, user=people.owner)
    return invites.invite_create(room=room, by=owner)


def test_home_is_for_the_signed_in(visit, people, room):
    assert visit().get("/home")["Location"] == "/login?next=/home"
    page = visit(people.member).get("/home")
    assert page.status_code == 200
    assert room.name in page.content.decode()


def test_home_goes_on_with_what_is_on_in_my_rooms(visit, people, room):
    assert "Continue watching" not in visit(people.member).get("/home").content.decode()
    services.now_playing_set(
        room_id=str(room.id), now_playing={"item_id": "1", "title": "The Lock", "video_id": "7"}
    )
    page = visit(people.member).get("/home")
    assert [each["code"] for each in page.context["watching"]] == [room.code]
    text = page.content.decode()
    assert "Continue watching" in text
    assert "The Lock" in text


def test_a_member_gets_the_room(visit, people, room):
    page = visit(people.member).get(f"/r/{room.code}")
    assert page.status_code == 200
    assert page.templates[0].name == "rooms/room.html"
    boot = page.context["boot"]
    assert boot["me"]["role"] == "member"
    assert boot["ws_path"] == f"/ws/rooms/{room.code}/"
    assert json.dumps(boot), "what a page's script reads is plain data"


@pytest.mark.parametrize("who", ["stranger", None])
def test_others_get_the_door(visit, people, room, who):
    page = visit(getattr(people, who) if who else None).get(f"/r/{room.code}")
    assert page.status_code == 200
    assert page.templates[0].name == "rooms/door.html"
    assert "boot" not in page.context


@pytest.mark.parametrize("who", ["stranger", None])
def test_hidden_closed_and_absent_rooms_look_the_same(visit, people, room, who):
    client = visit(getattr(people, who) if who else None)
    absent = client.get("/r/000000000000")
    Room.objects.update(visibility="private")
    hidden = client.get(f"/r/{room.code}")
    Room.objects.update(visibility="public", closed_at=clock.now())
    closed = client.get(f"/r/{room.code}")
    assert {each.status_code for each in (absent, hidden, closed)} == {404}
    assert len({_plain(each) for each in (absent, hidden, closed)}) == 1


def _plain(response):
    """A page without its own address and what is new in every answer."""
    again = rf'nonce="[^"]+"|csrf-token" content="[^"]+"|{response.request["PATH_INFO"]}'
    return re.sub(again, "", response.content.decode())


def test_a_link_leads_to_its_door(visit, link, room):
    page = visit().get(f"/i/{link.token}")
    assert page.status_code == 200
    assert page.context["invite"] == {"token": link.token, "role": "member"}
    assert page.context["door"]["code"] == room.code


def test_whoever_is_in_goes_straight_to_the_room(visit, link, people, room):
    assert visit(people.member).get(f"/i/{link.token}")["Location"] == f"/r/{room.code}"


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"revoked_at": clock.now()}, 410, "invite_revoked"),
        ({"expires_at": clock.now()}, 410, "invite_expired"),
        ({"max_uses": 1, "uses": 1}, 410, "invite_used_up"),
    ],
)
def test_a_dead_link_says_what_is_wrong(visit, link, changes, status, code):
    type(link).objects.update(**changes)
    page = visit().get(f"/i/{link.token}")
    assert page.status_code == status
    assert page.context["problem"]["code"] == code
    assert page.context["problem"]["message"]


def test_an_unknown_link_is_404_and_guessing_is_counted(visit):
    client = visit()
    codes = [client.get(f"/i/guess{number}").status_code for number in range(11)]
    assert codes == [404] * 10 + [429]


def test_no_page_of_a_room_is_kept_by_a_cache(visit, people, room):
    assert visit(people.member).get(f"/r/{room.code}")["Cache-Control"] == "no-store"
