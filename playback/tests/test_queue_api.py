"""The API of a room's queue: who may, and the list that comes back."""

import json

import pytest

from playback.models import QueueItem
from playback.tests.queue_fixtures import LISTED, NOWHERE, titles
from rooms import memberships, policy
from rooms.access import place_in


@pytest.fixture
def knock(queue, item):
    """Asks at a door of the item's list; `at` and `about` put another list or item there."""

    def ask(client, door, at=queue, about=str(item.id)):
        method, below, body, _ = json.loads(json.dumps(door).replace("{item}", about))
        return getattr(client, method)(at + below, body, format="json")

    return ask


# --- who may -------------------------------------------------------------------------------

POSTS_THAT_CHANGE = [("post", ""), ("post", "reorder/"), ("post", "{item}/restore/")]
# method, path below the queue, body, what a member gets
DOORS = [
    ("get", "", None, 200),
    ("post", "", {"url": "https://films.example.org/a.mp4"}, 201),
    ("patch", "{item}/", {"title": "Other"}, 200),
    ("delete", "{item}/", None, 204),
    ("post", "reorder/", {"item_id": "{item}", "before": None}, 204),
    ("post", "reorder/", {"items": ["{item}"]}, 204),
    ("post", "{item}/restore/", {}, 200),
    ("post", "{item}/vote/", {}, 200),
    ("post", "{item}/play/", {}, 200),
]


@pytest.mark.parametrize("door", DOORS, ids=lambda door: f"{door[0]} {door[1]}{door[2] or ''}")
class TestEveryDoor:
    @pytest.mark.parametrize("who", ["owner", "member", "guest"])
    def test_it_opens_for_people_in_the_room(self, api, people, knock, door, who):
        assert knock(api(getattr(people, who)), door).status_code == door[3]

    def test_it_asks_a_stranger_to_join(self, api, people, knock, door):
        answer = knock(api(people.stranger), door)
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "not_a_member")

    def test_a_private_room_looks_absent(self, api, people, room, knock, door):
        room.visibility = "private"
        room.save()
        answer = knock(api(people.stranger), door)
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")

    def test_staff_are_strangers_too(self, api, people, knock, door):
        people.stranger.is_staff = True
        people.stranger.save()
        assert knock(api(people.stranger), door).status_code == 403

    def test_it_closes_behind_who_was_sent_out(self, api, people, room, knock, door):
        client = api(people.member)
        memberships.member_kick(
            actor=place_in(people.owner, room.code).membership,
            target=place_in(people.member, room.code).membership,
        )
        assert knock(client, door).status_code == 403

    def test_it_asks_a_visitor_to_sign_in(self, api, knock, door):
        assert knock(api(), door).status_code == 401

    def test_a_room_that_does_not_exist_is_not_found(self, api, people, knock, door):
        path = "/api/rooms/zzzzzzzzzzzz/queue/"
        assert knock(api(people.owner), door, at=path).status_code == 404


@pytest.mark.parametrize("door", [door for door in DOORS if "{item}" in door[1]])
@pytest.mark.parametrize("wrong", [NOWHERE, "x"])
def test_an_item_that_does_not_exist_is_not_found(api, people, knock, door, wrong):
    answer = knock(api(people.owner), door, about=wrong)
    assert answer.status_code == 404


@pytest.mark.parametrize("door", [door for door in DOORS if "{item}" in door[1]])
def test_an_item_of_another_room_is_not_found(api, people, knock, door):
    from rooms import services

    other = services.room_create(owner=people.owner, name="Other")
    path = f"/api/rooms/{other.code}/queue/"
    assert knock(api(people.owner), door, at=path).status_code == 404
    assert QueueItem.objects.count() == 1


@pytest.mark.parametrize("door", DOORS, ids=lambda door: f"{door[0]} {door[1]}{door[2] or ''}")
def test_changing_the_list_asks_for_the_right_to(api, people, knock, door, monkeypatch):
    monkeypatch.setitem(policy.ROLES, "guest", frozenset())
    changes = door[0] in ("patch", "delete") or (door[0], door[1]) in POSTS_THAT_CHANGE
    answer = knock(api(people.guest), door)
    assert answer.status_code == (403 if changes else door[3])
    if changes:
        assert answer.json()["error"]["code"] == "no_queue"


# --- the list ------------------------------------------------------------------------------


def test_the_list_is_in_order_with_exactly_the_promised_fields(
    api, people, queue, film, put_on_list
):
    put_on_list(film("A"), film("B", state="processing", progress=7, available_until=9.0))
    page = api(people.guest).get(queue).json()
    assert [each["title"] for each in page["results"]] == ["A", "B"]
    assert page["next"] is None
    assert all(set(each) == LISTED for each in page["results"])
    second = page["results"][1]
    assert second["video"] == {
        "state": "processing", "progress": 7, "playable": True, "available_until": 9.0,
    }  # fmt: skip
    assert (second["source"], second["url"], second["votes"]) == ("video", None, 0)
    assert second["added_by"] == str(people.owner.pk)


def test_the_list_tells_the_workers_latest_numbers(api, people, queue, film, put_on_list):
    from videos import store as films

    working = film("A", state="processing", progress=7, available_until=9.0)
    put_on_list(working)
    films.live_set(working.pk, {"progress": 50, "available_until": 300.0})
    told = api(people.guest).get(queue).json()["results"][0]["video"]
    assert (told["progress"], told["available_until"]) == (50, 300.0)


def test_a_long_list_comes_in_pages(member, queue, film, put_on_list):
    put_on_list(*(film(str(number)) for number in range(3)))
    client = member
    page = client.get(f"{queue}?limit=2").json()
    rest = client.get(page["next"]).json()
    assert [each["title"] for each in page["results"] + rest["results"]] == ["0", "1", "2"]


def test_a_long_list_costs_no_more_queries(
    member, queue, film, put_on_list, django_assert_max_num_queries
):
    client = member
    put_on_list(*(film(str(number)) for number in range(6)))
    with django_assert_max_num_queries(5):  # session, room, membership, items, wishes
        assert len(client.get(queue).json()["results"]) == 6


def test_a_deleted_film_leaves_the_list(api, people, queue, item, committed):
    client = api(people.owner)
    with committed():
        client.delete(f"/api/videos/{item.video_id}/")
    assert titles(client, queue) == []
