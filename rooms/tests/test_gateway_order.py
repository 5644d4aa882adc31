"""One order for everybody: snapshots and events agree, whoever comes in whenever."""

import asyncio
import json

import pytest
from channels.db import database_sync_to_async

from rooms import gateway, services, store
from rooms.gateway.hub import running_hub
from rooms.tests.fake_modules import Switched
from syncwatch.tests.socket_client import until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("light")]
in_db = database_sync_to_async


async def switch(room, on=True):
    return await gateway.emit(room.code, Switched(on=on, by=None))


async def seqs_until(socket, last):
    """The seqs that come after the snapshot, up to `last`."""
    seen = []
    while not seen or seen[-1] < last:
        frame = await socket.next()
        if "seq" in frame:
            seen.append(frame["seq"])
    return seen


async def test_commands_of_two_people_at_once_have_one_order(sockets, people, room):
    mara = await sockets.open(people.owner, room.code)
    ana = await sockets.open(people.member, room.code)
    ilya = await sockets.open(people.guest, room.code)

    async def busy(socket):
        for number in range(12):
            await socket.send(type="light:switch", on=bool(number % 2))

    await asyncio.gather(busy(mara), busy(ana))
    last = 3 + 24
    heard = []
    for socket in (mara, ana, ilya):
        events = []
        while not events or events[-1]["seq"] < last:
            frame = await socket.frame("light:switched", "error")
            assert frame["type"] == "light:switched", frame
            events.append(frame)
        heard.append(events)
    assert heard[0] == heard[1] == heard[2]
    assert [each["seq"] for each in heard[2]] == list(range(4, last + 1))


async def test_what_was_missed_is_asked_for_while_more_happens(sockets, people, room):
    """What comes between a count and a list would push what was asked for out of it."""
    mara = await sockets.open(people.owner, room.code)
    since, epoch = (mara.snapshot[name] for name in ("seq", "epoch"))
    for first in range(since + 1, since + 40, 4):
        asked = [store.recent(room.code, first - 1, epoch) for _ in range(2)]
        told = [switch(room) for _ in range(2)]
        answers = await asyncio.gather(switch(room), asked[0], *told, asked[1], switch(room))
        for texts in (answers[1], answers[4]):
            seqs = [json.loads(text)["seq"] for text in texts]
            assert seqs == list(range(first, first + len(seqs)))


async def test_whoever_comes_in_the_middle_misses_nothing_and_hears_nothing_twice(
    sockets, people, room
):
    await sockets.open(people.owner, room.code)
    going = asyncio.create_task(_keep_switching(room, 60))
    joined = [await sockets.open(user, room.code) for user in (people.member, people.guest)]
    last = await going
    for socket in joined:
        start = socket.snapshot["seq"]
        if start < last:
            assert await seqs_until(socket, last) == list(range(start + 1, last + 1))


async def _keep_switching(room, times):
    last = 0
    for number in range(times):
        last = await switch(room, on=bool(number % 2))
        await asyncio.sleep(0)
    return last


async def test_two_who_come_first_at_once_miss_nothing_while_the_room_is_subscribed(
    sockets, people, room, monkeypatch
):
    """The second must wait for the subscription that the first one has begun."""
    other = await in_db(services.room_create)(owner=people.owner, name="Other")
    await sockets.open(people.owner, other.code)  # so that there is a hub
    hub, gate = running_hub(), asyncio.Event()
    add = hub._layer.group_add

    async def slowly(group, channel):
        await gate.wait()
        await add(group, channel)

    monkeypatch.setattr(hub._layer, "group_add", slowly)
    opening = [
        asyncio.create_task(sockets.open(user, room.code)) for user in (people.owner, people.member)
    ]
    await until(lambda: room.code in hub.rooms and len(hub.rooms[room.code].connections) == 2)
    await switch(room)
    gate.set()
    opened = [await each for each in opening]
    last = await switch(room)
    for socket in opened:
        start = socket.snapshot["seq"]
        assert await seqs_until(socket, last) == list(range(start + 1, last + 1))


async def test_coming_in_while_the_last_one_goes_keeps_the_subscription(
    sockets, people, room, monkeypatch
):
    first = await sockets.open(people.owner, room.code)
    old, gate = running_hub().rooms[room.code], asyncio.Event()
    monkeypatch.setattr(old, "stop", gate.wait)
    closing = asyncio.create_task(first.close())
    await until(lambda: room.code not in running_hub().rooms)
    second = await sockets.open(people.member, room.code)
    gate.set()
    await closing
    await switch(room)
    assert (await second.frame("light:switched"))["on"] is True


async def test_a_resume_at_the_edge_of_what_is_kept(sockets, people, room, settings):
    settings.RECENT_EVENTS_KEPT = 5
    mara = await sockets.open(people.owner, room.code)
    for _ in range(8):
        last = await switch(room)
    await seqs_until(mara, last)
    epoch = mara.snapshot["epoch"]
    await mara.send(type="room:resume", since=last - 5, epoch=epoch, ref="r")
    kept = [(await mara.next())["seq"] for _ in range(5)]
    assert kept == list(range(last - 4, last + 1))
    assert (await mara.next())["type"] == "ack"
    await mara.send(type="room:resume", since=last - 6, epoch=epoch)
    assert (await mara.frame("room:snapshot"))["seq"] == last


async def test_a_resume_with_nothing_missed_is_just_acked(sockets, people, room):
    mara = await sockets.open(people.owner, room.code)
    since, epoch = mara.snapshot["seq"], mara.snapshot["epoch"]
    await mara.send(type="room:resume", since=since, epoch=epoch, ref="r")
    assert await mara.next() == {"type": "ack", "ref": "r"}


@pytest.mark.parametrize("fields", [
    {}, {"since": 1}, {"since": -1, "epoch": "e"}, {"since": "1", "epoch": "e"},
    {"since": 1.5, "epoch": "e"}, {"since": 1, "epoch": None}, {"since": 1, "epoch": "e" * 65},
])  # fmt: skip
async def test_a_resume_that_makes_no_sense_is_refused(sockets, people, room, fields):
    mara = await sockets.open(people.owner, room.code)
    assert (await mara.ask(type="room:resume", **fields))["code"] == "invalid"


async def test_passing_events_are_never_replayed(sockets, people, room):
    mara = await sockets.open(people.owner, room.code)
    await mara.send(type="light:wink")
    await mara.frame("light:winked")
    await mara.send(type="room:resume", since=0, epoch=mara.snapshot["epoch"], ref="r")
    kinds = []
    while (frame := await mara.next())["type"] != "ack":
        kinds.append(frame["type"])
    assert kinds == ["room:member:joined"]
