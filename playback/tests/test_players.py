"""Players over the room socket: the clock, their statuses, getting ready, asking for the remote."""

import pytest
from channels.db import database_sync_to_async

from syncwatch.lib import clock

pytestmark = pytest.mark.django_db(transaction=True)
in_db = database_sync_to_async


async def report(socket, state, seq=0, **more):
    fields = {"position": 0, "buffered": 5, "drift_ms": 0.4, "rtt_ms": 20} | more
    return await socket.ask(type="sync:status", state=state, seq=seq, **fields)


async def told(socket, action):
    """The next command of this kind; its own sender may hear of an earlier one late."""
    while (event := await socket.frame("sync:command"))["action"] != action:
        pass
    return event


async def test_a_ping_is_stamped_with_the_servers_clock(sockets, people, room, frozen_clock):
    mara = await sockets.open(people.owner, room.code)
    await mara.send(type="sync:ping", t0=12.5)
    pong = await mara.frame("sync:pong")
    assert pong == {
        "type": "sync:pong",
        "t0": 12.5,
        "t1": clock.server_ms(),
        "t2": clock.server_ms(),
    }


async def test_pings_past_the_limit_are_dropped_and_are_no_strike(
    sockets, people, room, frozen_clock
):
    mara = await sockets.open(people.owner, room.code)
    for number in range(300):
        await mara.send(type="sync:ping", t0=number)
    await report(mara, "playing")
    mara_is_there = await mara.ask(type="sync:play")
    assert mara_is_there["type"] == "ack"
    frozen_clock.advance(1_000)
    for number in range(3):
        await mara.send(type="sync:ping", t0=1_000 + number)
    answered = []
    while not answered or answered[-1] < 1_002:
        answered.append((await mara.frame("sync:pong"))["t0"])
    assert answered[-3:] == [1_000, 1_001, 1_002]
    assert len(answered) == 60 + 3, "the burst, and no more"


async def test_the_room_waits_until_both_are_ready_and_goes_on_at_one_moment(
    sockets, people, room, frozen_clock
):
    mara = await sockets.open(people.owner, room.code)
    ana = await sockets.open(people.member, room.code)
    ilya = await sockets.open(people.guest, room.code)  # he looks on and says nothing
    await report(mara, "paused", rtt_ms=40)
    await report(ana, "paused", rtt_ms=400)
    play = await mara.ask(type="sync:play", position=30)
    held = await ilya.frame("sync:command")
    assert held["timeline"]["hold"] == {
        "reason": "ready", "by": [], "since": clock.server_ms(), "resume": True,
    }  # fmt: skip
    assert (held["timeline"]["paused"], held["timeline"]["position"]) == (True, 30)
    await report(mara, "ready", play["seq"], rtt_ms=40)
    await report(ana, "ready", play["seq"], rtt_ms=400)
    released = await ilya.frame("sync:command")
    assert (released["action"], released["by"]) == ("release", None)
    assert released["timeline"]["paused"] is False
    assert released["timeline"]["at"] == clock.server_ms() + 400 + 120  # the slowest hears in time
    assert released == await told(mara, "release")  # the same for everybody


async def test_after_four_seconds_the_room_goes_on_without_the_laggard(
    sockets, people, room, frozen_clock
):
    mara = await sockets.open(people.owner, room.code)
    ana = await sockets.open(people.member, room.code)
    await report(mara, "paused")
    await report(ana, "paused")
    play = await mara.ask(type="sync:play", position=30)
    await report(mara, "ready", play["seq"])
    frozen_clock.advance(3_900)
    await sockets.run_due()
    assert (await ana.frame("sync:command"))["action"] == "play"
    frozen_clock.advance(150)
    await sockets.run_due()
    assert (await ana.frame("sync:command"))["action"] == "release"


async def test_a_closed_laptop_is_not_waited_for(sockets, people, room, frozen_clock):
    mara = await sockets.open(people.owner, room.code)
    ana = await sockets.open(people.member, room.code)
    await report(mara, "paused")
    await report(ana, "paused")
    play = await mara.ask(type="sync:play", position=30)
    await report(mara, "ready", play["seq"])
    await ana.close()
    assert (await told(mara, "release"))["timeline"]["paused"] is False


