"""Where a film ends: the edge of a transcode, the last second, and films that go away."""

import pytest
from channels.db import database_sync_to_async

from playback import films, services, timeline
from playback.models import QueueItem
from playback.selectors import queue_shown
from playback.tests.live import LiveRoom
from playback.timeline import item_load
from rooms.models import Room
from rooms.services import room_close, room_update
from syncwatch.lib import clock
from videos.models import Video
from videos.selectors import public_payload
from videos.services import video_delete
from videos.signals import video_changed

pytestmark = pytest.mark.django_db(transaction=True)
in_db = database_sync_to_async


@pytest.fixture
def young(film):
    """A film of ten minutes of which half a minute is there."""
    return film("Young", state="processing", progress=5, available_until=30.0)


@pytest.fixture
async def on(room, film, put_on_list, frozen_clock, links):
    """`await on("Title", {…}, …)`: these films are on the list, the first one plays since now."""

    def make(what):
        known = {str: lambda: film(what), dict: lambda: film(**what)}
        return known.get(type(what), lambda: what)()

    async def play(*films):
        items = await in_db(lambda: put_on_list(*[make(what) for what in films]))()
        await timeline.item_load(code=room.code, item_id=str(items[0].id), by=None)
        live = LiveRoom(room.code)
        live.do("play", by=None)
        frozen_clock.advance(150)
        return live, items

    return play


@in_db
def grew(video, **fields):
    """News from a worker."""
    Video.objects.filter(pk=video.pk).update(**fields)
    fresh = Video.objects.get(pk=video.pk)
    video_changed.send(Video, video_id=str(video.pk), payload=public_payload(fresh))


async def played_until(live, frozen_clock, position_s):
    frozen_clock.advance(round((position_s - live.position) * 1_000))
    await live.run_due()


# --- the edge of a transcode -------------------------------------------------------------------


async def test_the_room_is_held_two_seconds_before_the_edge(on, young, frozen_clock):
    live, _ = await on(young)
    await played_until(live, frozen_clock, 27.9)
    assert live.wire["hold"] is None
    await played_until(live, frozen_clock, 28)
    assert (live.wire["hold"]["reason"], live.wire["hold"]["resume"]) == ("processing", True)
    assert live.wire["paused"] is True
    assert live.wire["position"] == pytest.approx(28.15)  # everybody stops there, at one moment


async def test_the_room_goes_on_when_eight_seconds_lie_ahead(on, young, frozen_clock):
    live, _ = await on(young)
    await played_until(live, frozen_clock, 28)
    held_at = live.position
    await grew(young, available_until=held_at + 7.9)
    assert live.wire["hold"]["reason"] == "processing"
    await grew(young, available_until=held_at + 8)
    assert (live.wire["hold"], live.wire["paused"]) == (None, False)
    assert live.commands[-1] == "release"
    assert [event["by"] for event in live.events if event.get("action") == "release"] == [None]
    frozen_clock.advance(1_150)
    assert live.position == pytest.approx(held_at + 1)


async def test_an_edge_that_moves_on_in_time_holds_nobody(on, young, frozen_clock):
    live, _ = await on(young)
    await played_until(live, frozen_clock, 20)
    await grew(young, available_until=90.0)
    await played_until(live, frozen_clock, 60)
    assert live.commands == ["load", "play"]


async def test_a_film_that_can_be_watched_to_its_end_has_no_edge(on, frozen_clock):
    """Further qualities are still being made, which takes as long again."""
    live, _ = await on({"state": "processing", "progress": 40, "available_until": 599.9})
    await played_until(live, frozen_clock, 599)
    assert live.wire["hold"] is None


async def test_a_hold_near_the_end_is_released_when_the_rest_is_there(on, frozen_clock):
    live, items = await on({"state": "processing", "duration": 33.0, "available_until": 30.0})
    await played_until(live, frozen_clock, 28)
    await grew(items[0].video, available_until=33.0)
    assert live.wire["hold"] is None


async def test_news_that_got_lost_is_looked_up(on, young, frozen_clock):
    live, _ = await on(young)
    await played_until(live, frozen_clock, 28)
    await in_db(Video.objects.filter(pk=young.pk).update)(available_until=120.0)
    frozen_clock.advance(5_000)
    await live.run_due()
    assert live.wire["hold"] is None


async def test_whoever_pauses_at_the_edge_stays_paused_when_more_comes(on, young, frozen_clock):
    live, _ = await on(young)
    await played_until(live, frozen_clock, 28)
    live.do("pause")
    await grew(young, available_until=600.0, state="ready", progress=100)
    assert (live.wire["paused"], live.wire["hold"]) == (True, None)
    live.do("play")
    assert live.wire["paused"] is False


async def test_a_film_that_failed_half_way_ends_where_it_was_cut_off(on, young, frozen_clock):
    live, items = await on(young, "Next")
    await played_until(live, frozen_clock, 28)
    await grew(young, state="failed", error_code="damaged", error_message="Damaged.")
    assert live.wire["hold"] is None
    frozen_clock.advance(150)
    await played_until(live, frozen_clock, 30)
    assert live.wire["item_id"] == str(items[1].id)


