"""`GET /api/rooms/{code}/voice/ice/`"""

import base64
import hashlib
import hmac

import pytest

SECRET = "between us and the relay"


@pytest.fixture
def _relay(settings):
    settings.STUN_URLS = ["stun:stun.example.org:3478"]
    settings.TURN_URLS = ["turn:turn.example.org:3478"]
    settings.TURN_SECRET = SECRET


def ask(client, room):
    return client.get(f"/api/rooms/{room.code}/voice/ice/")


@pytest.mark.usefixtures("_relay")
def test_it_gives_each_person_credentials_that_the_relay_can_check(api, people, room, frozen_clock):
    answer = ask(api(people.guest), room)
    stun, turn = answer.json()["iceServers"]
    assert stun == {"urls": ["stun:stun.example.org:3478"]}
    ends, _, who = turn["username"].partition(":")
    assert who == str(people.guest.pk)
    assert int(ends) == 1_800_000_000 + answer.json()["ttl"]
    wanted = hmac.digest(SECRET.encode(), turn["username"].encode(), hashlib.sha1)
    assert base64.b64decode(turn["credential"]) == wanted
    assert answer["Cache-Control"] == "no-store"


def test_it_gives_no_servers_where_none_are_set(api, people, room):
    assert ask(api(people.member), room).json()["iceServers"] == []


def test_it_asks_to_sign_in(api, room):
    assert ask(api(), room).status_code == 401


def test_it_is_for_members_only(api, people, room):
    answer = ask(api(people.stranger), room)
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "not_a_member")


def test_it_does_not_know_a_room_that_is_not_there(api, people):
    missing = api(people.member).get("/api/rooms/0000aaaabbbb/voice/ice/")
    assert missing.status_code == 404
