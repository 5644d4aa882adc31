"""At the door and asked to an evening: how one stands to the room and its host decides"""

import datetime
import json

import pytest

from accounts import friends, suspension
from accounts.models import User
from rooms import bans, friend_invites, memberships
from rooms.access import place_in
from rooms.api import urls
from rooms.evenings.models import Evening, EveningAnswer
from rooms.models import Room
from rooms.places import knocks
from rooms.places.models import Knock
from syncwatch.lib import clock
from syncwatch.tests.outcomes import outcome, undone

pytestmark = pytest.mark.django_db

# `declined` asked and was not let in; `invited` by name, as were `blocked`, whom the host blocked
# since, `blocker`, who blocked her, and `banned`; `apart` moderates and blocked who is `waiting`.
OUTSIDE = (
    "guest", "stranger", "waiting", "declined", "invited", "blocked", "blocker", "banned",
    "sent_out",
)  # fmt: skip
INSIDE = ("member", "moderator", "apart", "owner")
WHO = ("nobody", *OUTSIDE, *INSIDE, "suspended")
UNKNOWN = "01890000-0000-7000-8000-000000000000"
GONE, OUT, DOOR = "not_found", "not_signed_in", "not_a_member"


def who(outside, inside, **others):
    """What each gets: the same for those outside and for those inside, but for some."""
    shut = dict.fromkeys(("nobody", "suspended"), OUT)
    return dict.fromkeys(OUTSIDE, outside) | dict.fromkeys(INSIDE, inside) | shut | others


KNOCK, ANSWER = "rooms/{code}/knocks/{knock}/", "rooms/{code}/evening/answer/"
KEEPERS = who(DOOR, 204, member="no_moderate", apart=GONE)
EVENING = who(DOOR, 200, banned="banned")
# verb, address, body → what each gets: a status, or the code of a refusal
MATRIX = {
    ("GET", "rooms/{code}/", ()): who(200, 200),
    ("POST", "rooms/{code}/join/", ()):
        who("ask_first", 200, banned="banned", sent_out="removed"),
    ("POST", "rooms/{code}/knocks/", ()):
        who(201, 200, waiting=200, declined="not_now", banned="banned", sent_out="removed"),
    ("GET", "rooms/{code}/knocks/mine/", ()): who(200, 200),
    ("DELETE", "rooms/{code}/knocks/mine/", ()): who(204, 204),
    ("GET", "rooms/{code}/knocks/", ()): who(DOOR, 200, member="no_moderate"),
    ("POST", f"{KNOCK}admit/", ()): KEEPERS,
    ("POST", f"{KNOCK}decline/", ()): KEEPERS,
    ("GET", "rooms/{code}/evening/", ()): EVENING,
    ("GET", "rooms/{code}/evening.ics", ()): EVENING,
    ("PUT", ANSWER, (("answer", "yes"),)): EVENING | {"invited": 200},
    ("GET", "evenings/", ()): who(200, 200),
}  # fmt: skip
# Where the room has no door, it is absent to all of them but to whom it invited by name.
HIDDEN = dict.fromkeys(OUTSIDE, GONE)
NOT_HIDDEN = {("PUT", ANSWER): {"invited": 200, "banned": "banned"}}
STANDS = {"waiting": "waiting", "declined": "declined"} | dict.fromkeys(INSIDE, "inside")
# Who says it twice, and what they get.
TWICE = {
    ("POST", "rooms/{code}/knocks/", ()): ("stranger", 201, 200),
    ("DELETE", "rooms/{code}/knocks/mine/", ()): ("waiting", 204, 204),
    ("POST", f"{KNOCK}admit/", ()): ("moderator", 204, 204),
    ("POST", f"{KNOCK}decline/", ()): ("moderator", 204, 204),
    ("PUT", ANSWER, (("answer", "yes"),)): ("invited", 200, 200),
}
BROKEN = {
    "no such ask": ("POST", "rooms/{code}/knocks/x/admit/", (), GONE),
    "an unknown ask": ("POST", f"rooms/{{code}}/knocks/{UNKNOWN}/decline/", (), GONE),
    "no answer": ("PUT", ANSWER, (), "invalid"),
    "another answer": ("PUT", ANSWER, (("answer", "perhaps"),), "invalid"),
    "more than an answer": ("PUT", ANSWER, (("answer", "yes"), ("for", "ana")), "invalid"),
}


def named(row):
    return f"{row[0]} {row[1]}"


