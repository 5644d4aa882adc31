"""The room socket's kernel, driven from outside with two made-up modules."""

import asyncio
import json
import uuid

import pytest

from rooms.gateway.hub import running_hub
from syncwatch.lib import redis
from syncwatch.tests.sent_away import kick
from syncwatch.tests.socket_client import until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("light")]


async def test_the_first_frame_is_a_snapshot_with_every_modules_part(sockets, people, room):
    socket = await sockets.open(people.owner, room.code)
    assert socket.snapshot["protocol"] == 1
    assert socket.snapshot["light"] == "dim"
    assert socket.snapshot["me"]["role"] == "owner"
    assert "control" in socket.snapshot["me"]["capabilities"]
    assert socket.snapshot["seq"] == 1  # its own room:member:joined, told to the others
    assert len(socket.snapshot["epoch"]) == 16


async def test_a_kept_event_reaches_everybody_with_the_same_bytes_and_seq(sockets, people, room):
    mara = await sockets.open(people.owner, room.code)
    ana = await sockets.open(people.member, room.code)
    ack = await mara.ask(type="light:switch", on=True)
    assert ack["seq"] == 3
    heard = await ana.frame("light:switched")
    assert heard == {
        "type": "light:switched", "seq": 3, "on": True, "by": str(people.owner.id),
    }  # fmt: skip


async def test_a_person_joining_is_told_to_those_who_are_there(sockets, light, people, room):
    mara = await sockets.open(people.owner, room.code)
    await sockets.open(people.member, room.code)
    joined = await mara.frame("room:member:joined")
    assert joined["member"]["user"]["display_name"] == "Ana"
    assert joined["member"]["presence"] == "online"
    assert ("joined", str(people.member.id)) in light.log


async def test_two_tabs_are_one_person(sockets, people, room, frozen_clock):
    mara = await sockets.open(people.owner, room.code)
    first = await sockets.open(people.member, room.code)
    await mara.frame("room:member:joined")
    await sockets.open(people.member, room.code)
    await first.close()
    frozen_clock.advance(10_000)
    await sockets.run_due()
    assert await mara.quiet()


async def test_a_closed_tab_is_missed_only_after_a_moment(
    sockets, light, people, room, frozen_clock
):
    mara = await sockets.open(people.owner, room.code)
    ana = await sockets.open(people.member, room.code)
    await mara.frame("room:member:joined")
    await ana.close()
    frozen_clock.advance(3_900)
    await sockets.run_due()
    assert await mara.quiet()
    frozen_clock.advance(200)
    await sockets.run_due()
    left = await mara.frame("room:member:left")
    assert (left["user_id"], left["reason"]) == (str(people.member.id), "gone")
    assert ("left", str(people.member.id)) in light.log


async def test_a_lease_nobody_renews_runs_out(sockets, people, room, frozen_clock):
    """What a killed process leaves behind: leases that end by themselves."""
    mara = await sockets.open(people.owner, room.code)
    await sockets.open(people.member, room.code)
    await mara.frame("room:member:joined")
    hub = running_hub()
    frozen_clock.advance(20_000)
    ana = hub.rooms[room.code].of_user(str(people.member.id))[0]
    del hub.rooms[room.code].connections[ana.caller.conn_id]
    await hub.renew_leases()
    frozen_clock.advance(6_000)
    await sockets.run_due()
    assert (await mara.frame("room:member:left"))["user_id"] == str(people.member.id)


async def test_who_was_taken_for_gone_while_the_server_slept_is_back(
    sockets, light, people, room, frozen_clock
):
    """A machine that was shut and opened again, with its sockets still open."""
    mara = await sockets.open(people.owner, room.code)
    frozen_clock.advance(60_000)
    await sockets.run_due()
    assert (await mara.frame("room:member:left"))["user_id"] == str(people.owner.id)
    light.log.clear()
    await running_hub().renew_leases()
    joined = await mara.frame("room:member:joined")
    assert joined["member"]["user"]["id"] == str(people.owner.id)
    assert ("joined", str(people.owner.id)) in light.log
    await running_hub().renew_leases()
    assert await mara.quiet(), "once"


async def test_the_same_tab_again_replaces_the_older_socket(sockets, people, room):
    tab = str(uuid.uuid4())
    old = await sockets.open(people.owner, room.code, tab=tab)
    new = await sockets.open(people.owner, room.code, tab=tab)
    assert await old.closing_code() == 4409
    assert (await new.ask(type="light:switch", on=True))["type"] == "ack"


async def test_resume_brings_exactly_what_was_missed(sockets, people, room):
    mara = await sockets.open(people.owner, room.code)
    for on in (True, False, True):
        await mara.ask(type="light:switch", on=on)
    ana = await sockets.open(people.member, room.code)
    await ana.send(type="room:resume", since=1, epoch=ana.snapshot["epoch"], ref="r")
    seqs = []
    while (frame := await ana.next())["type"] != "ack":
        seqs.append(frame["seq"])
    assert seqs == [2, 3, 4, 5]


@pytest.mark.parametrize(("since", "epoch"), [(0, "another"), (10_000, None)])
async def test_resume_of_another_epoch_or_from_the_future_is_a_snapshot(
    sockets, people, room, since, epoch
):
    mara = await sockets.open(people.owner, room.code)
    await mara.send(type="room:resume", since=since, epoch=epoch or mara.snapshot["epoch"])
    assert (await mara.frame("room:snapshot"))["epoch"] == mara.snapshot["epoch"]


