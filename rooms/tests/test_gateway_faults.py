"""When Redis is away, or was and forgot everything; when a message is lost on the way."""

import pytest
from channels.db import database_sync_to_async

from accounts.models import RefreshSession
from rooms import gateway, memberships, store
from rooms.gateway import admission, reread
from rooms.gateway.hub import running_hub
from rooms.gateway.process import Background
from rooms.models import Membership, Room
from rooms.tests.fake_modules import Switched
from syncwatch.lib import clock, redis
from syncwatch.tests.socket_client import until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("light")]
in_db = database_sync_to_async
NOWHERE = "unix:///nowhere/redis.sock"


@pytest.fixture
def outage(settings):
    """`await outage()`: commands find no Redis from now on; `await outage(over=True)`: again."""
    here = settings.REDIS_URL

    async def run(*, over=False):
        settings.REDIS_URL = here if over else NOWHERE
        await redis.close_shared()

    return run


async def test_people_are_present_again_after_redis_lost_its_data(sockets, people, room):
    mara = await sockets.open(people.owner, room.code)
    ana = await sockets.open(people.member, room.code)
    await sockets.open(people.member, room.code)
    redis.sync().flushall()
    assert await store.people(room.code) == ([], 0)
    await running_hub().audit()
    for socket in (mara, ana):
        fresh = await socket.frame("room:snapshot")
        assert fresh["epoch"] != socket.snapshot["epoch"]
    assert (await store.people(room.code))[1] == 2
    await running_hub().audit()
    seq = (await mara.ask(type="light:switch", on=True))["seq"]
    assert (await ana.frame("light:switched"))["seq"] == seq


async def test_a_command_alone_finds_out_that_redis_forgot(sockets, people, room):
    """Nobody has to wait for the audit: the first script makes the epoch, and says so."""
    mara = await sockets.open(people.owner, room.code)
    ana = await sockets.open(people.member, room.code)
    redis.sync().flushall()
    await mara.ask(type="light:switch", on=True)
    assert (await ana.frame("room:snapshot"))["epoch"] != ana.snapshot["epoch"]


async def test_what_counts_in_another_epoch_is_no_event_of_this_one(sockets, people, room):
    """Messages of the bus may be late: an old one after the fresh start, a new one before it."""
    mara = await sockets.open(people.owner, room.code)
    old = mara.snapshot["epoch"]

    def late(seq, epoch):
        text = f'{{"type":"light:switched","seq":{seq},"on":true,"by":null}}'
        return {"type": "room.event", "room": room.code, "seq": seq, "epoch": epoch, "text": text}

    running_hub()._on_message(late(mara.snapshot["seq"] + 1, "not begun yet"))
    assert await mara.quiet()
    redis.sync().flushall()
    await running_hub().audit()
    fresh = await mara.frame("room:snapshot")
    running_hub()._on_message(late(fresh["seq"] + 1, old))
    assert await mara.quiet()
    seq = (await mara.ask(type="light:switch", on=False))["seq"]
    heard = await mara.frame("light:switched")
    assert (heard["seq"], heard["on"]) == (seq, False) == (fresh["seq"] + 1, False)


async def test_between_two_snapshots_nothing_is_told_that_the_first_leaves_out(
    sockets, light, people, room, monkeypatch
):
    """Too much was missed, and while people are told everything anew, more happens."""
    mara = await sockets.open(people.owner, room.code)
    ana = await sockets.open(people.member, room.code)
    await mara.frame("room:member:joined")
    here = running_hub().rooms[room.code]
    with monkeypatch.context() as lossy:
        lossy.setattr(running_hub(), "_on_message", lambda message: None)
        await gateway.emit(room.code, Switched(on=True, by=None))
        assert await ana.without("light:switched")

    async def slow(caller, common):
        if caller.user_id == str(people.member.id):
            await mara.ask(type="light:switch", on=True)
            await until(lambda: here.seq == ana.snapshot["seq"] + 2)
        return {}

    monkeypatch.setattr(light, "personal", slow)
    await here.start_over()
    assert (await ana.frame("room:snapshot", "light:switched"))["type"] == "room:snapshot"


