"""A timeline at rest: written down within a second, and back when Redis lost it."""

import pytest
from channels.db import database_sync_to_async
from django.db.utils import OperationalError

from playback import services, timeline
from playback.models import RoomPlayback
from playback.rules import ALIVE_ENOUGH_MS
from playback.tests.live import LiveRoom
from rooms.gateway.hub import running_hub
from syncwatch.lib import redis
from videos.models import Video

pytestmark = pytest.mark.django_db(transaction=True)
in_db = database_sync_to_async
EVERY_MS = 2000  # while changes keep coming


@pytest.fixture
def item(film, put_on_list):
    return put_on_list(film())[0]


@pytest.fixture
async def playing(room, item, frozen_clock, links):
    """The room plays its film since now, and that is written down."""
    await timeline.item_load(code=room.code, item_id=str(item.id), by=None)
    live = LiveRoom(room.code)
    live.do("play", 0)
    frozen_clock.advance(150)
    await written(live, frozen_clock)
    return live


async def written(live, frozen_clock):
    frozen_clock.advance(EVERY_MS)
    await live.run_due()


@in_db
def row(room):
    return RoomPlayback.objects.get(room=room)


async def lost(live):
    """Redis lost everything; somebody asks where the room is."""
    redis.sync().flushall()
    return (await timeline.live_of(live.code)).timeline


async def test_a_change_is_in_the_database_within_a_second(room, playing, frozen_clock):
    playing.do("pause", 12)
    frozen_clock.advance(900)
    await playing.run_due()
    kept = await row(room)
    assert (kept.paused, kept.position_s, kept.rate) == (True, 12, 1)


async def test_only_the_last_of_many_changes_is_written(room, playing, frozen_clock):
    for position in range(20):
        playing.do("seek", position)
        frozen_clock.advance(20)
    await written(playing, frozen_clock)
    assert (await row(room)).position_s == 19


async def test_changes_that_keep_coming_are_written_every_two_seconds(
    playing, frozen_clock, monkeypatch
):
    rows, write = [], timeline._write

    async def noted(code, live):
        rows.append(live.timeline.position_s)
        await write(code, live)

    monkeypatch.setattr(timeline, "_write", noted)
    for position in range(80):  # eight seconds
        playing.do("seek", position)
        frozen_clock.advance(100)
        await playing.run_due()
    assert len(rows) == 4
    await written(playing, frozen_clock)
    assert rows[-1] == 79


async def test_a_process_whose_clock_is_behind_is_written_down_too(room, playing, frozen_clock):
    playing.do("seek", 30)
    frozen_clock.advance(500)
    await playing.run_due()
    frozen_clock.advance(-3)  # as another process has it
    playing.do("pause", 40)
    frozen_clock.advance(3)
    await playing.run_due()
    kept = await row(room)
    assert (kept.paused, kept.position_s) == (True, 40)


async def test_a_database_that_is_away_is_tried_again(room, playing, frozen_clock, monkeypatch):
    async def away(code, live):
        raise OperationalError("gone")

    playing.do("pause", 33)
    with monkeypatch.context() as broken:
        broken.setattr(timeline, "_write", away)
        await written(playing, frozen_clock)
    assert (await row(room)).paused is False
    frozen_clock.advance(timeline.AGAIN_MS)
    await playing.run_due()
    assert (await row(room)).position_s == 33


async def test_a_room_that_plays_gives_a_sign_of_life_now_and_then(room, playing, frozen_clock):
    frozen_clock.advance(15_000)
    await playing.run_due()
    first = (await row(room)).alive_ms
    frozen_clock.advance(15_000)
    await playing.run_due()
    assert (await row(room)).alive_ms == first + 15_000


async def test_a_playing_room_is_back_where_it_would_be(playing, frozen_clock):
    frozen_clock.advance(60_000)
    before = playing.position
    back = await lost(playing)
    assert (back.paused, playing.position) == (False, before)
    assert playing.deadlines["sync.end"]


async def test_a_paused_room_stays_paused_where_it_was(playing, frozen_clock):
    playing.do("pause", 45.5)
    await written(playing, frozen_clock)
    frozen_clock.advance(10 * ALIVE_ENOUGH_MS)
    back = await lost(playing)
    assert (back.paused, back.position_s) == (True, 45.5)


