"""Waiting for people whose player ran dry: as long as the room wants, and never for ever."""

import asyncio
from dataclasses import replace

import pytest
from channels.db import database_sync_to_async
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playback import rules, waiting
from playback.rules import WaitPolicy
from playback.store import Film
from playback.tests.live import LiveRoom
from syncwatch.lib import clock, redis

ON = WaitPolicy(on=True, grace_ms=500, quorum=1.0, cap_ms=15_000)
POLL_MS = 500
READY_MS = 4_000
GRACE_MOST_MS = 10_000


@pytest.fixture
def policy(monkeypatch):
    """`policy(quorum=0.5)`: how the room waits; on, unless told otherwise."""

    def choose(**changes):
        async def chosen(code):
            return replace(ON, **changes)

        monkeypatch.setattr(waiting, "_policy", chosen)

    choose()
    return choose


@pytest.fixture
async def watching(live, policy):
    """Ana, Bo and Cy watch in step."""
    live.do("play")
    for user in ("ana", "bo", "cy"):
        await live.status(user, "playing")
    return live


async def passes(live, frozen_clock, ms):
    for _ in range(ms // 250):
        frozen_clock.advance(250)
        await live.run_due()


async def stalls(live, frozen_clock, user="ana"):
    await live.status(user, "buffering")
    await passes(live, frozen_clock, 500)


async def test_a_stall_past_the_grace_holds_the_room_and_names_who(watching, frozen_clock):
    await watching.status("ana", "buffering")
    await passes(watching, frozen_clock, 250)
    assert watching.wire["hold"] is None
    await passes(watching, frozen_clock, 250)
    hold = watching.wire["hold"]
    assert (hold["reason"], hold["by"], hold["resume"]) == ("buffering", ["ana"], True)
    assert (watching.wire["paused"], watching.commands[-1]) == (True, "hold")


@pytest.fixture
def meanwhile(monkeypatch):
    """`meanwhile(do)`: it happens once, after the room was looked at and before it is held."""

    def happens(do):
        really = waiting._hold

        async def after_that(*args):
            monkeypatch.setattr(waiting, "_hold", really)
            await do()
            await really(*args)

        monkeypatch.setattr(waiting, "_hold", after_that)

    return happens


async def test_whoever_recovers_while_the_room_is_being_held_frees_it(
    watching, frozen_clock, meanwhile
):
    meanwhile(lambda: watching.status("ana", "playing"))
    await stalls(watching, frozen_clock)
    assert watching.commands[-2:] == ["hold", "release"]
    assert watching.wire["hold"] is None


async def test_a_room_that_is_to_wait_no_more_while_it_is_being_held_goes_on(
    watching, policy, frozen_clock, meanwhile
):
    async def turned_off():
        policy(on=False)
        waiting.changed(watching.code, replace(ON, on=False))

    meanwhile(turned_off)
    await stalls(watching, frozen_clock)
    assert watching.commands[-2:] == ["hold", "release"]


async def test_a_hiccup_disturbs_nobody(watching, frozen_clock):
    await watching.status("ana", "buffering")
    frozen_clock.advance(400)
    await watching.status("ana", "playing")
    await passes(watching, frozen_clock, 2_000)
    assert watching.commands == ["play"]


async def test_the_room_goes_on_when_the_last_one_can_play(watching, frozen_clock):
    await stalls(watching, frozen_clock)
    await watching.status("bo", "buffering")
    await watching.status("ana", "playing")
    assert watching.wire["hold"]
    await watching.status("bo", "ready")
    assert (watching.wire["hold"], watching.wire["paused"]) == (None, False)
    assert watching.wire["at"] == clock.server_ms() + 150


async def test_the_room_goes_on_when_whom_it_waits_for_leaves(watching, frozen_clock):
    await stalls(watching, frozen_clock)
    await watching.status("ana", "gone")
    assert watching.commands[-1] == "release"


async def test_whoever_turns_to_watch_alone_is_waited_for_no_more(watching, frozen_clock):
    await stalls(watching, frozen_clock)
    await watching.status("ana", "detached")
    assert watching.commands[-1] == "release"


async def test_at_the_cap_the_room_goes_on_and_waits_no_more_for_that_person(
    watching, frozen_clock
):
    await stalls(watching, frozen_clock)
    for _ in range(3):
        await passes(watching, frozen_clock, 5_000)
        for user, state in (("ana", "buffering"), ("bo", "paused"), ("cy", "paused")):
            await watching.status(user, state)
    assert watching.commands[-1] == "release"
    await watching.status("ana", "playing")
    await stalls(watching, frozen_clock)
    assert watching.commands[-1] == "release"
    await stalls(watching, frozen_clock, "bo")
    assert (watching.commands[-1], watching.wire["hold"]["by"]) == ("hold", ["bo"])


async def test_an_exemption_ends_after_five_minutes(watching, frozen_clock):
    await stalls(watching, frozen_clock)
    await passes(watching, frozen_clock, 14_000)
    await watching.status("ana", "buffering")
    await passes(watching, frozen_clock, 1_500)
    assert watching.commands[-1] == "release"
    frozen_clock.advance(rules.EXEMPT_MS)
    await watching.status("ana", "playing")
    await watching.status("bo", "playing")
    await stalls(watching, frozen_clock)
    assert watching.wire["hold"]["by"] == ["ana"]


async def test_after_three_stalls_the_room_goes_on_without_that_person(watching, frozen_clock):
    for _ in range(3):
        await stalls(watching, frozen_clock)
        assert watching.commands[-1] == "hold"
        await watching.status("ana", "playing")
    await stalls(watching, frozen_clock)
    assert watching.commands[-1] == "release"


@pytest.fixture
def told(monkeypatch):
    """Who was told that nobody waits for them, why, and until when."""
    heard = []

    async def take(code, event, to=""):
        heard.append((to, event.why, event.until))

    monkeypatch.setattr(waiting.gateway, "pass_", take)
    return heard


async def test_whoever_reached_the_cap_is_told_that_nobody_waits_for_them(
    watching, frozen_clock, told
):
    await stalls(watching, frozen_clock)
    await passes(watching, frozen_clock, 14_000)
    await watching.status("ana", "buffering")
    await passes(watching, frozen_clock, 1_500)
    assert [told_to[:2] for told_to in told] == [("user:ana", "long")]
    assert 0 < told[0][2] - clock.server_ms() <= rules.EXEMPT_MS


async def test_whoever_stalls_again_and_again_is_told_once(watching, frozen_clock, told):
    for _ in range(3):
        await stalls(watching, frozen_clock)
        await watching.status("ana", "playing")
    assert told == []
    for _ in range(2):
        await stalls(watching, frozen_clock)
        await watching.status("ana", "playing")
    assert [told_to[:2] for told_to in told] == [("user:ana", "often")]
    assert watching.commands[-1] == "release"


async def test_a_room_that_waits_for_nobody_tells_nobody(watching, policy, frozen_clock, told):
    policy(on=False)
    for _ in range(5):
        await stalls(watching, frozen_clock)
        await watching.status("ana", "playing")
    assert told == []


async def test_enough_who_can_play_are_not_held_up_by_one(watching, policy, frozen_clock):
    policy(quorum=0.5)
    await stalls(watching, frozen_clock)
    assert watching.commands == ["play"]
    await stalls(watching, frozen_clock, "bo")
    assert watching.wire["hold"]["by"] == ["ana", "bo"]
    await watching.status("bo", "playing")
    assert watching.commands[-1] == "release"


async def test_a_room_that_does_not_wait_is_never_held(watching, policy, frozen_clock):
    policy(on=False)
    await stalls(watching, frozen_clock)
    await passes(watching, frozen_clock, 5_000)
    assert watching.commands == ["play"]


async def test_whoever_pauses_while_the_room_waits_has_the_last_word(watching, frozen_clock):
    await stalls(watching, frozen_clock)
    watching.do("pause")
    await watching.status("ana", "playing")
    await passes(watching, frozen_clock, 20_000)
    assert (watching.commands[-1], watching.wire["paused"]) == ("pause", True)


async def test_a_play_while_the_room_waits_goes_on_at_once(watching, frozen_clock):
    await stalls(watching, frozen_clock)
    watching.do("play")
    assert (watching.wire["hold"], watching.wire["paused"]) == (None, False)


@pytest.fixture
async def held(sockets, people, room, api, frozen_clock):
    """The owner's and the member's socket, in a room that waits for the member; and how to set
    that otherwise over the API.
    """

    async def setting(**wait):
        client = await database_sync_to_async(api)(people.owner)
        body = {"wait": wait}
        address = f"/api/rooms/{room.code}/"
        answer = await database_sync_to_async(client.patch)(address, body, format="json")
        assert answer.status_code == 200

    await setting(mode="on", grace_ms=250, quorum=1.0, cap_s=3)
    mara = await sockets.open(people.owner, room.code)
    ana = await sockets.open(people.member, room.code)
    status = {"type": "sync:status", "seq": 0, "position": 0, "buffered": 0, "drift_ms": 0,
              "rtt_ms": 20}  # fmt: skip
    await mara.ask(type="sync:play")
    await mara.ask(**status, state="playing")
    await ana.ask(**status, state="buffering")
    frozen_clock.advance(250)
    await sockets.run_due()
    while (told := await mara.frame("sync:command"))["action"] != "hold":
        pass
    assert told["timeline"]["hold"]["by"] == [str(people.member.id)]
    return mara, ana, setting


@pytest.mark.django_db(transaction=True)
async def test_the_rooms_own_setting_decides(held, sockets, frozen_clock):
    mara, ana, _ = held
    frozen_clock.advance(3_000)
    await sockets.run_due()
    assert (await mara.frame("sync:command"))["action"] == "release"
    assert (await ana.frame("sync:unwaited"))["why"] == "long"


@pytest.mark.django_db(transaction=True)
async def test_a_room_that_is_to_wait_no_more_goes_on_at_once(held, frozen_clock):
    mara, _, setting = held
    await setting(grace_ms=500)
    await mara.frame("room:updated")
    await setting(mode="off")
    told = await mara.frame("sync:command")
    assert (told["action"], told["timeline"]["paused"]) == ("release", False)
    assert told["timeline"]["at"] == clock.server_ms() + 150
    await setting(mode="off")
    assert await mara.without("sync:command"), "said again it changes nothing"


# --- never for ever ----------------------------------------------------------------------------

PEOPLE = ["ana", "bo", "cy", "di"]
# `again`: the same tab comes over a new connection, and the old one is noticed to be gone after it.
people_do = ["playing", "buffering", "buffering", "ready", "paused", "detached", "gone", "again"]
steps = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(people_do), st.sampled_from(PEOPLE)),
        st.tuples(st.sampled_from(["play", "pause", "seek", "rate"]), st.floats(1, 3)),
        st.tuples(st.just("time"), st.integers(1, 20)),
        st.tuples(st.just("settings"), st.deferred(lambda: policies)),
    ),
    max_size=24,
)
policies = st.builds(
    WaitPolicy,
    on=st.sampled_from([True, True, True, False]),
    grace_ms=st.sampled_from([250, 500, GRACE_MOST_MS]),
    quorum=st.sampled_from([0.01, 0.5, 1.0]),
    cap_ms=st.sampled_from([1_000, 15_000]),
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(policy=policies, steps=steps, they_leave=st.booleans())
def test_whatever_happens_no_room_waits_for_ever(monkeypatch, policy, steps, *, they_leave):
    async def run():
        with clock.frozen() as time:
            redis.sync().flushall()
            room = WaitingRoom(time, policy)
            monkeypatch.setattr(waiting, "_policy", room.chosen)
            for what, detail in steps:
                await room.step(what, detail)
            await (room.all_leave() if they_leave else room.all_fall_silent())
            assert room.live.wire["hold"] is None
            assert room.live.wire["paused"] is not room.wanted
            await redis.close_shared()

    asyncio.run(run())


class WaitingRoom:
    """What people want of a room with a film of a day, and what is promised to them meanwhile."""

    def __init__(self, time, policy):
        self.live = LiveRoom().start(Film("item-1", "video", "video-1", duration_s=80_000))
        self.wanted = False
        self._time = time
        self._policy = policy
        self._cap_ms = policy.cap_ms  # of the setting under which the room began to wait
        self._conns = dict.fromkeys(PEOPLE, 1)

    async def chosen(self, code):
        return self._policy

    async def step(self, what, detail):
        self.wanted = {"play": True, "pause": False}.get(what, self.wanted)
        if what == "time":
            await self._passes(detail)
        elif what == "settings":
            self._policy = detail
            waiting.changed(self.live.code, detail)
        elif what == "again":
            await self._again(detail)
        elif isinstance(detail, str):
            await self._says(detail, what)
        else:
            self.live.do(what, detail)
        self.check()

    async def all_leave(self):
        for user in PEOPLE:
            await self._says(user, "gone")
        self.check()

    async def all_fall_silent(self):
        """Nobody says anything any more, whatever they said last: the room frees itself."""
        await self._passes((READY_MS + GRACE_MOST_MS + self._longest_ms) // POLL_MS + 2)

    async def _passes(self, polls):
        for _ in range(polls):
            self._time.advance(POLL_MS)
            await self.live.run_due()
            self.check()

    async def _again(self, user):
        self._conns[user] += 1
        await self._says(user, "paused")
        await self.live.status(user, "gone", conn=f"c{self._conns[user] - 1}")

    async def _says(self, user, state):
        await self.live.status(user, state, self.live.now.seq, conn=f"c{self._conns[user]}")

    @property
    def _longest_ms(self):
        self._cap_ms = max(self._cap_ms, self._policy.cap_ms)
        return self._cap_ms

    def check(self):
        """A hold has an end; who pressed play sees the film go on, or a hold that will let it."""
        hold = self.live.wire["hold"]
        if hold:
            assert hold["reason"] == "ready" or self._policy.on
            most_ms = READY_MS if hold["reason"] == "ready" else self._longest_ms
            assert clock.server_ms() - hold["since"] <= most_ms + POLL_MS
        goes_on = not self.live.wire["paused"] or (hold and hold["resume"])
        assert bool(goes_on) is self.wanted


async def test_whoever_misses_the_start_is_waited_for_by_name(live, policy, frozen_clock):
    for user in ("ana", "bo"):
        await live.status(user, "paused")
    live.do("seek", 60)
    live.do("play")
    seq = live.now.seq
    await live.status("bo", "ready", seq)
    await live.status("ana", "buffering", seq)
    await passes(live, frozen_clock, 4_250)
    hold = live.wire["hold"]
    assert (hold["reason"], hold["by"], hold["resume"]) == ("buffering", ["ana"], True)
    assert live.position == 60, "nobody saw a start that was taken back"
    await live.status("ana", "ready", live.now.seq)
    assert (live.wire["hold"], live.wire["paused"]) == (None, False)