async def test_a_second_fault_while_people_are_put_back_is_made_up_for(
    sockets, people, room, monkeypatch
):
    mara = await sockets.open(people.owner, room.code)
    ana = await sockets.open(people.member, room.code)
    arrive, faults = store.arrive, [redis.RedisError("READONLY You can't write here")]

    async def falter(*args, **more):
        if faults:
            raise faults.pop()
        return await arrive(*args, **more)

    monkeypatch.setattr(store, "arrive", falter)
    redis.sync().flushall()
    with pytest.raises(redis.RedisError):
        await running_hub().audit()
    await running_hub().audit()
    assert (await store.people(room.code))[1] == 2
    await mara.ask(type="light:switch", on=True)
    assert (await ana.frame("light:switched"))["on"] is True


async def test_redis_may_lose_its_data_again_while_people_are_put_back(
    sockets, people, room, monkeypatch
):
    """They are told of a room without a life; the next one it gets is news to them."""
    mara = await sockets.open(people.owner, room.code)
    ana = await sockets.open(people.member, room.code)
    take_back, losses = admission.take_back, [True]

    async def in_vain(callers):
        taken = await take_back(callers)
        if losses:
            losses.pop()
            redis.sync().flushall()
        return taken

    monkeypatch.setattr(admission, "take_back", in_vain)
    redis.sync().flushall()
    await running_hub().audit()
    for socket in (mara, ana):
        assert (await socket.frame("room:snapshot"))["epoch"] == ""
    seq = (await mara.ask(type="light:switch", on=True))["seq"]
    fresh = await ana.frame("room:snapshot")
    assert fresh["epoch"] == redis.sync().get(gateway.key(room.code, "epoch")).decode()
    assert (fresh["seq"] >= seq) or (await ana.frame("light:switched"))["seq"] == seq


async def test_a_kick_that_nobody_could_announce_holds_when_redis_is_back(
    sockets, people, room, outage
):
    await sockets.open(people.owner, room.code)
    ilya = await sockets.open(people.guest, room.code)
    background = Background(running_hub())
    actor = await Membership.objects.aget(room=room, user=people.owner)
    target = await Membership.objects.select_related("room").aget(room=room, user=people.guest)
    await outage()
    await in_db(memberships.member_kick)(actor=actor, target=target)
    with pytest.raises(redis.RedisError):
        await background._audit()
    await outage(over=True)
    assert (await ilya.ask(type="light:switch", on=True))["type"] == "ack", "nobody knows yet"
    await background._audit()
    assert await ilya.closing_code() == 4403


async def test_rights_and_sign_ins_are_read_again_whatever_was_lost(
    sockets, people, room, monkeypatch
):
    monkeypatch.setattr(reread, "AT_ONCE", 1)
    mara = await sockets.open(people.owner, room.code)
    ana = await sockets.open(people.member, room.code)
    ilya = await sockets.open(people.guest, room.code)
    await Membership.objects.filter(user=people.member).aupdate(ended_at=clock.now())
    await RefreshSession.objects.filter(user=people.guest).aupdate(revoked_at=clock.now())
    await running_hub().recheck_everybody()
    assert await ana.closing_code() == 4403
    assert await ilya.closing_code() == 4401
    assert (await mara.ask(type="light:switch", on=True))["type"] == "ack"
    await Room.objects.filter(pk=room.pk).aupdate(closed_at=clock.now())
    await running_hub().recheck_everybody()
    assert await mara.closing_code() == 4404


async def test_the_audit_says_nothing_where_nothing_is_wrong(sockets, people, room):
    mara = await sockets.open(people.owner, room.code)
    await running_hub().audit()
    assert await mara.quiet()


async def test_a_lost_kick_is_found_with_the_event_that_was_lost_beside_it(sockets, people, room):
    mara = await sockets.open(people.owner, room.code)
    ilya = await sockets.open(people.guest, room.code)
    await mara.frame("room:member:joined")
    hub = running_hub()
    deliver, hub._on_message = hub._on_message, lambda message: None
    actor = await Membership.objects.aget(room=room, user=people.owner)
    target = await Membership.objects.select_related("room").aget(room=room, user=people.guest)
    await in_db(memberships.member_kick)(actor=actor, target=target)
    assert await ilya.quiet()
    hub._on_message = deliver
    await hub.audit()
    assert await ilya.closing_code() == 4403
    assert (await mara.frame("room:member:left"))["reason"] == "kicked"