async def test_viewers_hear_how_far_a_film_is(sockets, people, room, young, put_on_list):
    await in_db(put_on_list)(young)
    mara = await sockets.open(people.owner, room.code)
    assert mara.snapshot["queue"][0]["video"]["available_until"] == 30
    await grew(young, available_until=44.0, progress=9)
    news = await mara.frame("video:updated")
    assert news == {
        "type": "video:updated", "id": str(young.id), "state": "processing", "progress": 9,
        "playable": True, "available_until": 44.0, "duration": 600.0, "error": None,
    }  # fmt: skip
    late = await sockets.open(people.member, room.code)
    assert late.snapshot["queue"][0]["video"]["available_until"] == 44


# --- the end -----------------------------------------------------------------------------------


async def test_when_a_film_ends_the_next_playable_one_begins(on, room, frozen_clock):
    live, items = await on("One", {"title": "Soon", "state": "queued", "playable": False}, "Two")
    await played_until(live, frozen_clock, 600)
    wire = live.wire
    assert (wire["item_id"], wire["position"], wire["paused"]) == (str(items[2].id), 0, False)
    assert (live.commands[-1], live.events[-1]["by"]) == ("load", None)
    playing = (await in_db(Room.objects.get)(pk=room.pk)).now_playing
    assert playing["title"] == "Two"


async def test_the_next_one_begins_after_a_countdown_for_all(on, frozen_clock):
    live, items = await on("One", "Two")
    await played_until(live, frozen_clock, 599)
    for user in ("ana", "bo"):
        await live.status(user, "playing")
    await played_until(live, frozen_clock, 600)
    ends_ms = clock.server_ms()
    assert (live.wire["item_id"], live.wire["hold"]["reason"]) == (str(items[1].id), "ready")
    for user in ("ana", "bo"):
        await live.status(user, "ready", live.now.seq)
    wire = live.wire
    assert (wire["paused"], wire["position"], wire["at"]) == (False, 0, ends_ms + 5_000)
    frozen_clock.advance(3_000)
    assert live.position == 0
    frozen_clock.advance(3_000)
    assert live.position == 1


async def test_a_countdown_is_cut_short_by_play(on, frozen_clock):
    live, items = await on("One", "Two")
    await played_until(live, frozen_clock, 600)
    frozen_clock.advance(1_000)
    assert live.wire["at"] == clock.server_ms() + 4_000
    live.do("play")
    assert (live.wire["item_id"], live.position) == (str(items[1].id), 0)
    assert live.wire["at"] - clock.server_ms() <= 150


async def test_a_countdown_is_stopped_by_pause(on, frozen_clock):
    live, _ = await on("One", "Two")
    await played_until(live, frozen_clock, 600)
    live.do("pause")
    frozen_clock.advance(6_000)
    assert (live.wire["paused"], live.position) == (True, 0)
    live.do("play")
    assert live.wire["at"] - clock.server_ms() <= 150


async def test_a_film_that_somebody_puts_on_begins_without_a_countdown(on, frozen_clock):
    live, items = await on("One", "Two")
    await item_load(code=live.code, item_id=str(items[1].id), by=None)
    assert live.wire["at"] - clock.server_ms() <= 150


@pytest.fixture
def elsewhere(room, people):
    """Two films of other people's servers on the list."""
    urls = [f"https://films.example/{name}.mp4" for name in ("one", "two")]
    return lambda: [services.item_add(room=room, by=people.owner, url=url) for url in urls]


async def test_a_film_elsewhere_ends_where_a_player_says(
    elsewhere, sockets, people, room, frozen_clock
):
    items = await in_db(elsewhere)()
    ids = [str(item.id) for item in items]
    mara = await sockets.open(people.owner, room.code)
    await mara.ask(type="sync:load", item_id=ids[0])
    await mara.ask(type="sync:play")
    for duration in (60.0, 9.0):
        answer = await mara.ask(type="sync:length", item_id=ids[0], duration=duration)
        assert answer["type"] == "ack"
    listed = await in_db(queue_shown)(room)
    assert [item["duration"] for item in listed] == [60.0, None]
    live = LiveRoom(room.code)
    await played_until(live, frozen_clock, 59)
    assert live.wire["item_id"] == ids[0]
    await played_until(live, frozen_clock, 60)
    assert (live.wire["item_id"], live.wire["paused"]) == (ids[1], False)


async def test_a_list_that_begins_again_goes_round_and_wishes_go_first(
    on, people, room, frozen_clock
):
    live, items = await on("One", "Two", "Three")
    await in_db(room_update)(room=room, by=people.owner, changes={"loop": True})
    ids = [str(item.id) for item in items]
    wish = {"room": room, "by": people.member, "on": True}
    await in_db(services.item_vote)(**wish, item_id=ids[2])
    seen = []
    for _ in range(4):
        await played_until(live, frozen_clock, 600)
        seen.append(ids.index(live.wire["item_id"]))
        frozen_clock.advance(5_000)
    assert seen == [2, 0, 1, 2]
    assert [item["votes"] for item in await in_db(queue_shown)(room)] == [0, 0, 0]


