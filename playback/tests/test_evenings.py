"""An evening begins by itself: once, for those who are there, whatever fell over meanwhile"""

import asyncio
import datetime

import pytest
from channels.db import database_sync_to_async

from accounts.models import Notice
from playback import evenings, services, store
from playback.tests.live import LiveRoom
from rooms.access import place_in
from rooms.evenings import services as planning
from rooms.evenings.models import Evening
from rooms.evenings.services import Wish
from rooms.gateway import key
from rooms.models import Room
from rooms.tasks import remind_evenings
from syncwatch.lib import clock, redis
from videos.models import Video

pytestmark = pytest.mark.django_db(transaction=True)
in_db = database_sync_to_async
HOUR_MS = 3_600_000


@pytest.fixture
def live(room, frozen_clock, links):
    return LiveRoom(room.code)


@pytest.fixture
async def item(film, put_on_list):
    return (await in_db(lambda: put_on_list(film()))())[0]


@pytest.fixture
def plan(people, room):
    """`plan()`: an evening in an hour."""

    async def make(**wish):
        starts_at = clock.now() + datetime.timedelta(hours=1)
        place = await in_db(place_in)(people.owner, room.code)
        made, _ = await in_db(planning.evening_plan)(place=place, wish=Wish(starts_at, **wish))
        return made

    return make


@pytest.fixture
def comes(room, people):
    """`comes()`: Ana is in the room, for as long as it takes."""

    async def arrive():
        await redis.shared().call("ZADD", key(room.code, "present"), 1, str(people.member.pk))

    return arrive


@pytest.fixture
def state():
    def read():
        made = Evening.objects.get()
        return made.state, made.waiting

    return in_db(read)


def deeds_told():
    from chat.models import Message

    return [line.deed["name"] for line in Message.objects.filter(kind="system").order_by("rank")]


def told(live, kind="evening:changed"):
    return [event for event in live.events if event["type"] == kind]


class TestItBegins:
    async def test_by_itself_at_its_time_and_not_before(
        self, live, item, plan, comes, frozen_clock, state
    ):
        await plan(item_id=item.id)
        await comes()
        frozen_clock.advance(HOUR_MS - 1)
        await live.run_due()
        assert live.commands == []
        frozen_clock.advance(1)
        await live.run_due()
        assert live.commands == ["begin"]
        begun = told(live, "sync:command")[0]
        assert (begun["by"], begun["timeline"]["item_id"]) == (None, str(item.id))
        assert begun["timeline"]["paused"] is False
        assert begun["timeline"]["at"] > clock.server_ms(), "an appointment, as every start"
        assert await state() == ("begun", "")
        assert (told(live)[-1]["what"], told(live)[-1]["by"]) == ("begun", None)

    async def test_everybody_gets_ready_first(self, live, item, plan, comes, frozen_clock):
        await plan(item_id=item.id)
        await comes()
        await in_db(live.start)()
        await live.status("ana", "paused")
        frozen_clock.advance(HOUR_MS)
        await live.status("ana", "paused")
        await live.run_due()
        assert live.wire["hold"]["reason"] == "ready"
        await live.status("ana", "ready", seq=live.now.seq)
        assert live.commands == ["begin", "release"]

    async def test_what_the_room_is_in_the_middle_of_goes_on(
        self, live, item, plan, comes, frozen_clock
    ):
        await plan()
        await comes()
        film = store.Film(str(item.id), "video", str(item.video_id), duration_s=600)
        await in_db(lambda: live.start(film, position_s=42.0))()
        frozen_clock.advance(HOUR_MS)
        await live.run_due()
        assert live.wire["position"] == 42.0
        assert live.wire["item_id"] == str(item.id)

    async def test_a_film_that_runs_already_does_not_stutter(
        self, live, item, plan, comes, frozen_clock
    ):
        await plan(item_id=item.id)
        await comes()
        frozen_clock.advance(HOUR_MS - 30_000)
        film = store.Film(str(item.id), "video", str(item.video_id), duration_s=600)
        await in_db(lambda: live.start(film, paused=False))()
        before_s = live.position
        frozen_clock.advance(30_000)
        await live.run_due()
        assert live.position == pytest.approx(before_s + 30, abs=0.01)
        assert live.commands[0] == "begin"

    async def test_without_a_film_named_it_is_the_first_of_the_list(
        self, live, item, plan, comes, frozen_clock
    ):
        await plan()
        await comes()
        frozen_clock.advance(HOUR_MS)
        await live.run_due()
        assert live.wire["item_id"] == str(item.id)

    async def test_the_history_says_so_once(self, live, item, plan, comes, frozen_clock):
        await plan(item_id=item.id)
        await comes()
        frozen_clock.advance(HOUR_MS)
        await live.run_due()
        frozen_clock.advance(1_000)
        await live.run_due()

        def lines():
            from chat.models import Message

            found = Message.objects.filter(kind="system", deed__name="begin")
            return [(line.body, line.author) for line in found]

        assert await in_db(lines)() == [("The evening begins: Big Buck Bunny", None)]


