"""The API of a room's queue: who may, what comes back, what the room is told."""

import json

import pytest

from playback import rules, selectors, store
from playback.models import QueueItem
from playback.services import QUEUE_MAX
from playback.store import NOTHING
from rooms import gateway, memberships, policy
from rooms.access import place_in
from syncwatch.lib import clock, redis

NOWHERE = "00000000-0000-0000-0000-000000000000"
ITEM = {"id", "source", "video_id", "url", "title", "duration", "added_by", "votes", "created_at",
        "video"}  # fmt: skip


@pytest.fixture
def queue(room):
    return f"/api/rooms/{room.code}/queue/"


@pytest.fixture
def item(film, put_on_list):
    return put_on_list(film())[0]


@pytest.fixture
def member(api, people):
    """Ana's client."""
    return api(people.member)


@pytest.fixture
def owner(api, people):
    """Mara's client."""
    return api(people.owner)


@pytest.fixture
def knock(queue, item):
    """Asks at a door of the item's list; `at` and `about` put another list or item there."""

    def ask(client, door, at=queue, about=str(item.id)):
        method, below, body, _ = json.loads(json.dumps(door).replace("{item}", about))
        return getattr(client, method)(at + below, body, format="json")

    return ask


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """`with committed():` what the room is told on commit is told at the end of it."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def told(room):
    recent = redis.sync().lrange(gateway.key(room.code, "recent"), 0, -1)
    return [json.loads(text) for text in recent]


def titles(client, queue):
    return [each["title"] for each in client.get(queue).json()["results"]]


# --- who may -------------------------------------------------------------------------------

POSTS_THAT_CHANGE = [("post", ""), ("post", "reorder/")]
# method, path below the queue, body, what a member gets
DOORS = [
    ("get", "", None, 200),
    ("post", "", {"url": "https://films.example.org/a.mp4"}, 201),
    ("patch", "{item}/", {"title": "Other"}, 200),
    ("delete", "{item}/", None, 204),
    ("post", "reorder/", {"item_id": "{item}", "before": None}, 204),
    ("post", "reorder/", {"items": ["{item}"]}, 204),
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
    assert all(set(each) == ITEM for each in page["results"])
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
    with django_assert_max_num_queries(4):  # session, room, membership, items
        assert len(client.get(queue).json()["results"]) == 6


def test_a_deleted_film_leaves_the_list(api, people, queue, item, committed):
    client = api(people.owner)
    with committed():
        client.delete(f"/api/videos/{item.video_id}/")
    assert titles(client, queue) == []


# --- adding --------------------------------------------------------------------------------


def test_one_adds_a_film_of_ones_own(owner, room, queue, film, committed):
    video = film("Sintel")
    with committed():
        answer = owner.post(queue, {"source": "video", "video_id": str(video.pk)}, format="json")
    assert answer.status_code == 201
    assert set(answer.json()) == ITEM
    assert (answer.json()["title"], answer.json()["duration"]) == ("Sintel", 600.0)
    event = told(room)[-1]
    assert (event["type"], event["action"], event["count"]) == ("queue:updated", "added", 1)
    assert event["by"] == str(video.owner_id)


def test_a_film_of_somebody_else_is_not_found(member, queue, film):
    answer = member.post(queue, {"video_id": str(film().pk)}, format="json")
    assert answer.status_code == 404
    assert not QueueItem.objects.exists()


@pytest.mark.parametrize(
    ("url", "source"),
    [
        ("https://films.example.org/a.mp4", "file"),
        ("https://films.example.org/a/master.m3u8?x=1", "hls"),
        ("https://youtu.be/aqz-KE-bpKQ", "youtube"),
    ],
)
def test_an_address_outside_shows_its_kind(member, queue, url, source):
    answer = member.post(queue, {"url": url}, format="json")
    assert (answer.status_code, answer.json()["source"]) == (201, source)


def test_an_item_is_put_before_another_with_a_title_of_its_own(member, queue, item):
    client = member
    body = {"url": "https://films.example.org/a.mp4", "title": "First", "before": str(item.pk)}
    assert client.post(queue, body, format="json").status_code == 201
    assert titles(client, queue) == ["First", "Big Buck Bunny"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"video_id": NOWHERE, "url": "https://films.example.org/a.mp4"},
        {"video_id": "seven"},
        {"url": 7},
        {"url": ""},
        {"url": "http://films.example.org/a.mp4"},
        {"url": "https://127.0.0.1/a.mp4"},
        {"url": "javascript:alert(1)"},
        {"url": "https://films.example.org/a.html"},
        {"url": "https://films.example.org/" + "a" * 3000 + ".mp4"},
        {"source": "video", "url": "https://films.example.org/a.mp4"},
        {"source": "file", "video_id": NOWHERE},
        {"source": "tape", "url": "https://films.example.org/a.mp4"},
        {"url": "https://films.example.org/a.mp4", "title": "x" * 201},
        {"url": "https://films.example.org/a.mp4", "rank": 1},
        {"url": "https://films.example.org/a.mp4", "before": "first"},
    ],
    ids=lambda body: json.dumps(body)[:60],
)
def test_what_makes_no_sense_is_refused(member, queue, body):
    answer = member.post(queue, body, format="json")
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid")
    assert not QueueItem.objects.exists()


@pytest.mark.parametrize("raw", ["{{{", "null", "[1]", '{"url": NaN}'])
def test_what_is_no_object_is_refused(member, queue, raw):
    answer = member.generic("POST", queue, raw, content_type="application/json")
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "malformed")


def test_addresses_outside_can_be_switched_off(member, queue, settings):
    settings.EXTERNAL_SOURCES = False
    body = {"url": "https://films.example.org/a.mp4"}
    assert member.post(queue, body, format="json").status_code == 400


def test_the_list_is_full_at_some_point(member, room, queue):
    QueueItem.objects.bulk_create(
        QueueItem(room=room, source="file", url="https://x.org/a.mp4", title="A", rank=rank)
        for rank in range(QUEUE_MAX)
    )
    answer = member.post(queue, {"url": "https://x.org/a.mp4"}, format="json")
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "queue_full")


# --- changing ------------------------------------------------------------------------------


def test_an_item_is_renamed_on_this_list_only(member, queue, item):
    answer = member.patch(f"{queue}{item.id}/", {"title": " Our  film "}, format="json")
    assert answer.json()["title"] == "Our film"
    item.video.refresh_from_db()
    assert item.video.title == "Big Buck Bunny"


@pytest.mark.parametrize("body", [{}, {"title": ""}, {"title": "x" * 201}, {"rank": 1}])
def test_a_bad_title_is_refused(member, queue, item, body):
    assert member.patch(f"{queue}{item.id}/", body, format="json").status_code == 400


@pytest.fixture
def three(film, put_on_list):
    return put_on_list(film("A"), film("B"), film("C"))


def test_an_item_is_moved_before_another_and_to_the_end(member, queue, three):
    client, ids = member, [str(each.id) for each in three]
    client.post(f"{queue}reorder/", {"item_id": ids[2], "before": ids[0]}, format="json")
    assert titles(client, queue) == ["C", "A", "B"]
    client.post(f"{queue}reorder/", {"item_id": ids[2], "before": None}, format="json")
    assert titles(client, queue) == ["A", "B", "C"]


def test_a_whole_order_is_taken(member, room, queue, three, committed):
    client, ids = member, [str(each.id) for each in three]
    with committed():
        client.post(f"{queue}reorder/", {"items": [ids[1], ids[2], ids[0]]}, format="json")
    assert titles(client, queue) == ["B", "C", "A"]
    event = told(room)[-1]
    assert (event["type"], event["action"]) == ("queue:updated", "moved")
    assert [each["title"] for each in event["items"]] == ["B", "C", "A"]


def test_an_order_from_before_the_last_change_still_works(member, queue, three):
    client, ids = member, [str(each.id) for each in three]
    client.delete(f"{queue}{ids[0]}/")
    client.post(f"{queue}reorder/", {"items": [ids[2], ids[0]]}, format="json")
    assert titles(client, queue) == ["C", "B"]


def test_the_order_one_has_is_no_change(member, room, queue, three, committed):
    before = told(room)
    ids = [str(each.id) for each in three]
    with committed():
        member.post(f"{queue}reorder/", {"items": ids}, format="json")
    assert told(room) == before


@pytest.mark.parametrize(
    "body",
    [{}, {"items": []}, {"items": "all"}, {"items": ["x"]}, {"item_id": "x"}, {"before": NOWHERE},
     {"item_id": NOWHERE, "items": [NOWHERE]}, {"items": [NOWHERE] * 1001}],
    ids=lambda body: json.dumps(body)[:40],
)  # fmt: skip
def test_an_order_that_makes_no_sense_is_refused(member, queue, three, body):
    answer = member.post(f"{queue}reorder/", body, format="json")
    assert answer.status_code == 400


def test_moving_before_what_is_not_there_is_not_found(member, queue, item):
    body = {"item_id": str(item.id), "before": NOWHERE}
    assert member.post(f"{queue}reorder/", body, format="json").status_code == 404


def test_a_vote_counts_once_a_person_and_can_be_taken_back(api, people, queue, item):
    member, guest, path = api(people.member), api(people.guest), f"{queue}{item.id}/vote/"
    assert member.post(path).json()["votes"] == 1
    assert member.post(path, {"on": True}, format="json").json()["votes"] == 1
    assert guest.post(path, {}, format="json").json()["votes"] == 2
    assert member.post(path, {"on": False}, format="json").json()["votes"] == 1
    assert guest.post(path, {"on": "perhaps"}, format="json").status_code == 400


def on_screen(room, item):
    store.restore_sync(room.code, rules.Timeline(None, True, 0, 1.0, clock.server_ms()), NOTHING)
    store.apply_sync(room.code, store.load(selectors.film_of(item), by="mara"))


def test_removing_what_plays_puts_on_the_next(member, room, queue, three, committed):
    on_screen(room, three[0])
    with committed():
        assert member.delete(f"{queue}{three[0].id}/").status_code == 204
    assert store.live_sync(room.code).timeline.item_id == str(three[1].id)
    room.refresh_from_db()
    assert room.now_playing["title"] == "B"
    assert [event["type"] for event in told(room)[-2:]] == ["queue:updated", "sync:command"]


def test_removing_the_last_one_clears_the_screen(member, room, queue, item, committed):
    on_screen(room, item)
    with committed():
        member.delete(f"{queue}{item.id}/")
    assert store.live_sync(room.code).timeline.item_id is None
    room.refresh_from_db()
    assert room.now_playing is None


def test_removing_another_leaves_the_screen_alone(member, room, queue, three, committed):
    on_screen(room, three[0])
    with committed():
        member.delete(f"{queue}{three[2].id}/")
    assert store.live_sync(room.code).timeline.item_id == str(three[0].id)