async def test_a_lost_kick_of_the_only_one_here_is_no_closed_room(sockets, people, room):
    """Nobody of the room is left on this node; the room is open all the same."""
    ilya = await sockets.open(people.guest, room.code)
    hub = running_hub()
    deliver, hub._on_message = hub._on_message, lambda message: None
    actor = await Membership.objects.aget(room=room, user=people.owner)
    target = await Membership.objects.select_related("room").aget(room=room, user=people.guest)
    await in_db(memberships.member_kick)(actor=actor, target=target)
    assert await ilya.quiet()
    hub._on_message = deliver
    await hub.audit()
    assert await ilya.closing_code() == 4403


async def test_without_redis_a_socket_is_asked_to_try_later(sockets, people, room, outage):
    await outage()
    assert await sockets.refusal(people.owner, room.code) == 1013


async def test_a_failed_first_join_leaves_nothing_behind(sockets, people, room, outage):
    await outage()
    await sockets.refusal(people.owner, room.code)
    assert running_hub().rooms == {}
    await outage(over=True)
    mara = await sockets.open(people.owner, room.code)
    ana = await sockets.open(people.member, room.code)
    await mara.ask(type="light:switch", on=True)
    assert (await ana.frame("light:switched"))["on"] is True


async def test_a_frame_meanwhile_is_refused_in_words_and_the_socket_lives(
    sockets, people, room, outage
):
    mara = await sockets.open(people.owner, room.code)
    await outage()
    answer = await mara.ask(type="light:switch", on=True)
    assert answer["code"] == "unavailable"
    assert answer["retry_after"] > 0
    await outage(over=True)
    assert (await mara.ask(type="light:switch", on=True))["type"] == "ack"


async def test_cut_off_for_four_seconds_sockets_are_sent_elsewhere(
    sockets, people, room, outage, frozen_clock
):
    mara = await sockets.open(people.owner, room.code)
    background = Background(running_hub())
    await outage()
    for advance_ms in (0, 3_900):
        frozen_clock.advance(advance_ms)
        with pytest.raises(redis.RedisError):
            await background._audit()
    assert await mara.quiet()
    frozen_clock.advance(101)
    with pytest.raises(redis.RedisError):
        await background._audit()
    assert await mara.closing_code() == 1013


async def test_a_short_outage_is_forgotten(sockets, people, room, outage, frozen_clock):
    mara = await sockets.open(people.owner, room.code)
    background = Background(running_hub())
    for _ in range(3):
        await outage()
        with pytest.raises(redis.RedisError):
            await background._audit()
        frozen_clock.advance(3_000)
        await outage(over=True)
        await background._audit()
    assert (await mara.ask(type="light:switch", on=True))["type"] == "ack"


async def test_who_cannot_be_given_a_fresh_start_is_asked_to_come_back(
    sockets, light, people, room, monkeypatch
):
    mara = await sockets.open(people.owner, room.code)

    async def fail(room):
        raise LookupError("a module that cannot say its part")

    monkeypatch.setattr(light, "common", fail)
    await mara.send(type="room:resume", since=0, epoch="another", ref="r")
    assert await mara.closing_code() == 1012


async def test_a_bus_message_that_nobody_understands_ends_nothing(sockets, people, room, caplog):
    from rooms.gateway.script import group
    from syncwatch.lib import bus

    mara = await sockets.open(people.owner, room.code)
    for odd in (
        {"type": "room.riddle", "room": room.code},
        {"type": "room.event", "room": room.code},
        {"nothing": 1},
    ):
        await bus.publish(group(room.code), odd)
    assert (await mara.ask(type="light:switch", on=True))["type"] == "ack"
    assert (await mara.frame("light:switched"))["on"] is True


async def test_one_connection_that_cannot_be_written_to_stops_nobody(
    sockets, people, room, monkeypatch
):
    mara = await sockets.open(people.owner, room.code)
    await sockets.open(people.member, room.code)
    await mara.frame("room:member:joined")
    held = running_hub().rooms[room.code].of_user(str(people.member.id))[0]

    def broken(message):
        raise RuntimeError("this transport is closed")

    monkeypatch.setattr(held.outbound, "write", broken)
    await mara.ask(type="light:switch", on=True)
    assert (await mara.frame("light:switched"))["on"] is True


async def test_nothing_is_left_of_a_room_when_the_last_one_went(sockets, people, room):
    mara = await sockets.open(people.owner, room.code)
    await mara.close()
    await until(lambda: not running_hub().rooms)