async def test_a_speed_comes_back_too(playing, frozen_clock):
    playing.do("rate", 1.5)
    await written(playing, frozen_clock)
    assert (await lost(playing)).rate == 1.5


async def test_a_room_dead_for_long_comes_back_paused(playing, frozen_clock):
    left_at = playing.position
    frozen_clock.advance(24 * 3_600_000)
    back = await lost(playing)
    assert back.paused
    assert back.position_s == pytest.approx(left_at, abs=1)


async def test_a_room_that_waits_for_more_of_its_film_waits_on_there(playing, item, frozen_clock):
    """Ten minutes at the edge of a transcode are ten minutes in the same place."""
    young = {"state": "processing", "available_until": 30.0}
    await in_db(Video.objects.filter(pk=item.video_id).update)(**young)
    await timeline.item_load(code=playing.code, item_id=str(item.id), by=None)
    frozen_clock.advance(28_200)
    await playing.run_due()
    assert playing.wire["hold"]["reason"] == "processing"
    held_at = playing.position
    for _ in range(40):
        frozen_clock.advance(15_000)
        await playing.run_due()
    await lost(playing)
    await playing.run_due()
    assert playing.position == pytest.approx(held_at, abs=1)
    assert (playing.wire["hold"]["reason"], playing.wire["hold"]["resume"]) == ("processing", True)


async def test_a_room_dead_while_it_waited_comes_back_paused(playing, item, frozen_clock):
    young = {"state": "processing", "available_until": 30.0}
    await in_db(Video.objects.filter(pk=item.video_id).update)(**young)
    await timeline.item_load(code=playing.code, item_id=str(item.id), by=None)
    frozen_clock.advance(28_200)
    await playing.run_due()
    await written(playing, frozen_clock)
    held_at = playing.position
    frozen_clock.advance(24 * 3_600_000)
    back = await lost(playing)
    assert (back.paused, back.position_s) == (True, held_at)


async def test_a_room_whose_film_was_removed_meanwhile_comes_back_empty(
    playing, people, room, item
):
    await in_db(services.item_remove)(room=room, by=people.owner, item=item)
    back = await lost(playing)
    assert (back.item_id, back.paused, back.position_s) == (None, True, 0)


async def test_a_room_that_never_played_is_empty_and_paused(room, frozen_clock, links):
    live = await timeline.live_of(room.code)
    assert (live.timeline.item_id, live.timeline.paused, live.seq) == (None, True, 0)


async def test_a_command_finds_a_lost_timeline_and_is_obeyed(sockets, people, room, playing):
    mara = await sockets.open(people.owner, room.code)
    redis.sync().flushall()
    ack = await mara.ask(type="sync:pause", position=20)
    assert ack["type"] == "ack"
    assert (playing.wire["paused"], playing.wire["position"]) == (True, 20)
    assert playing.wire["item_id"]


async def test_viewers_of_a_lost_room_get_a_snapshot_of_another_epoch(
    sockets, people, room, playing, frozen_clock
):
    mara = await sockets.open(people.owner, room.code)
    frozen_clock.advance(5_000)
    expected = playing.position
    redis.sync().flushall()
    await running_hub().audit()
    fresh = await mara.frame("room:snapshot")
    assert fresh["epoch"] != mara.snapshot["epoch"]
    assert fresh["timeline"]["paused"] is False
    assert playing.position == pytest.approx(expected, abs=1)
    assert [each["user"]["display_name"] for each in fresh["members"]] == ["Mara"]
    ack, told = await mara.ask_and_hear("sync:command", type="sync:pause")
    assert told["seq"] == ack["seq"] > fresh["seq"]


async def test_a_status_finds_a_lost_timeline(sockets, people, room, playing):
    mara = await sockets.open(people.owner, room.code)
    redis.sync().flushall()
    answer = await mara.ask(
        type="sync:status", seq=3, position=1, buffered=2, state="playing", drift_ms=0, rtt_ms=9
    )
    assert answer["type"] == "ack"
    assert playing.wire["paused"] is False
