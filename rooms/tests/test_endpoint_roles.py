"""Every endpoint of the room API for every role: who may, who may not, who sees nothing"""

import datetime
import json

import pytest

from accounts.models import User
from rooms import invites
from rooms.api import urls
from rooms.evenings.models import Evening
from rooms.models import Membership, Room
from rooms.places.models import Knock
from syncwatch.lib import clock

ROLES = ("owner", "moderator", "member", "guest", "stranger", "nobody")
# verb, address, body → what each role gets, in the order of ROLES
MATRIX = {
    ("GET", "rooms/", None): (200, 200, 200, 200, 200, 401),
    ("POST", "rooms/", (("name", "Mine"),)): (201, 201, 201, 201, 201, 401),
    ("GET", "rooms/{code}/", None): (200, 200, 200, 200, 200, 401),
    ("PATCH", "rooms/{code}/", (("name", "New"),)): (200, 403, 403, 403, 403, 401),
    ("DELETE", "rooms/{code}/", None): (204, 403, 403, 403, 403, 401),
    ("POST", "rooms/{code}/join/", ()): (200, 200, 200, 200, 200, 401),
    ("POST", "rooms/{code}/leave/", None): (409, 204, 204, 204, 403, 401),
    ("GET", "rooms/{code}/members/", None): (200, 200, 200, 200, 403, 401),
    ("PATCH", "rooms/{code}/members/{target}/", (("role", "member"),)):
        (200, 200, 403, 403, 403, 401),
    ("DELETE", "rooms/{code}/members/{target}/", None): (204, 204, 403, 403, 403, 401),
    ("POST", "rooms/{code}/members/{target}/ban/", ()): (201, 201, 403, 403, 403, 401),
    ("GET", "rooms/{code}/bans/", None): (200, 200, 403, 403, 403, 401),
    ("DELETE", "rooms/{code}/bans/{target}/", None): (404, 404, 403, 403, 403, 401),
    ("GET", "rooms/{code}/moderation/", None): (200, 200, 403, 403, 403, 401),
    ("GET", "rooms/{code}/knocks/", None): (200, 200, 403, 403, 403, 401),
    # Nobody has to ask at an open door; test_knocks.py has the others.
    ("POST", "rooms/{code}/knocks/", None): (200, 200, 200, 200, 409, 401),
    ("GET", "rooms/{code}/knocks/mine/", None): (200, 200, 200, 200, 200, 401),
    ("DELETE", "rooms/{code}/knocks/mine/", None): (204, 204, 204, 204, 204, 401),
    ("POST", "rooms/{code}/knocks/{knock}/admit/", None): (204, 204, 403, 403, 403, 401),
    ("POST", "rooms/{code}/knocks/{knock}/decline/", None): (204, 204, 403, 403, 403, 401),
    ("PUT", "rooms/{code}/address/", (("address", "sunday-rabbits"),)):
        (200, 403, 403, 403, 403, 401),
    ("DELETE", "rooms/{code}/address/", None): (204, 403, 403, 403, 403, 401),
    # An open room has no archive; test_archive.py has those that are closed.
    ("GET", "rooms/{code}/archive/", None): (404, 404, 404, 404, 404, 401),
    ("DELETE", "rooms/{code}/archive/", (("name", "Sunday Rabbit Club"),)):
        (404, 404, 404, 404, 404, 401),
    ("POST", "rooms/{code}/reopen/", None): (200, 403, 403, 403, 403, 401),
    ("POST", "rooms/{code}/welcome/", None): (204, 204, 204, 204, 403, 401),
    ("GET", "rooms/{code}/evening/", None): (200, 200, 200, 200, 403, 401),
    ("PUT", "rooms/{code}/evening/", (("starts_at", "{soon}"),)): (200, 403, 403, 403, 403, 401),
    ("DELETE", "rooms/{code}/evening/", None): (204, 403, 403, 403, 403, 401),
    ("PUT", "rooms/{code}/evening/answer/", (("answer", "yes"),)): (200, 200, 200, 200, 403, 401),
    ("GET", "evenings/", None): (200, 200, 200, 200, 200, 401),
    # There is no film here; playback's test_evenings.py has those that begin.
    ("POST", "rooms/{code}/evening/start/", None): (409, 403, 403, 403, 403, 401),
    ("POST", "rooms/{code}/evening/later/", None): (200, 403, 403, 403, 403, 401),
    ("GET", "rooms/{code}/evening.ics", None): (200, 200, 200, 200, 403, 401),
    ("POST", "rooms/{code}/transfer/", (("user_id", "{target}"),)):
        (200, 403, 403, 403, 403, 401),
    ("GET", "rooms/{code}/invites/", None): (200, 200, 200, 403, 403, 401),
    ("POST", "rooms/{code}/invites/", ()): (201, 201, 201, 403, 403, 401),
    # Zoe is nobody's friend here; test_friend_invites.py has those who are.
    ("POST", "rooms/{code}/invites/people/", (("user_id", "{target}"),)):
        (403, 403, 403, 403, 403, 401),
    ("DELETE", "rooms/{code}/invites/{invite}/", None): (204, 204, 403, 403, 403, 401),
    ("GET", "invites/{token}/", None): (200, 200, 200, 200, 200, 200),
    ("POST", "invites/{token}/accept/", None): (200, 200, 200, 200, 200, 401),
}  # fmt: skip
# What strangers still get where the room is private: the link itself is the key to its door.
OPEN_TO_STRANGERS = {"rooms/", "evenings/", "invites/{token}/", "invites/{token}/accept/"}