async def test_resume_from_too_long_ago_is_a_snapshot(sockets, people, room, settings):
    settings.RECENT_EVENTS_KEPT = 3
    mara = await sockets.open(people.owner, room.code)
    for on in (True, False, True, False):
        await mara.ask(type="light:switch", on=on)
    await mara.send(type="room:resume", since=1, epoch=mara.snapshot["epoch"])
    assert (await mara.frame("room:snapshot"))["seq"] == 5


async def test_a_gap_on_the_bus_is_filled_in_order(sockets, people, room):
    """The channel layer is at most once: an event that never came is fetched from Redis."""
    mara = await sockets.open(people.owner, room.code)
    hub = running_hub()
    lost = {"type": "room.event", "room": room.code, "seq": 2, "text": "lost on the way"}
    deliver, hub._on_message = hub._on_message, lambda message: None
    await mara.ask(type="light:switch", on=True)
    assert await mara.quiet()
    hub._on_message = deliver
    await mara.ask(type="light:switch", on=False)
    heard = [await mara.frame("light:switched") for _ in range(2)]
    assert [(each["seq"], each["on"]) for each in heard] == [(2, True), (3, False)]
    assert lost["seq"] == 2


async def test_the_audit_finds_what_the_bus_lost_at_the_end(sockets, people, room):
    mara = await sockets.open(people.owner, room.code)
    hub = running_hub()
    deliver, hub._on_message = hub._on_message, lambda message: None
    await mara.ask(type="light:switch", on=True)
    assert await mara.quiet()
    hub._on_message = deliver
    await hub.audit()
    assert (await mara.frame("light:switched"))["seq"] == 2


async def test_redis_without_its_data_is_another_epoch_and_people_are_put_back(
    sockets, people, room
):
    mara = await sockets.open(people.owner, room.code)
    redis.sync().flushall()
    await running_hub().audit()
    fresh = await mara.frame("room:snapshot")
    assert fresh["epoch"] != mara.snapshot["epoch"]
    assert (await mara.ask(type="light:switch", on=True))["seq"] == fresh["seq"] + 1


async def test_a_slow_lane_delays_nobody_elses(sockets, light, people, room):
    mara = await sockets.open(people.owner, room.code)
    await mara.send(type="slow:sleep", ref="slow")
    assert (await mara.ask(type="light:switch", on=True))["type"] == "ack"
    light.slow.gate.set()
    assert (await mara.frame("ack"))["ref"] == "slow"


async def test_a_full_lane_refuses_and_nothing_else_stops(sockets, light, people, room):
    mara = await sockets.open(people.owner, room.code)
    for number in range(66):
        await mara.send(type="slow:sleep", ref=str(number))
    refused = await mara.frame("error")
    assert refused["code"] == "rate_limited"
    assert refused["ref"] in {"64", "65"}  # 64 wait, one may be in the handler's hands already
    assert (await mara.ask(type="light:switch", on=True))["type"] == "ack"
    light.slow.gate.set()


async def test_what_waits_in_line_of_somebody_sent_away_is_not_done(sockets, light, people, room):
    mara = await sockets.open(people.owner, room.code)
    ana = await sockets.open(people.member, room.code)
    for _ in range(3):
        await ana.send(type="slow:sleep")
    await until(lambda: light.slow.begun == 1)
    await kick(room, actor=people.owner, target=people.member)
    assert await ana.closing_code() == 4403
    light.slow.gate.set()
    await until(lambda: light.slow.done == 1)
    assert (await mara.ask(type="light:switch", on=True))["type"] == "ack"
    assert light.slow.begun == 1


async def test_a_fault_in_a_handler_is_an_error_and_the_socket_lives(sockets, people, room, caplog):
    mara = await sockets.open(people.owner, room.code)
    answer = await mara.ask(type="slow:break")
    assert answer["code"] == "server_error"
    assert "RuntimeError" not in json.dumps(answer)
    assert (await mara.ask(type="light:switch", on=True))["type"] == "ack"


async def test_a_deadline_runs_once_when_it_is_due(sockets, light, people, room, frozen_clock):
    mara = await sockets.open(people.owner, room.code)
    await mara.ask(type="light:later", due_ms=1_800_000_000_000 + 500)
    await sockets.run_due()
    assert ("off", room.code, "token") not in light.log
    frozen_clock.advance(501)
    await asyncio.gather(sockets.run_due(), sockets.run_due())
    assert (await mara.frame("light:switched"))["by"] is None
    frozen_clock.advance(60_000)
    await sockets.run_due()
    assert light.log.count(("off", room.code, "token")) == 1


async def test_a_passing_event_can_be_for_one_person_or_one_capability(sockets, people, room):
    mara = await sockets.open(people.owner, room.code)
    ana = await sockets.open(people.member, room.code)
    await mara.frame("room:member:joined")
    await mara.ask(type="light:wink", to=f"user:{people.member.id}")
    assert (await ana.frame("light:winked"))["by"] == str(people.owner.id)
    assert await mara.quiet()
    await ana.ask(type="light:wink", to="cap:moderate")
    assert (await mara.frame("light:winked"))["by"] == str(people.member.id)
    assert await ana.quiet()
