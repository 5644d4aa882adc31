"""Public rooms: who is listed, found by which words, at what cost; as API and as a page"""

from unittest.mock import patch

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import sessions
from accounts.models import User
from rooms import services, store
from rooms.models import Room
from syncwatch.lib import clock, redis


@pytest.fixture
def opened(people):
    """`opened("Noir", host="Lena", film="The Lock", **fields)`: a public room."""

    def make(name, *, host="", film="", **fields):
        owner = User.objects.create_guest(host) if host else people.owner
        given = {"visibility": "public", **fields}
        room = services.room_create(owner=owner, name=name, **given)
        if film:
            now_playing = {"item_id": "1", "title": film, "video_id": None}
            services.now_playing_set(room_id=str(room.pk), now_playing=now_playing)
        return room

    return make


@pytest.fixture
def found(api, people):
    def names(words="", who="stranger"):
        answer = api(getattr(people, who)).get("/api/rooms/", {"public": "1", "q": words})
        assert answer.status_code == 200, answer.content
        return [row["name"] for row in answer.json()["results"]]

    return names


@pytest.fixture
def visit(people):
    def get(path="/rooms", user=people.stranger):
        client = Client()
        if user is not None:
            client.cookies["access"] = sessions.session_open(user=user, agent="test").access
        return client.get(path)

    return get


def test_a_row_says_who_hosts_how_many_are_there_and_what_is_on(api, people, opened):
    room = opened("Noir on Thursdays", film="The Lock")
    redis.sync().zadd(f"{{room:{room.code}}}:present", {"a": 1, "b": 2})
    (row,) = api(people.stranger).get("/api/rooms/?public=1").json()["results"]
    assert (row["host"]["display_name"], row["head_count"]) == ("Mara", 2)
    assert (row["title"], row["code"]) == ("The Lock", room.code)


@pytest.mark.parametrize("visibility", ["private", "unlisted"])
def test_other_rooms_are_never_there_whatever_is_asked(opened, found, visibility):
    opened("Noir on Thursdays", film="The Lock", visibility=visibility)
    for who in ("owner", "stranger", "guest"):
        assert found("", who) == found("noir", who) == found("lock", who) == []


def test_closed_rooms_are_gone(opened, found):
    opened("Noir")
    Room.objects.update(closed_at=clock.now())
    assert found() == []


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("noir", ["Noir on Thursdays"]),
        ("NOIR thurs", ["Noir on Thursdays"]),
        ("lena", ["Slow Cinema"]),
        ("lock", ["Noir on Thursdays"]),
        ("noir lena", []),
        ("zebra", []),
        ("   ", ["Slow Cinema", "Noir on Thursdays"]),
        ("%", []),
        ("_", []),
        ("\x00", ["Slow Cinema", "Noir on Thursdays"]),
        ("\u202e", ["Slow Cinema", "Noir on Thursdays"]),
    ],
)
def test_every_word_must_be_found_somewhere(opened, found, words, names):
    opened("Noir on Thursdays", film="The Lock")
    opened("Slow Cinema", host="Lena")
    assert found(words) == names


def test_behind_a_password_nobody_sees_or_finds_what_is_on(api, people, opened, found):
    room = opened("Locked", film="The Lock", password="carrot")
    (row,) = api(people.stranger).get("/api/rooms/?public=1").json()["results"]
    assert (row["locked"], row["title"]) == (True, None)
    assert found("lock") == [room.name], "by its name"
    Room.objects.update(name="Shut")
    assert found("lock") == []


def test_it_is_for_the_signed_in(api, refusal, opened, visit):
    opened("Noir")
    assert refusal(api().get("/api/rooms/?public=1")) == (401, "not_signed_in")
    assert visit(user=None)["Location"] == "/login?next=/rooms"


def test_too_many_words_are_refused(api, people, refusal):
    answer = api(people.stranger).get("/api/rooms/", {"public": "1", "q": "x" * 81})
    assert refusal(answer) == (400, "invalid")
    assert answer.json()["error"]["fields"]["q"]


def test_my_own_are_found_by_words_too(api, people, room):
    mine = api(people.member)
    assert len(mine.get("/api/rooms/?q=rabbit").json()["results"]) == 1
    assert mine.get("/api/rooms/?q=zebra").json()["results"] == []


def test_pages_follow_each_other_without_gap_or_repeat(api, people, opened):
    for number in range(7):
        opened(f"Room {number}")
    client, seen, path = api(people.stranger), [], "/api/rooms/?public=1&q=room&limit=3"
    while path:
        page = client.get(path).json()
        seen += [row["name"] for row in page["results"]]
        path = page["next"]
    assert seen == [f"Room {number}" for number in reversed(range(7))]


def test_many_rooms_cost_what_one_costs(api, people, opened):
    def cost():
        client = api(people.stranger)
        with (
            CaptureQueriesContext(connection) as queries,
            patch.object(store, "head_counts_sync", wraps=store.head_counts_sync) as looks,
        ):
            client.get("/api/rooms/?public=1&q=room")
        return len(queries), looks.call_count

    opened("Room 1", host="Lena")
    before = cost()
    for number in range(9):
        opened(f"Room {number}", host=f"Host {number}")
    assert cost() == before
    assert before[1] == 1, "one look at Redis"


# --- the page ------------------------------------------------------------------------------


def test_the_page_shows_what_the_api_lists(opened, visit):
    room = opened("Noir <b>", film="The Lock")
    page = visit()
    text = page.content.decode()
    assert page.status_code == 200
    assert "Noir &lt;b&gt;" in text
    assert "The Lock" in text
    assert f'href="/r/{room.code}"' in text
    assert page["Cache-Control"] == "no-store"


def test_the_page_finds_and_says_where_it_found_nothing(opened, visit):
    opened("Noir")
    assert "Noir" in visit("/rooms?q=noir").content.decode()
    text = visit("/rooms?q=%3Cscript%3E").content.decode()
    assert "Nothing goes by “&lt;script&gt;”" in text


def test_the_page_says_where_there_is_nothing_at_all(visit):
    assert "No public room just now" in visit().content.decode()


@pytest.mark.parametrize("query", ["cursor=none", "cursor=%00", "q=" + "x" * 500, "q=%00", "q=%FF"])
def test_no_address_breaks_the_page(opened, visit, query):
    opened("Noir")
    assert visit(f"/rooms?{query}").status_code == 200


def test_the_page_leads_on_to_more(opened, visit):
    for number in range(51):
        opened(f"Room {number}")
    page = visit("/rooms?q=room")
    more = page.context["more"]
    assert "q=room" in more
    rest = visit(f"/rooms?{more}")
    assert [row["name"] for row in rest.context["rooms"]] == ["Room 0"]
    assert rest.context["more"] == ""