@pytest.fixture
def cast(people, room):
    """Everybody of WHO, and what is between them, the room and Mara."""
    Room.objects.update(visibility="private", knocks=True)
    room.refresh_from_db()
    made = {each: User.objects.create_user(each, "x") for each in WHO[2:] if each != "owner"}
    made |= {"guest": User.objects.create_guest("Gustav"), "owner": people.owner}
    for each in ("member", "moderator", "apart", "sent_out"):
        role = "member" if each in {"member", "sent_out"} else "moderator"
        memberships.place_take(user=made[each], room=room, role=role)
    place = place_in(people.owner, room.code)
    for each in ("invited", "blocked", "blocker", "banned"):
        friends.friend_ask(user=made[each], other=people.owner)
        friends.friend_accept(user=people.owner, other=made[each])
        friend_invites.friend_invite(place=place, friend=made[each])
    friends.block_add(user=people.owner, other=made["blocked"])
    friends.block_add(user=made["blocker"], other=people.owner)
    friends.block_add(user=made["apart"], other=made["waiting"])
    bans.member_ban(actor=place.membership, user=made["banned"])
    gone = place_in(made["sent_out"], room.code).membership
    memberships.member_kick(actor=place.membership, target=gone)
    return made


@pytest.fixture
def ask(api, cast, people, room, settings):
    """`ask(by, row)`: the response to one row of the table."""
    settings.RATE_LIMIT_FACTOR = 1_000
    for each in ("waiting", "declined"):
        knocks.knock_make(user=cast[each], room=room)
    place = place_in(people.owner, room.code)
    waiting = {knock.user: str(knock.pk) for knock in knocks.waiting_at(place)}
    knocks.knock_decline(place=place, knock_id=waiting[cast["declined"]])
    soon = clock.now() + datetime.timedelta(days=1)
    Evening.objects.create(room=room, starts_at=soon, planned_by=people.owner)
    callers = {each: api(cast.get(each)) for each in WHO}
    suspension.account_suspend(actor=None, user=cast["suspended"])
    names = {"code": room.code, "knock": waiting[cast["waiting"]]}

    def send(by, row):
        verb, path, body = row
        address = f"/api/{path.format(**names)}"
        return callers[by].generic(
            verb, address, json.dumps(dict(body)), content_type="application/json"
        )

    return send


@pytest.mark.parametrize("hidden", [False, True], ids=["a door", "hidden"])
def test_everybody_gets_what_the_table_says(ask, hidden):
    """One cast for all rows: to bring it together takes longer than a row."""
    Room.objects.update(knocks=not hidden)
    for row, expected in MATRIX.items():
        absent = HIDDEN | NOT_HIDDEN.get(row[:2], {}) if hidden and "{code}" in row[1] else {}
        got = {each: undone(lambda each=each, row=row: outcome(ask(each, row))) for each in WHO}
        assert got == expected | absent, named(row)


def test_each_reads_how_they_stand_at_the_door(ask):
    for each in (*OUTSIDE, *INSIDE):
        read = ask(each, ("GET", "rooms/{code}/knocks/mine/", ())).json()
        assert read["state"] == STANDS.get(each, "none"), each


def test_each_reads_of_the_evening_they_may_come_to(ask):
    read = {
        each
        for each in (*OUTSIDE, *INSIDE)
        if ask(each, ("GET", "evenings/", ())).json()["results"]
    }
    assert read == {"invited", *INSIDE}


def test_keepers_read_who_waits_but_for_whom_a_block_keeps_apart(ask):
    def waits(keeper):
        rows = ask(keeper, ("GET", "rooms/{code}/knocks/", ())).json()["results"]
        return [row["user"]["display_name"] for row in rows]

    assert waits("owner") == waits("moderator") == ["waiting"]
    assert waits("apart") == []


@pytest.mark.parametrize("row", TWICE, ids=named)
def test_said_twice_it_is_said_once(ask, row):
    by, *expected = TWICE[row]
    assert [outcome(ask(by, row)) for _ in range(2)] == expected
    assert Knock.objects.filter(user__username=by).count() <= 1
    assert EveningAnswer.objects.count() <= 1


def test_what_is_malformed_is_refused(ask):
    for what, (*row, expected) in BROKEN.items():
        assert undone(lambda row=row: outcome(ask("owner", row))) == expected, what


def test_the_table_names_every_endpoint_of_the_door_and_of_answers():
    listed = {(verb, path) for verb, path, _ in MATRIX}
    for pattern in urls.urlpatterns:
        path = str(pattern.pattern).replace("<str:", "{").replace(">", "}")
        path = path.replace("{knock_id}", "{knock}")
        if "knocks/" in path or path in {ANSWER, "evenings/"}:
            for verb in ("get", "post", "put", "patch", "delete"):
                if hasattr(pattern.callback.view_class, verb):
                    assert (verb.upper(), path) in listed
