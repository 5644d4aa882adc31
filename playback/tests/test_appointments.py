"""Getting ready together: who counts, when the room is released, how long the lead is."""

import asyncio

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playback import store, waiting
from playback.realtime import PlaybackEvents
from playback.rules import WaitPolicy
from playback.store import Film, TimelineMissingError
from playback.tests.live import CODE, LiveRoom
from syncwatch.lib import clock, redis

EVENTS = PlaybackEvents()


async def test_a_seek_waits_until_all_that_count_are_ready(live):
    await live.status("ana", "paused")
    await live.status("bo", "paused")
    seq = live.do("seek", 30)
    assert live.wire["hold"] == {
        "reason": "ready",
        "by": [],
        "since": clock.server_ms(),
        "resume": False,
    }
    await live.status("ana", "ready", seq)
    assert live.commands == ["seek"]
    await live.status("bo", "ready", seq)
    assert live.commands == ["seek", "release"]
    assert (live.wire["hold"], live.wire["paused"], live.wire["position"]) == (None, True, 30)


async def test_a_seek_while_playing_goes_on_when_all_are_ready(live, frozen_clock):
    await live.status("ana", "playing")
    live.do("play")
    frozen_clock.advance(2_000)
    seq = live.do("seek", 30)
    assert (live.wire["paused"], live.wire["hold"]["resume"]) == (True, True)
    await live.status("ana", "ready", seq)
    assert (live.wire["paused"], live.wire["hold"]) == (False, None)
    assert live.wire["at"] == clock.server_ms() + 150
    assert live.events[-1]["by"] is None


async def test_a_report_about_an_older_timeline_makes_nobody_ready(live):
    await live.status("ana", "paused")
    first = live.do("seek", 30)
    live.do("seek", 60)
    await live.status("ana", "ready", first)
    assert live.commands == ["seek", "seek"]


async def test_a_play_after_a_seek_that_all_are_ready_for_is_direct(live):
    await live.status("ana", "paused")
    seq = live.do("seek", 30)
    await live.status("ana", "ready", seq)
    live.do("play")
    assert (live.commands[-1], live.wire["paused"], live.wire["hold"]) == ("play", False, None)


async def test_a_play_after_a_seek_that_somebody_is_not_ready_for_waits(live):
    await live.status("ana", "paused")
    live.do("seek", 30)
    seq = live.do("play")
    assert (live.wire["paused"], live.wire["hold"]["resume"]) == (True, True)
    await live.status("ana", "ready", seq)
    assert live.wire["paused"] is False


async def test_a_play_after_a_pause_is_direct(live, frozen_clock):
    await live.status("ana", "playing")
    live.do("play")
    frozen_clock.advance(1_000)
    live.do("pause")
    live.do("play")
    assert (live.wire["paused"], live.wire["hold"]) == (False, None)


async def test_a_play_somewhere_else_has_to_be_got_ready_for(live):
    seq = live.do("play")
    await live.status("ana", "ready", seq)
    live.do("pause")
    live.do("play", 300)
    assert live.wire["hold"]["reason"] == "ready"


async def test_a_pause_while_people_get_ready_ends_the_waiting(live):
    await live.status("ana", "paused")
    live.do("seek", 30)
    live.do("pause")
    assert (live.wire["hold"], live.wire["paused"]) == (None, True)


async def test_after_four_seconds_laggards_are_left_behind(live, frozen_clock):
    await live.status("ana", "paused")
    live.do("play", 30)
    token, due_ms = live.deadlines["sync.ready"]
    assert due_ms == 4_000
    frozen_clock.advance(4_000)
    await EVENTS.tired_of_waiting(CODE, token)
    assert live.commands == ["play", "release"]
    assert live.wire["paused"] is False
    await EVENTS.tired_of_waiting(CODE, token)
    assert live.commands == ["play", "release"]  # a deadline may come twice


async def test_a_new_rate_does_not_stop_the_waiting(live, frozen_clock):
    await live.status("ana", "paused")
    live.do("play", 30)
    frozen_clock.advance(1_000)
    live.do("rate", 2)
    token, due_ms = live.deadlines["sync.ready"]
    assert due_ms == 3_000
    frozen_clock.advance(3_000)
    await EVENTS.tired_of_waiting(CODE, token)
    assert (live.commands[-1], live.wire["rate"]) == ("release", 2)


async def test_whoever_was_silent_for_fifteen_seconds_does_not_count(live, frozen_clock):
    await live.status("ana", "paused")
    frozen_clock.advance(15_000)
    live.do("seek", 30)
    assert live.wire["hold"] is None


async def test_whoever_watches_alone_does_not_count(live):
    await live.status("ana", "paused")
    await live.status("ana", "detached")
    live.do("seek", 30)
    assert live.wire["hold"] is None


async def test_whoever_leaves_while_all_get_ready_is_not_waited_for(live):
    await live.status("ana", "paused")
    await live.status("bo", "paused")
    seq = live.do("seek", 30)
    await live.status("ana", "ready", seq)
    await live.status("bo", "gone")
    assert live.commands == ["seek", "release"]