class TestOnce:
    async def test_two_processes_begin_it_once(self, live, item, plan, comes, frozen_clock, room):
        made = await plan(item_id=item.id)
        await comes()
        frozen_clock.advance(HOUR_MS)
        await asyncio.gather(*(evenings.due(room.code, str(made.pk)) for _ in range(5)))
        assert live.commands == ["begin"]
        assert [event["what"] for event in told(live)] == ["planned", "begun"]

    async def test_a_process_that_died_in_between_is_followed_by_one_that_writes(
        self, live, item, plan, comes, frozen_clock, room, state, monkeypatch
    ):
        made = await plan(item_id=item.id)
        await comes()
        frozen_clock.advance(HOUR_MS)
        with monkeypatch.context() as broken:
            broken.setattr(planning, "evening_begun", lambda _: 1 / 0)
            await live.run_due()
        assert await state() == ("planned", "")
        await in_db(live.do)("pause", by="ana")
        frozen_clock.advance(6_000)
        await live.run_due()
        assert live.commands == ["begin", "pause"], "nobody is overruled"
        assert await state() == ("begun", "")
        assert made.pk

    async def test_one_that_redis_forgot_is_remembered(
        self, live, item, plan, comes, frozen_clock, state
    ):
        await plan(item_id=item.id)
        redis.sync().flushall()
        frozen_clock.advance(HOUR_MS - 60_000)
        assert await in_db(remind_evenings)() == 1
        await comes()
        frozen_clock.advance(60_000)
        await live.run_due()
        assert await state() == ("begun", "")

    async def test_reminding_moves_nothing(self, live, item, plan, frozen_clock):
        await plan()
        due = live.deadlines["evening.due"]
        await in_db(Evening.objects.update)(starts_at=clock.now())
        await in_db(remind_evenings)()
        assert live.deadlines["evening.due"] == due

    async def test_without_redis_nobody_is_reminded_and_nothing_fails(self, plan, settings):
        await plan()
        settings.REDIS_URL = "unix:///nowhere/redis.sock"
        await in_db(Evening.objects.update)(starts_at=clock.now())
        assert await in_db(remind_evenings)() == 0


