"""The API of a room's queue: adding to the list, changing it, what the room is told."""

import json

import pytest

from playback import rules, selectors, store, timeline
from playback.models import QueueItem
from playback.services import QUEUE_MAX, item_add
from playback.store import NOTHING
from playback.tests.queue_fixtures import ITEM, NOWHERE, titles, told
from rooms.services import room_update
from syncwatch.lib import clock

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


def test_what_was_on_the_list_before_is_not_played_any_more_then(
    member, room, people, queue, film, settings
):
    outside = item_add(room=room, by=people.owner, url="https://films.example.org/a.mp4")
    ours = item_add(room=room, by=people.owner, video_id=str(film("Ours").id))
    assert selectors.following(room, str(ours.id)) is None
    room.loop = True
    assert selectors.following(room, str(ours.id)) == outside
    settings.EXTERNAL_SOURCES = False
    refused = member.post(f"{queue}{outside.id}/play/")
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "outside_off")
    assert list(selectors.playable_of(room)) == [ours]
    assert selectors.following(room, str(ours.id)) == ours


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


def test_everybody_reads_which_wishes_are_their_own(api, people, queue, item):
    member, guest = api(people.member), api(people.guest)
    member.post(f"{queue}{item.id}/vote/")
    wished = [client.get(queue).json()["results"][0]["voted"] for client in (member, guest)]
    assert wished == [True, False]


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


def test_who_takes_off_what_is_on_holds_the_remote(
    owner, member, queue, room, people, film, put_on_list, committed
):
    first, second = put_on_list(film("A"), film("B"))
    room_update(room=room, by=people.owner, changes={"control": "owner"})
    with committed():
        timeline.restore(room.code)
        store.apply_sync(room.code, store.load(selectors.film_of(first), by=None))
    refused = member.delete(f"{queue}{first.id}/")
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "no_control")
    assert titles(owner, queue) == ["A", "B"]
    assert member.delete(f"{queue}{second.id}/").status_code == 204
    assert owner.delete(f"{queue}{first.id}/").status_code == 204


# --- taking a removal back -----------------------------------------------------------------


@pytest.fixture
def restore(queue, three):
    """Takes the removal of B back, which is somebody else's film."""
    return lambda client: client.post(f"{queue}{three[1].id}/restore/")


def test_what_was_taken_off_comes_back_where_it_stood(
    owner, member, room, queue, three, people, restore, committed
):
    before = queue_of(owner, queue)
    owner.post(f"{queue}{three[1].id}/vote/")
    with committed():
        owner.delete(f"{queue}{three[1].id}/")
    assert titles(owner, queue) == ["A", "C"]
    with committed():
        back = restore(member)
    assert (back.status_code, back.json()["votes"]) == (200, 1)
    assert titles(owner, queue) == ["A", "B", "C"]
    assert [item["added_by"] for item in queue_of(owner, queue)] == [
        item["added_by"] for item in before
    ]
    event = told(room)[-1]
    assert (event["action"], event["title"], event["by"]) == ("added", "B", str(people.member.pk))


def test_said_twice_it_is_back_once(owner, room, queue, three, restore, committed):
    with committed():
        owner.delete(f"{queue}{three[1].id}/")
    with committed():
        restore(owner)
    told_once = told(room)
    with committed():
        assert restore(owner).status_code == 200
    assert titles(owner, queue) == ["A", "B", "C"]
    assert told(room) == told_once


def test_a_deleted_film_does_not_come_back(owner, queue, three, restore, committed):
    with committed():
        owner.delete(f"{queue}{three[1].id}/")
    three[1].video.delete()
    assert restore(owner).status_code == 404
    assert titles(owner, queue) == ["A", "C"]


def test_nothing_comes_back_to_a_full_list(owner, room, queue, three, restore, committed):
    with committed():
        owner.delete(f"{queue}{three[1].id}/")
    QueueItem.objects.bulk_create(
        QueueItem(room=room, source="file", url="https://x.org/a.mp4", title="D", rank=rank)
        for rank in range(QUEUE_MAX - 2)
    )
    assert (restore(owner).status_code, restore(owner).json()["error"]["code"]) == (
        409,
        "queue_full",
    )


def queue_of(client, queue):
    return client.get(queue).json()["results"]


# --- chance --------------------------------------------------------------------------------


def test_chance_orders_what_comes_after_the_film_that_is_on(member, room, queue, three, committed):
    on_screen(room, three[0])
    with committed():
        assert member.post(f"{queue}reorder/", {"shuffle": True}, format="json").status_code == 204
    assert titles(member, queue) == ["A", "C", "B"], "another order than before"
    assert [event["action"] for event in told(room) if event["type"] == "queue:updated"][-1] == (
        "moved"
    )


def test_where_nothing_comes_there_is_nothing_to_shuffle(member, room, queue, three):
    on_screen(room, three[1])
    before = len(told(room))
    assert member.post(f"{queue}reorder/", {"shuffle": True}, format="json").status_code == 204
    assert titles(member, queue) == ["A", "B", "C"]
    assert len(told(room)) == before


@pytest.mark.parametrize("more", [{"shuffle": False}, {"shuffle": True, "items": []}, {}])
def test_an_order_is_given_in_one_way(member, queue, three, more):
    assert member.post(f"{queue}reorder/", more, format="json").status_code == 400