async def test_a_closed_connection_does_not_take_its_successor_along(live):
    await live.status("ana", "paused", conn="old")
    await live.status("ana", "paused", conn="new")
    await live.status("ana", "gone", conn="old")
    live.do("seek", 30)
    assert live.wire["hold"]["reason"] == "ready"


async def test_somebody_who_runs_dry_again_is_not_ready(live):
    await live.status("ana", "paused")
    await live.status("bo", "paused")
    seq = live.do("seek", 30)
    await live.status("ana", "ready", seq)
    await live.status("ana", "buffering", seq)
    await live.status("bo", "ready", seq)
    assert live.commands == ["seek"]


async def test_the_lead_follows_the_slowest_tenth(live):
    for number in range(9):
        await live.status(f"quick{number}", "paused", rtt_ms=20)
    await live.status("slow", "paused", rtt_ms=900)
    live.do("pause")
    live.do("play", 0.5)
    assert live.wire["at"] == clock.server_ms() + 150
    for number in range(9):
        await live.status(f"quick{number}", "paused", rtt_ms=200)
    live.do("pause")
    live.do("play", 0.5)
    assert live.wire["at"] == clock.server_ms() + 320


async def test_one_liar_cannot_delay_the_room_for_long(live):
    await live.status("ana", "paused", rtt_ms=60_000)
    live.do("play")
    assert live.wire["at"] == clock.server_ms() + 1_500


async def test_a_status_into_a_lost_timeline_says_so(live):
    redis.sync().flushall()
    with pytest.raises(TimelineMissingError):
        await live.status("ana", "playing")


async def test_changed_players_are_told_at_most_once_a_second(live, frozen_clock):
    await live.status("ana", "playing")
    await live.status("bo", "buffering")
    assert live.deadlines["sync.members"][1] == 0
    assert await store.tell_members(CODE) == 2
    redis.sync().delete("deadlines")
    await live.status("ana", "playing")  # said before: no news
    assert live.deadlines == {}
    frozen_clock.advance(200)
    await live.status("ana", "buffering")
    assert live.deadlines["sync.members"][1] == 800


async def test_eight_hundred_commands_at_once_have_one_order(live):
    async def one(number):
        return await store.apply(CODE, store.Change("seek", "ana", number % 600))

    seqs = await asyncio.gather(*(one(number) for number in range(800)))
    told = [event["seq"] for event in live.events]
    assert sorted(seqs) == list(range(1, 801))
    assert told == list(range(401, 801))  # as many as are kept, in order
    assert live.wire["seq"] == 800


TIMELY = {"sync.ready", "sync.edge", "sync.wait", "sync.cap"}
STATES = ["ready", "buffering", "paused", "playing", "detached", "gone"]
steps = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["play", "pause"]), st.none() | st.floats(0, 700)),
        st.tuples(st.just("seek"), st.floats(0, 700)),
        st.tuples(st.just("rate"), st.floats(0.25, 3)),
        st.tuples(st.just("load"), st.sampled_from([None, 5.0])),
        st.tuples(st.just("status"), st.sampled_from(STATES)),
        st.tuples(st.just("wait"), st.integers(0, 20_000)),
    ),
    max_size=25,
)  # fmt: skip


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=steps, waits=st.booleans())
def test_whatever_people_do_the_timeline_stays_sound(steps, waits, monkeypatch):
    """Held means paused; positions stay within the film; a hold always has a way out."""

    async def policy(code):
        return WaitPolicy(on=waits)

    monkeypatch.setattr(waiting, "_policy", policy)

    async def run():
        with clock.frozen() as time:
            redis.sync().flushall()
            live = LiveRoom().start()
            for number, (action, value) in enumerate(steps):
                await step(live, time, action, value, user="ana" if number % 3 else "bo")
                check(live)
            await redis.close_shared()

    asyncio.run(run())


async def step(live, time, action, value, user):
    if action == "wait":
        time.advance(value)
        await run_due(live)
    elif action == "status":
        await live.status(user, value, live.now.seq)
    elif action == "load":
        live.load(Film("item-9", "video", "video-9", 600, available_s=value))
    else:
        live.do(action, value)


async def run_due(live):
    for kind, (token, due_ms) in live.deadlines.items():
        if due_ms <= 0 and kind in TIMELY:
            await EVENTS.deadlines()[kind](CODE, token)


def check(live):
    wire = live.wire
    assert wire["paused"] or wire["hold"] is None
    assert 0 <= wire["position"] <= 600
    assert wire["seq"] == len(live.events)
    ways_out = {"ready": "sync.ready", "processing": "sync.look", "buffering": "sync.cap"}
    if wire["hold"]:
        assert live.deadlines[ways_out[wire["hold"]["reason"]]][0] == str(wire["seq"])
    elif not wire["paused"]:
        assert live.deadlines["sync.end"][0] == str(wire["seq"])
