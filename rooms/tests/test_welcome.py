"""A word for whoever comes in for the first time: set, shown once, read"""

import pytest
from django.test import Client

from accounts import sessions
from rooms import memberships
from rooms.models import Membership, Room


@pytest.fixture
def change(api, room):
    return lambda user, **body: api(user).patch(f"/api/rooms/{room.code}/", body, format="json")


@pytest.fixture
def shown(room):
    """`shown(user)`: what the room's page greets them with."""

    def welcome(user):
        client = Client()
        client.cookies["access"] = sessions.session_open(user=user, agent="test").access
        return client.get(f"/r/{room.code}").context["boot"]["welcome"]

    return welcome


@pytest.fixture
def newcomer(people, room):
    def come():
        memberships.place_take(user=people.stranger, room=room, role="guest")
        return people.stranger

    return come


def test_who_comes_after_it_was_written_reads_it(change, shown, newcomer, people):
    words = "Be kind.\nNo spoilers <b>please</b>"
    assert change(people.owner, welcome=words).json()["welcome"] == words
    assert shown(newcomer()) == words


@pytest.mark.parametrize("who", ["owner", "member", "guest"])
def test_who_was_there_before_does_not(change, shown, people, who):
    change(people.owner, welcome="Hello")
    assert shown(getattr(people, who)) == ""


def test_once_read_it_is_not_shown_again(api, change, shown, newcomer, people, room):
    change(people.owner, welcome="Hello")
    ana = newcomer()
    for _ in range(2):
        assert api(ana).post(f"/api/rooms/{room.code}/welcome/").status_code == 204
    assert shown(ana) == ""
    memberships.room_leave(membership=Membership.objects.get(room=room, user=ana))
    newcomer()
    assert shown(ana) == "", "who comes back knows it"


def test_a_new_word_is_for_those_who_come(change, shown, newcomer, people):
    change(people.owner, welcome="Hello")
    ana = newcomer()
    change(people.owner, name="Other", welcome="Hello")
    assert shown(ana) == "Hello", "the same word again changes nothing"
    change(people.owner, welcome="")
    assert shown(ana) == ""


@pytest.mark.parametrize("welcome", ["x" * 501, None, 7, ["a"]])
def test_nonsense_is_refused(change, people, room, refusal, welcome):
    if welcome == 7:  # a number is text to the API's text fields, as everywhere
        assert change(people.owner, welcome=welcome).json()["welcome"] == "7"
    else:
        assert refusal(change(people.owner, welcome=welcome)) == (400, "invalid")
        assert Room.objects.get().welcome == ""


def test_hidden_marks_are_dropped(change, people):
    assert change(people.owner, welcome="  a\u202eb\u200b\r\nc ").json()["welcome"] == "ab\nc"


def test_only_who_changes_the_room_writes_it(change, people, refusal):
    assert refusal(change(people.member, welcome="x")) == (403, "no_settings")
    assert refusal(change(None, welcome="x")) == (401, "not_signed_in")
