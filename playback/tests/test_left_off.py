"""Where a room left off: it pauses when nobody is there, and its people read how far it is"""

import pytest
from channels.db import database_sync_to_async
from django.db import connection
from django.test.utils import CaptureQueriesContext

from playback import rules, timeline
from playback.left_off import EMPTY_FOR_MS, left_off
from playback.models import RoomPlayback
from playback.realtime import PlaybackEvents
from playback.tests.live import LiveRoom
from rooms import services as room_services
from rooms import store as people_here
from rooms.models import Room
from syncwatch.lib import clock, redis
from videos.models import Video

in_db = database_sync_to_async


@pytest.mark.parametrize(
    ("position_s", "duration_s", "seen"),
    [(0, 600, False), (581, 600, False), (582, 600, True), (600, 600, True), (9999, None, False)],
)
def test_a_film_is_seen_when_only_names_are_left(position_s, duration_s, seen):
    assert rules.seen_to_the_end(position_s, duration_s) is seen


class TestANobodyRoom:
    pytestmark = pytest.mark.django_db(transaction=True)

    @pytest.fixture
    async def playing(self, room, film, put_on_list, frozen_clock, links):
        """Since now the room plays its film of ten minutes."""
        item = (await in_db(put_on_list)(await in_db(film)()))[0]
        await timeline.item_load(code=room.code, item_id=str(item.id), by=None)
        live = LiveRoom(room.code)
        live.do("play", 0, by=None)
        frozen_clock.advance(30_150)
        return live

    @pytest.fixture
    def leaves(self, people, room):
        async def last_one():
            await PlaybackEvents().left(room.code, str(people.owner.pk))

        return last_one

    async def test_it_pauses_where_the_last_one_left(self, playing, leaves, frozen_clock):
        left_at = playing.position
        await leaves()
        frozen_clock.advance(EMPTY_FOR_MS - 1)
        await playing.run_due()
        assert playing.now.timeline.paused is False
        frozen_clock.advance(1)
        await playing.run_due()
        assert playing.now.timeline.paused is True
        assert playing.position == pytest.approx(left_at, abs=0.2)
        told = playing.events[-1]
        assert (told["action"], told["by"]) == ("pause", None)

    async def test_it_goes_on_where_somebody_came_back(
        self, playing, leaves, frozen_clock, people, room
    ):
        await leaves()
        frozen_clock.advance(EMPTY_FOR_MS)
        member = {"user": {"id": str(people.owner.pk)}}
        await people_here.arrive(room.code, conn_id="c1", member=member)
        await playing.run_due()
        assert playing.now.timeline.paused is False

    async def test_only_the_last_leaving_counts(self, playing, leaves, frozen_clock):
        await leaves()
        frozen_clock.advance(20_000)  # somebody came, and
        left_at = playing.position
        await leaves()
        frozen_clock.advance(EMPTY_FOR_MS - 20_000)
        await playing.run_due()
        assert playing.now.timeline.paused is False
        frozen_clock.advance(20_000)
        await playing.run_due()
        assert playing.position == pytest.approx(left_at, abs=0.2)

    async def test_said_twice_and_late_it_does_no_harm(self, playing, leaves, frozen_clock):
        await leaves()
        frozen_clock.advance(EMPTY_FOR_MS)
        await playing.run_due()
        seq = playing.now.seq
        await leaves()
        frozen_clock.advance(EMPTY_FOR_MS)
        await playing.run_due()
        assert playing.now.seq == seq

    async def test_it_is_there_paused_when_redis_lost_everything(
        self, playing, leaves, frozen_clock, sockets, people, room
    ):
        left_at = playing.position
        await leaves()
        frozen_clock.advance(EMPTY_FOR_MS)
        await playing.run_due()
        frozen_clock.advance(500)
        await playing.run_due()  # it is written down
        redis.sync().flushall()
        frozen_clock.advance(24 * 3_600_000)
        mara = await sockets.open(people.owner, room.code)
        shown = mara.snapshot["timeline"]
        assert (shown["paused"], bool(shown["item_id"])) == (True, True)
        assert shown["position"] == pytest.approx(left_at, abs=0.2)


@pytest.fixture
def stopped(room, film, put_on_list, people):
    """`stopped(position_s, **fields)`: the room's film stands there, written down."""
    item = put_on_list(film())[0]

    def stand(position_s, **fields):
        now_ms = clock.server_ms()
        known = {"paused": True, "at_ms": now_ms, "alive_ms": now_ms, **fields}
        values = {"item_id": item.id, "position_s": position_s, **known}
        RoomPlayback.objects.update_or_create(room=room, defaults=values)
        playing = {"item_id": str(item.id), "title": item.title, "video_id": str(item.video_id)}
        room_services.now_playing_set(room_id=str(room.id), now_playing=playing)
        return item

    return stand


def mine(api, user):
    return api(user).get("/api/rooms/").json()["results"][0]["left_off"]


def test_my_rooms_say_where_they_stopped(api, people, stopped):
    item = stopped(247.26)
    assert mine(api, people.member) == {
        "item_id": str(item.id), "title": "Big Buck Bunny", "position": 247.3, "duration": 600.0,
        "percent": 41, "finished": False,
    }  # fmt: skip


def test_a_room_that_plays_is_where_its_clock_is(api, people, stopped, frozen_clock):
    stopped(100, paused=False)
    frozen_clock.advance(20_000)
    assert mine(api, people.member)["position"] == 120


def test_a_room_that_died_playing_is_where_it_last_gave_a_sign(api, people, stopped, frozen_clock):
    stopped(100, paused=False)
    frozen_clock.advance(10_000)
    RoomPlayback.objects.update(alive_ms=clock.server_ms())
    frozen_clock.advance(24 * 3_600_000)
    assert mine(api, people.member)["position"] == 110


def test_a_film_that_stood_still_stands_there(api, people, stopped, frozen_clock):
    stopped(100, paused=False, held=True)
    frozen_clock.advance(20_000)
    assert mine(api, people.member)["position"] == 100


def test_what_was_seen_is_finished_and_what_was_removed_is_gone(api, people, stopped):
    item = stopped(600)
    assert mine(api, people.member)["finished"] is True
    Video.objects.filter(pk=item.video_id).update(deleted_at=clock.now())
    assert mine(api, people.member) is None


def test_a_room_that_never_played_has_nothing_to_go_on_with(api, people, room):
    assert mine(api, people.member) is None


def test_however_many_rooms_it_takes_two_queries(people, stopped, room):
    stopped(10)
    rooms = [
        room, *(room_services.room_create(owner=people.owner, name=str(n)) for n in range(5)),
    ]  # fmt: skip
    for each in rooms[1:]:
        RoomPlayback.objects.create(room=each)
    with CaptureQueriesContext(connection) as seen:
        assert list(left_off([each.pk for each in rooms])) == [room.pk]
    assert len(seen) == 2


def test_home_says_where_to_go_on(people, client, stopped, room):
    from accounts import sessions

    stopped(2472)
    Video.objects.update(duration=6000)
    client.cookies["access"] = sessions.session_open(user=people.member, agent="test").access
    text = client.get("/home").content.decode()
    assert f"Stopped at 41:12 in {room.name}" in text
    assert 'value="41"' in text
    RoomPlayback.objects.update(position_s=6000)
    assert "Continue watching" not in client.get("/home").content.decode()
    assert Room.objects.get().now_playing, "what is on stays known"