class TestMoved:
    async def test_only_the_last_time_counts(
        self, live, item, plan, comes, frozen_clock, people, room, state
    ):
        made = await plan(item_id=item.id)
        await comes()
        place = await in_db(place_in)(people.owner, room.code)
        later = Wish(made.starts_at + datetime.timedelta(hours=1), item_id=item.id)
        await in_db(planning.evening_plan)(place=place, wish=later)
        frozen_clock.advance(HOUR_MS)
        await evenings.due(room.code, str(made.pk))
        assert await state() == ("planned", "")
        frozen_clock.advance(HOUR_MS)
        await live.run_due()
        assert await state() == ("begun", "")

    async def test_what_was_called_off_or_closed_does_not_begin(
        self, live, item, plan, comes, frozen_clock, people, room
    ):
        made = await plan(item_id=item.id)
        await comes()
        frozen_clock.advance(HOUR_MS)
        await in_db(Room.objects.update)(closed_at=clock.now())
        await live.run_due()
        await in_db(Room.objects.update)(closed_at=None)
        place = await in_db(place_in)(people.owner, room.code)
        await in_db(planning.evening_cancel)(place=place)
        await evenings.due(room.code, str(made.pk))
        await evenings.due(room.code, "0198c0de-0000-7000-8000-000000000000")
        assert live.commands == []

    async def test_the_host_begins_it_now(
        self, live, item, plan, comes, frozen_clock, people, room, api, state
    ):
        await plan(item_id=item.id)
        await comes()
        path = f"/api/rooms/{room.code}/evening/start/"
        host = await in_db(api)(people.owner)
        answer = await in_db(host.post)(path)
        assert answer.status_code == 202
        await live.run_due()
        assert live.commands == ["begin"]
        assert await state() == ("begun", "")
        frozen_clock.advance(1_000)
        await live.run_due()
        told = await in_db(deeds_told)()
        assert told == ["added", "evening_planned", "begin"], "it is no move"
        again = await in_db(host.post)(path)
        assert again.status_code == 404, "said again there is none to come"


class TestItWaits:
    async def test_it_does_not_play_to_an_empty_room(
        self, live, item, plan, comes, frozen_clock, people, state
    ):
        await plan(item_id=item.id)
        frozen_clock.advance(HOUR_MS)
        for _ in range(2):
            await live.run_due()
            frozen_clock.advance(evenings.LOOK_AGAIN_MS)
        assert live.commands == []
        assert await state() == ("planned", "nobody")
        assert [event["what"] for event in told(live)] == ["planned", "waiting"], "said once"
        heard = await in_db(list)(Notice.objects.filter(user=people.owner, kind="room_evening"))
        assert [notice.data["what"] for notice in heard] == ["waiting"]
        await comes()
        await live.run_due()
        assert live.commands == ["begin"]
        assert await state() == ("begun", "")

    async def test_nobody_waits_for_ever(
        self, live, item, plan, comes, frozen_clock, people, state
    ):
        await plan(item_id=item.id)
        frozen_clock.advance(HOUR_MS)
        await live.run_due()
        frozen_clock.advance(31 * 60_000)
        await live.run_due()
        assert await state() == ("missed", "")
        await comes()
        frozen_clock.advance(10_000)
        await live.run_due()
        assert live.commands == []
        heard = await in_db(list)(Notice.objects.filter(user=people.owner))
        assert [notice.data["what"] for notice in heard] == ["missed", "waiting"]

    async def test_a_server_that_was_away_for_long_begins_nothing(
        self, live, item, plan, comes, frozen_clock, state
    ):
        await plan(item_id=item.id)
        await comes()
        frozen_clock.advance(HOUR_MS + 31 * 60_000)
        await live.run_due()
        assert live.commands == []
        assert await state() == ("missed", "")

    async def test_without_a_film_it_begins_when_there_is_one(
        self, live, plan, comes, frozen_clock, people, room, state
    ):
        await plan()
        await comes()
        frozen_clock.advance(HOUR_MS)
        await live.run_due()
        assert await state() == ("planned", "no_film")
        url = "https://films.example/a.mp4"
        await in_db(services.item_add)(room=room, by=people.owner, url=url)
        frozen_clock.advance(evenings.LOOK_AGAIN_MS)
        await live.run_due()
        assert await state() == ("begun", "")

    async def test_a_film_that_is_still_made_is_waited_for(
        self, live, item, plan, comes, frozen_clock, state
    ):
        other = store.Film("another", "file", duration_s=600)
        await in_db(live.start)(other)
        await in_db(Video.objects.update)(playable=False, state="processing")
        await plan(item_id=item.id)
        await comes()
        frozen_clock.advance(HOUR_MS)
        await live.run_due()
        assert await state() == ("planned", "no_film")
        await in_db(Video.objects.update)(playable=True)
        frozen_clock.advance(evenings.LOOK_AGAIN_MS)
        await live.run_due()
        assert await state() == ("begun", "")

    async def test_a_film_that_was_taken_off_is_not(
        self, live, film, put_on_list, plan, comes, frozen_clock, people, room
    ):
        items = await in_db(lambda: put_on_list(film("A"), film("B")))()
        await plan(item_id=items[0].id)
        await in_db(services.item_remove)(room=room, by=people.owner, item=items[0])
        await comes()
        frozen_clock.advance(HOUR_MS)
        await live.run_due()
        assert live.wire["item_id"] == str(items[1].id)


