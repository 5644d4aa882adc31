"""What was said to a film, in the order of the film: pages and windows, for members only."""

import uuid

import pytest

from chat import moments, services
from chat.models import Kind, Message
from rooms.models import Room

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(room):
    """An item that is on."""
    item_id = str(uuid.uuid4())
    Room.objects.filter(pk=room.pk).update(now_playing={"item_id": item_id})
    return item_id


@pytest.fixture
def read(api, room, people, item):
    def get(query="", by=people.member, item_id=None):
        return api(by).get(f"/api/rooms/{room.code}/items/{item_id or item}/messages/{query}")

    return get


def bodies(answer):
    return [message["body"] for message in answer.json()["results"]]


def test_it_is_in_the_order_of_the_film_not_of_the_evening(read, say, item):
    for words, at in (("end", 90.5), ("start", 1), ("middle", 40), ("middle too", 40)):
        say(words, media_time_s=at)
    say("to no film")
    answer = read()
    assert bodies(answer) == ["start", "middle", "middle too", "end"]
    first = answer.json()["results"][0]
    assert (first["item_id"], first["media_time"]) == (item, 1)
    assert answer.json()["next"] is None


def test_a_window_holds_its_first_moment_and_not_its_last(read, say):
    for at in range(5):
        say(f"at {at}", media_time_s=at)
    assert bodies(read("?from=1&to=3")) == ["at 1", "at 2"]
    assert bodies(read("?from=4")) == ["at 4"]
    assert bodies(read("?to=1")) == ["at 0"]


def test_pages_lead_on_through_a_moment_that_many_share(read, say, monkeypatch):
    monkeypatch.setattr(moments, "PAGE", 3)
    for number in range(7):
        say(f"m{number}", media_time_s=0.1 if number < 5 else 0.7)
    pages, address = [], "?from=0&to=9"
    while address:
        answer = read(address)
        pages.append(bodies(answer))
        address = (answer.json()["next"] or "").partition("/messages/")[2]
    assert pages == [["m0", "m1", "m2"], ["m3", "m4", "m5"], ["m6"]]


def test_other_films_what_was_taken_back_and_what_happened_are_left_out(read, say, room, people):
    gone = say("gone", media_time_s=2)
    services.message_delete(message=gone, by=str(people.owner.id))
    Message.objects.create(
        room=room, author=people.owner, kind=Kind.SYSTEM, body="paused", nonce="s",
        item_id=gone.item_id, media_time_s=3, rank=1, seq=1, deed={"name": "pause"},
    )  # fmt: skip
    say("here", media_time_s=4)
    assert bodies(read()) == ["here"]
    assert bodies(read(item_id=str(uuid.uuid4()))) == []


def test_it_is_for_members(read, api, room, people, item):
    address = f"/api/rooms/{room.code}/items/{item}/messages/"
    assert api().get(address).status_code == 401
    assert read(by=people.stranger).json()["error"]["code"] == "not_a_member"
    assert read(by=people.guest).status_code == 200


@pytest.mark.parametrize(
    "query",
    ["?from=-1", "?to=nan", "?from=x", "?cursor=1", "?cursor=1:inf", "?cursor=x:1", "?cursor=-1:2",
     f"?cursor={2**63}:1", "?before=1", "?to=1e99"],
)  # fmt: skip
def test_malformed_ones_are_refused(read, query):
    answer = read(query)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid")


def test_an_item_that_is_no_id_is_not_found(read):
    assert read(item_id="nonsense").status_code == 404


def test_it_costs_the_same_whatever_its_length(read, say, people, django_assert_max_num_queries):
    for number in range(20):
        say(f"m{number}", by=[people.owner, people.member][number % 2], media_time_s=number)
    with django_assert_max_num_queries(9):
        assert len(bodies(read())) == 20