@pytest.fixture
def ask(api, cast, room):
    """`ask(role, row)`: the response to one row of the matrix."""
    owner = Membership.objects.select_related("user").get(room=room, role="owner")
    invite = invites.invite_create(room=room, by=owner)
    knock = Knock.objects.create(room=room, user=User.objects.create_guest("Noor"))
    soon = clock.now() + datetime.timedelta(minutes=20)
    Evening.objects.create(room=room, starts_at=soon, planned_by=owner.user)
    names = {
        "code": room.code, "target": cast["target"].id, "invite": invite.id, "token": invite.token,
        "knock": knock.id, "soon": (soon + datetime.timedelta(minutes=5)).isoformat(),
    }  # fmt: skip

    def send(role, row):
        verb, path, body = row
        filled = {name: value.format(**names) for name, value in body or ()}
        return api(cast[role]).generic(
            verb,
            f"/api/{path.format(**names)}",
            json.dumps(filled),
            content_type="application/json",
        )

    return send


@pytest.mark.parametrize("row", MATRIX, ids=lambda row: f"{row[0]} {row[1]}")
@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_what_the_table_says(ask, role, row):
    response = ask(role, row)
    assert response.status_code == MATRIX[row][ROLES.index(role)], response.content
    if response.status_code >= 400:
        assert set(response.json()["error"]) >= {"code", "message"}


@pytest.mark.parametrize("row", MATRIX, ids=lambda row: f"{row[0]} {row[1]}")
def test_a_private_room_is_absent_for_a_stranger(ask, row):
    Room.objects.update(visibility="private")
    expected = MATRIX[row][ROLES.index("stranger")] if row[1] in OPEN_TO_STRANGERS else 404
    assert ask("stranger", row).status_code == expected


@pytest.mark.parametrize(
    "row", [row for row in MATRIX if "{code}" in row[1]], ids=lambda row: f"{row[0]} {row[1]}"
)
def test_a_closed_room_is_absent_even_for_its_owner(ask, room, row):
    Room.objects.update(closed_at=clock.now())
    assert ask("owner", row).status_code == 404


def test_the_table_names_every_endpoint_there_is():
    listed = {(verb, path) for verb, path, _ in MATRIX}
    for pattern in urls.urlpatterns:
        path = str(pattern.pattern).replace("<str:", "{").replace(">", "}")
        path = path.replace("{user_id}", "{target}").replace("{invite_id}", "{invite}")
        path = path.replace("{knock_id}", "{knock}")
        view = pattern.callback.view_class
        for verb in ("get", "post", "put", "patch", "delete"):
            if hasattr(view, verb):
                assert (verb.upper(), path) in listed