class TestReady:
    """`evening:ready` on the socket: its ladder."""

    async def test_all_see_who_is_ready(self, sockets, plan, people, room, frozen_clock):
        await plan()
        frozen_clock.advance(HOUR_MS / 2)
        ana, mara = [await sockets.open(one, room.code) for one in (people.member, people.owner)]
        answer, event = await mara.ask_and_hear("evening:ready", type="evening:ready", ready=True)
        assert answer["type"] == "ack"
        assert event["ready"] == [str(people.owner.pk)]
        assert (await ana.frame("evening:ready"))["ready"] == [str(people.owner.pk)]
        assert (await mara.ask(type="evening:ready", ready=True))["type"] == "ack"
        assert await ana.without("evening:ready"), "said again it is no news"
        fresh = await sockets.open(people.guest, room.code)
        assert fresh.snapshot["evening_ready"] == [str(people.owner.pk)]

    async def test_who_leaves_is_not_ready_and_who_reloads_is(
        self, sockets, plan, people, room, frozen_clock
    ):
        await plan()
        frozen_clock.advance(HOUR_MS / 2)
        ana, mara = [await sockets.open(one, room.code) for one in (people.member, people.owner)]
        await mara.ask(type="evening:ready", ready=True)
        await mara.close()
        mara = await sockets.open(people.owner, room.code)
        frozen_clock.advance(5_000)
        await sockets.run_due()
        assert mara.snapshot["evening_ready"] == [str(people.owner.pk)]
        await mara.close()
        frozen_clock.advance(5_000)
        await sockets.run_due()
        assert (await ana.frame("evening:ready"))["ready"] == [str(people.owner.pk)]
        assert (await ana.frame("evening:ready"))["ready"] == []

    @pytest.mark.parametrize("planned", [True, False])
    async def test_only_while_the_lobby_is_open(
        self, sockets, plan, people, room, planned, frozen_clock
    ):
        if planned:
            await plan()
            frozen_clock.advance(HOUR_MS / 2 - 1)
        mara = await sockets.open(people.owner, room.code)
        answer = await mara.ask(type="evening:ready", ready=True)
        assert (answer["type"], answer["code"]) == ("error", "no_lobby")

    @pytest.mark.parametrize("frame", [{}, {"ready": "yes"}, {"ready": 1}, {"ready": True, "x": 1}])
    async def test_what_is_malformed_is_refused(self, sockets, people, room, frame):
        mara = await sockets.open(people.owner, room.code)
        answer = await mara.ask(type="evening:ready", **frame)
        assert answer["type"] == "error"

    async def test_after_it_began_nobody_is_ready(
        self, sockets, plan, item, people, room, frozen_clock
    ):
        await plan(item_id=item.id)
        frozen_clock.advance(HOUR_MS / 2)
        mara = await sockets.open(people.owner, room.code)
        await mara.ask(type="evening:ready", ready=True)
        place = await in_db(place_in)(people.owner, room.code)
        await in_db(planning.evening_start)(place=place)
        await sockets.run_due()
        assert (await mara.frame("evening:changed"))["what"] == "moved"
        assert (await mara.frame("evening:changed"))["what"] == "begun"
        fresh = await sockets.open(people.guest, room.code)
        assert (fresh.snapshot["evening"], fresh.snapshot["evening_ready"]) == (None, [])