async def test_one_person_with_two_tabs_is_waited_for_in_both(sockets, people, room, frozen_clock):
    first = await sockets.open(people.owner, room.code)
    second = await sockets.open(people.owner, room.code)
    await report(first, "paused")
    await report(second, "paused")
    play = await first.ask(type="sync:play", position=30)
    await report(first, "ready", play["seq"])
    assert (await second.frame("sync:command"))["action"] == "play"
    assert await second.quiet()
    await report(second, "ready", play["seq"])
    assert (await told(first, "release"))["timeline"]["paused"] is False


async def test_the_room_hears_of_changed_players_at_most_once_a_second(
    sockets, people, room, frozen_clock
):
    mara = await sockets.open(people.owner, room.code)
    ana = await sockets.open(people.member, room.code)
    await report(ana, "playing", position=12, buffered=8)
    await sockets.run_due()
    first = await mara.frame("sync:members")
    assert first["members"] == [{
        "user_id": str(people.member.id), "tab": ana.tab, "state": "playing",
        "position": 12.0, "buffered": 8.0, "drift_ms": 0.4, "rtt_ms": 20.0,
    }]  # fmt: skip
    assert "seq" not in first
    for state in ("buffering", "playing", "buffering"):
        frozen_clock.advance(300)
        await report(ana, state)
        await sockets.run_due()
    assert await mara.quiet()
    frozen_clock.advance(100)
    await sockets.run_due()
    assert [each["state"] for each in (await mara.frame("sync:members"))["members"]] == [
        "buffering"
    ]


async def test_a_player_that_closed_is_told_as_gone(sockets, people, room, frozen_clock):
    mara = await sockets.open(people.owner, room.code)
    ana = await sockets.open(people.member, room.code)
    await report(ana, "playing")
    await sockets.run_due()
    await mara.frame("sync:members")
    await ana.close()
    frozen_clock.advance(1_000)
    await sockets.run_due()
    told = await mara.frame("sync:members")
    assert told["members"] == [
        {"user_id": str(people.member.id), "tab": ana.tab, "state": "gone"}
    ]  # fmt: skip


STATUS = (
    '{"type":"sync:status","seq":0,"position":0,"buffered":0,'
    '"state":"playing","drift_ms":0,"rtt_ms":20,"clock_bound_ms":3,"quality":720}'
)
CHANGES = [
    ('"state":"playing"', '"state":"gone"'),
    ('"state":"playing"', '"state":7'),
    ('"seq":0', '"seq":-1'),
    ('"seq":0', '"seq":1e30'),
    ('"seq":0', '"seq":"0"'),
    ('"position":0', '"position":NaN'),
    ('"position":0', '"position":-1'),
    ('"position":0', '"position":{}'),
    ('"buffered":0', '"buffered":-1'),
    ('"drift_ms":0', '"drift_ms":1e12'),
    ('"rtt_ms":20', '"rtt_ms":-1'),
    ('"rtt_ms":20', '"rtt_ms":60001'),
    ('"rtt_ms":20', '"rtt_ms":20,"user_id":"somebody else"'),
    ('"clock_bound_ms":3', '"clock_bound_ms":-1'),
    ('"clock_bound_ms":3', '"clock_bound_ms":60001'),
    ('"clock_bound_ms":3', '"clock_bound_ms":Infinity'),
    ('"quality":720', '"quality":0'),
    ('"quality":720', '"quality":16385'),
    ('"quality":720', '"quality":720.5'),
    ('"quality":720', '"quality":"high"'),
    ('"seq":0,', ""),
]


async def test_malformed_statuses_are_answered_and_nobody_counts_by_them(sockets, people, room):
    mara = await sockets.open(people.owner, room.code)
    for old, new in CHANGES:
        await mara.send_text(STATUS.replace(old, new))
        assert (await mara.next())["code"] in {"invalid", "malformed"}, new
    await mara.ask(type="sync:seek", position=10)
    assert await sockets.run_due() >= 0
    late = await sockets.open(people.member, room.code)
    assert late.snapshot["timeline"]["hold"] is None


async def test_a_stranger_does_not_hear_a_room(sockets, people, room):
    assert await sockets.refusal(people.stranger, room.code) == 4403
