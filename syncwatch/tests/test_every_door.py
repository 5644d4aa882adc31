"""Every address of the API there is, also those of tomorrow: who has no name, and who may not see
the room, gets no further and learns nothing.
"""

import json

import pytest

from rooms.models import Room
from syncwatch import urls

VERBS = ("get", "post", "put", "patch", "delete")
ABSENT = "zzzzzzzzzzzz"
SOME_ID = "01890000-0000-7000-8000-000000000001"
# Whoever comes to sign in has no name yet, and a link is looked at before one says who one is.
OPEN = {
    ("post", "auth/register/"), ("post", "auth/guest/"), ("post", "auth/login/"),
    ("post", "auth/refresh/"), ("get", "invites/<str:token>/"), ("get", "schema/"),
}  # fmt: skip


def doors(patterns, above=""):
    """(verb, pattern) of every view of the API."""
    for one in patterns:
        path = above + str(one.pattern)
        if hasattr(one, "url_patterns"):
            yield from doors(one.url_patterns, path)
        elif view := getattr(one.callback, "view_class", None):
            yield from ((verb, path) for verb in VERBS if hasattr(view, verb))


DOORS = sorted(set(doors(urls.api)) - {("get", "docs/")})
OF_A_ROOM = [door for door in DOORS if "<str:code>" in door[1]]


def named(door):
    return f"{door[0].upper()} {door[1]}"


def knock(client, door, code=ABSENT):
    verb, path = door
    parts = [SOME_ID if part.startswith("<") else part for part in
             path.replace("<str:code>", code).split("/")]  # fmt: skip
    address = "/api/" + "/".join(parts)
    return client.generic(verb.upper(), address, json.dumps({}), content_type="application/json")


@pytest.fixture(autouse=True)
def _patient(settings):
    settings.RATE_LIMIT_FACTOR = 1_000


@pytest.mark.django_db
@pytest.mark.parametrize("door", sorted(set(DOORS) - OPEN), ids=named)
def test_nobody_without_a_name_gets_in(api, room, door):
    answer = knock(api(), door, room.code)
    assert answer.status_code == 401, answer.content
    assert answer.json()["error"]["message"]


@pytest.mark.django_db
@pytest.mark.parametrize("door", OF_A_ROOM, ids=named)
def test_a_room_one_may_not_see_answers_as_one_that_is_not_there(api, people, room, door):
    Room.objects.update(visibility="private")
    client = api(people.stranger)
    hidden, absent = knock(client, door, room.code), knock(client, door)
    assert (hidden.status_code, hidden.json()) == (absent.status_code, absent.json())
    assert 400 <= hidden.status_code < 500


def test_open_doors_are_doors():
    assert set(DOORS) > OPEN