async def test_after_the_last_film_the_room_rests_at_its_end(on, frozen_clock):
    live, _ = await on("One")
    await played_until(live, frozen_clock, 600)
    assert (live.commands[-1], live.wire["paused"], live.wire["position"]) == ("pause", True, 600)
    live.do("play")
    assert (live.wire["paused"], live.wire["position"]) == (False, 0)


async def test_an_end_that_is_told_late_or_twice_does_nothing_more(on, frozen_clock):
    live, _ = await on("One", "Two", "Three")
    token, _ = live.deadlines["sync.end"]
    await timeline.ended(live.code, int(token))  # too early: a clock that runs ahead
    assert live.commands == ["load", "play"]
    await played_until(live, frozen_clock, 600)
    await timeline.ended(live.code, int(token))
    assert live.commands == ["load", "play", "load"]


async def test_the_end_comes_sooner_when_the_room_watches_faster(on, frozen_clock):
    live, items = await on("One", "Two")
    live.do("rate", 2)
    frozen_clock.advance(300_000)
    await live.run_due()
    assert (live.wire["item_id"], live.wire["rate"]) == (str(items[1].id), 2)


# --- films that go away ------------------------------------------------------------------------


async def test_removing_the_film_that_plays_puts_the_next_one_on(on, people, room):
    live, items = await on("One", "Two")
    await in_db(films.item_off)(room=room, by=people.owner, item=items[0])
    assert (live.wire["item_id"], live.wire["paused"]) == (str(items[1].id), False)
    [*_, loaded] = [event for event in live.events if event["type"] == "sync:command"]
    assert loaded["by"] == str(people.owner.id)


async def test_removing_another_film_leaves_the_screen_alone(on, people, room):
    live, items = await on("One", "Two")
    before = live.wire
    await in_db(films.item_off)(room=room, by=people.owner, item=items[1])
    assert live.wire == before


async def test_removing_the_last_film_empties_the_screen(on, people, room):
    live, items = await on("One")
    await in_db(films.item_off)(room=room, by=people.owner, item=items[0])
    wire = live.wire
    assert (wire["item_id"], wire["source"], wire["paused"], wire["position"]) == (
        None, None, True, 0,
    )  # fmt: skip
    assert (await in_db(Room.objects.get)(pk=room.pk)).now_playing is None


async def test_a_deleted_film_leaves_every_list_and_the_next_one_takes_its_place(on):
    live, items = await on("Gone", "Next")
    await in_db(video_delete)(video=items[0].video)
    assert live.wire["item_id"] == str(items[1].id)
    told = [event for event in live.events if event["type"] == "queue:updated"][-1]
    assert ([each["title"] for each in told["items"]], told["by"]) == (["Next"], None)
    assert not await in_db(QueueItem.objects.filter(video=items[0].video).exists)()


@pytest.fixture
def lines(frozen_clock):
    """`await lines(live)`: what stands in the history since this was asked last."""
    known = []

    async def since(live):
        frozen_clock.advance(2000)
        await live.run_due()
        said = [event["message"] for event in live.events if event["type"] == "chat:message"]
        fresh = [line["body"] for line in said if line["kind"] == "system"][len(known) :]
        known.extend(fresh)
        return fresh

    return since


async def test_who_removed_what_was_on_stands_in_the_history(on, people, room, lines):
    live, items = await on("One", "Two")
    await lines(live)
    await in_db(films.item_off)(room=room, by=people.owner, item=items[0])
    assert await lines(live) == ["Mara removed One while it was on", "Mara started Two"]
    await in_db(films.item_off)(room=room, by=people.owner, item=items[1])
    assert await lines(live) == ["Mara removed Two while it was on"]


async def test_a_film_that_was_deleted_while_it_was_on_is_named_there(on, lines):
    live, items = await on("Gone", "Last")
    await lines(live)
    await in_db(video_delete)(video=items[0].video)
    assert await lines(live) == ["Gone was removed while it was on", "Next: Last"]
    await in_db(video_delete)(video=items[1].video)
    assert await lines(live) == ["Last was removed while it was on"]


async def test_a_film_that_was_not_on_goes_without_a_line(on, people, room, lines):
    live, items = await on("One", "Two")
    await lines(live)
    await in_db(films.item_off)(room=room, by=people.owner, item=items[1])
    assert await lines(live) == []


async def test_a_paused_room_stays_paused_when_its_film_is_deleted(on):
    live, items = await on("Gone", "Next")
    live.do("pause")
    await in_db(video_delete)(video=items[0].video)
    assert (live.wire["item_id"], live.wire["paused"]) == (str(items[1].id), True)


async def test_a_closed_room_hears_nothing_of_its_films(on, people, room):
    live, items = await on("One")
    one = items[0].video
    await in_db(room_close)(room=room, by=people.owner)
    before = len(live.events)
    await grew(one, progress=100)
    await in_db(video_delete)(video=one)
    assert len(live.events) == before
