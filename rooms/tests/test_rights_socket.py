"""Rights of one person on open sockets: at once, until their end, after a reconnect, named."""

import asyncio
import datetime

import pytest
from channels.db import database_sync_to_async

from rooms import memberships, policy, rights, services, store
from rooms.access import member_in
from rooms.gateway import admission
from rooms.gateway.hub import running_hub
from rooms.gateway.script import DEADLINES
from rooms.models import Right, Room
from rooms.rights import Change
from syncwatch.lib import clock, redis
from syncwatch.tests.socket_client import until

pytestmark = pytest.mark.django_db(transaction=True)
in_db = database_sync_to_async
TEN_MINUTES_MS = 600_000


@pytest.fixture
def hosted(room):
    """Mara's room, where she alone holds the remote."""
    Room.objects.filter(pk=room.pk).update(control="owner")
    return room


@pytest.fixture
def sets(people, hosted):
    """`await sets(user, capability, allowed, for_ms)`: Mara changes a right of somebody."""

    def change(user, capability, allowed, for_ms=None):
        end = clock.now() + datetime.timedelta(milliseconds=for_ms) if for_ms else None
        rights.rights_set(
            actor=member_in(hosted, str(people.owner.id)),
            target=member_in(hosted, str(user.id)),
            changes=[Change(capability, allowed, end)],
        )

    return in_db(change)


def callers(room, user):
    return [each.caller for each in running_hub().rooms[room.code].of_user(str(user.id))]


async def may(room, user, capability, expected):
    await until(lambda: {capability in each.capabilities for each in callers(room, user)}
                == {expected})  # fmt: skip


@pytest.fixture
async def mara(sockets, people, hosted):
    return await sockets.open(people.owner, hosted.code)


@pytest.fixture
async def ilya(mara, sockets, people, hosted):
    return await sockets.open(people.guest, hosted.code)


async def test_given_and_taken_back_on_every_tab_at_once(
    mara, ilya, sets, sockets, people, hosted, frozen_clock
):
    other_tab = await sockets.open(people.guest, hosted.code)
    await sets(people.guest, "control", True, TEN_MINUTES_MS)
    for socket in (mara, ilya, other_tab):
        member = (await socket.frame("room:member:updated"))["member"]
        assert member["presence"] == "online"
        assert member["rights"][0]["until"] == clock.server_ms() + TEN_MINUTES_MS
    await may(hosted, people.guest, "control", True)
    for socket in (ilya, other_tab):
        assert (await socket.ask(type="sync:pause"))["type"] == "ack"
    await sets(people.guest, "control", None)
    assert (await mara.frame("room:member:updated"))["member"]["rights"] == []
    await may(hosted, people.guest, "control", False)
    for socket in (ilya, other_tab):
        refused = await socket.ask(type="sync:pause")
        assert refused["code"] == "no_control"
        assert refused["message"] == "Only Mara (host) can give you the remote. Ask them."


async def test_whoever_heard_of_it_can_rely_on_it(ilya, sets, people, monkeypatch):
    """Rights take effect with the very news of them, before a database is asked."""
    monkeypatch.setattr("rooms.gateway.hub.Hub._refresh", lambda *_: asyncio.sleep(0))
    for _ in range(3):
        await sets(people.guest, "control", True)
        await ilya.frame("room:member:updated")
        assert (await ilya.ask(type="sync:pause"))["type"] == "ack"
        await sets(people.guest, "control", None)
        await ilya.frame("room:member:updated")
        assert (await ilya.ask(type="sync:pause"))["code"] == "no_control"


async def test_a_kicked_moderator_is_named_no_longer(ilya, people, hosted):
    def placed(role):
        return memberships.place_take(user=people.stranger, room=hosted, role=role)

    jonas = await in_db(placed)("moderator")
    refused = await ilya.ask(type="sync:pause")
    assert "Only Mara (host) or Jonas can" in refused["message"]
    owner = await in_db(lambda: member_in(hosted, str(people.owner.id)))()
    await in_db(memberships.member_kick)(actor=owner, target=jonas)
    await until(lambda: running_hub().rooms[hosted.code].granters is None)
    assert "Only Mara (host) can" in (await ilya.ask(type="sync:pause"))["message"]


async def test_the_end_is_told_and_comes_without_being_told(
    mara, ilya, sets, sockets, people, hosted, frozen_clock
):
    await sets(people.guest, "control", True, TEN_MINUTES_MS)
    await mara.frame("room:member:updated")
    await may(hosted, people.guest, "control", True)
    frozen_clock.advance(TEN_MINUTES_MS)
    assert (await ilya.ask(type="sync:pause"))["code"] == "no_control", "no deadline ran yet"
    assert await sockets.run_due() >= 1
    assert (await mara.frame("room:member:updated"))["member"]["rights"] == []
    assert not await in_db(Right.objects.exists)()
    assert await mara.without("room:member:updated")


async def test_redis_lost_everything_and_the_end_is_told_all_the_same(
    mara, ilya, sets, sockets, people, hosted, frozen_clock
):
    await sets(people.guest, "control", True, TEN_MINUTES_MS)
    await may(hosted, people.guest, "control", True)
    redis.sync().flushall()
    await running_hub().audit()
    await mara.frame("room:snapshot")
    frozen_clock.advance(TEN_MINUTES_MS)
    await sockets.run_due()
    ended = await mara.frame("room:member:updated")
    assert (ended["member"]["user"]["id"], ended["member"]["rights"]) == (str(people.guest.id), [])


async def test_a_deadline_that_was_lost_comes_back_with_the_recheck(
    mara, ilya, sets, sockets, people, hosted, frozen_clock
):
    await sets(people.guest, "control", True, TEN_MINUTES_MS)
    await may(hosted, people.guest, "control", True)
    redis.sync().delete(DEADLINES)
    frozen_clock.advance(TEN_MINUTES_MS + 5_000)
    await running_hub().recheck_everybody()
    await sockets.run_due()
    assert not await in_db(Right.objects.exists)()
    heard = [await mara.frame("room:member:updated") for _ in range(2)]
    assert [len(each["member"]["rights"]) for each in heard] == [1, 0]


async def test_rights_outlive_a_reconnect_and_a_snapshot_shows_what_holds_now(
    mara, ilya, sets, sockets, people, hosted, frozen_clock
):
    await sets(people.guest, "control", True, TEN_MINUTES_MS)
    await ilya.close()
    frozen_clock.advance(1_000)
    again = await sockets.open(people.guest, hosted.code)
    assert "control" in again.snapshot["me"]["capabilities"]
    assert again.snapshot["me"]["rights"][0]["by"] == str(people.owner.id)
    assert (await again.ask(type="sync:pause"))["type"] == "ack"
    frozen_clock.advance(TEN_MINUTES_MS)
    later = await sockets.open(people.member, hosted.code)
    rows = {row["user"]["id"]: row for row in later.snapshot["members"]}
    row = rows[str(people.guest.id)]
    assert (row["rights"], "control" in row["capabilities"]) == ([], False), "no deadline ran yet"


async def test_a_change_of_the_room_leaves_rights_alone(mara, ilya, sets, sockets, people, hosted):
    await sets(people.guest, "control", True)
    change = {"room": hosted, "by": people.owner}
    await in_db(services.room_update)(**change, changes={"control": "moderators"})
    await may(hosted, people.guest, "control", True)
    late = await sockets.open(people.member, hosted.code)
    rows = {row["user"]["id"]: row["capabilities"] for row in late.snapshot["members"]}
    assert "control" in rows[str(people.guest.id)]
    assert "control" not in rows[str(people.member.id)]


async def test_muted_in_the_chat_one_cannot_write_and_reads_on(mara, ilya, sets, people, hosted):
    await sets(people.guest, "chat", False)
    await may(hosted, people.guest, "chat", False)
    refused = await ilya.ask(type="chat:send", body="hi", nonce="n")
    assert refused["code"] == "no_chat"
    assert "Only Mara (host) can let you." in refused["message"]
    await mara.ask(type="chat:send", body="quiet", nonce="m")
    while (said := await ilya.frame("chat:message"))["message"]["kind"] != "text":
        pass
    assert said["message"]["body"] == "quiet"


async def test_muted_in_voice_one_is_out_of_the_call_at_once(mara, ilya, sets, people, hosted):
    assert (await ilya.ask(type="voice:join", session="session-ilya"))["type"] == "ack"
    await sets(people.guest, "voice", False)
    left = await mara.frame("voice:peer:left")
    assert (left["user_id"], left["reason"]) == (str(people.guest.id), "removed")
    await may(hosted, people.guest, "voice", False)
    refused = await ilya.ask(type="voice:join", session="session-two0")
    assert refused["code"] == "no_voice"
    await sets(people.guest, "voice", None)
    await may(hosted, people.guest, "voice", True)
    assert (await ilya.ask(type="voice:join", session="session-two0"))["type"] == "ack"


async def test_a_frame_that_waited_in_line_is_asked_for_its_right_when_its_turn_comes(
    sets, sockets, people, hosted, light, monkeypatch
):
    monkeypatch.setitem(policy.POLICY, "slow:break", "control")
    ilya = await sockets.open(people.guest, hosted.code)
    await sets(people.guest, "control", True)
    await may(hosted, people.guest, "control", True)
    await ilya.send(type="slow:sleep")
    await ilya.send(type="slow:break", ref="later")
    await until(lambda: light.slow.begun)
    await sets(people.guest, "control", None)
    await may(hosted, people.guest, "control", False)
    light.slow.gate.set()
    assert (await ilya.frame("error"))["code"] == "no_control"


async def test_a_reading_that_was_overtaken_gives_nothing_back(
    ilya, sets, people, hosted, monkeypatch
):
    read, held, gate = admission.places, asyncio.Event(), asyncio.Event()

    async def places(codes, user_ids):
        found = await read(codes, user_ids)
        if not held.is_set():  # the first one finds the right, and is late with it
            held.set()
            await gate.wait()
        return found

    monkeypatch.setattr(admission, "places", places)
    await sets(people.guest, "control", True)
    await held.wait()
    await sets(people.guest, "control", None)
    await may(hosted, people.guest, "control", False)
    await until(lambda: len(running_hub()._tasks) == 1)  # the second one is done, the first is not
    gate.set()
    await until(lambda: not running_hub()._tasks)
    assert all("control" not in each.capabilities for each in callers(hosted, people.guest))


async def test_the_history_says_who_gave_whom_what(mara, sets, people, hosted, frozen_clock):
    async def line():
        while (said := await mara.frame("chat:message"))["message"]["kind"] != "system":
            pass
        return said["message"]

    await sets(people.guest, "control", True, TEN_MINUTES_MS)
    said = await line()
    assert said["body"] == "Mara gave Ilya the remote for 10 minutes"
    assert said["deed"] == {
        "name": "right", "user_id": str(people.guest.id), "display_name": "Ilya",
        "capability": "control", "allowed": True, "back": False, "for_s": 600,
        "until": clock.server_ms() + TEN_MINUTES_MS,
    }  # fmt: skip
    await sets(people.guest, "control", None)
    said = await line()
    assert said["body"] == "Mara took the remote from Ilya"
    assert (said["deed"]["back"], said["deed"]["until"]) == (True, None)
    await sets(people.guest, "chat", False)
    assert (await line())["body"] == "Mara muted Ilya in the chat"


async def test_refusals_read_the_rooms_people_once(ilya, sets, people, hosted, monkeypatch):
    from rooms import refusals

    read, granters = [], refusals.granters
    monkeypatch.setattr(refusals, "granters", lambda room: read.append(room) or granters(room))
    for _ in range(5):
        assert (await ilya.ask(type="sync:pause"))["code"] == "no_control"
    assert len(read) == 1

    def promoted():
        owner = member_in(hosted, str(people.owner.id))
        memberships.role_set(
            actor=owner, target=member_in(hosted, str(people.member.id)), role="moderator"
        )

    await in_db(promoted)()
    room = running_hub().rooms[hosted.code]
    await until(lambda: room.granters is None)
    assert "Only Mara (host) or Ana can" in (await ilya.ask(type="sync:pause"))["message"]


async def test_a_refusal_without_a_database_is_said_in_general(ilya, hosted, monkeypatch):
    from django.db.utils import OperationalError

    from rooms import refusals

    def away(room_id):
        raise OperationalError("away")

    monkeypatch.setattr(refusals, "granters", away)
    refused = await ilya.ask(type="sync:pause")
    assert (refused["code"], "the host or a moderator" in refused["message"]) == (
        "no_control", True,
    )  # fmt: skip


async def test_who_had_no_right_costs_redis_nothing_more(ilya, hosted, monkeypatch):
    monkeypatch.setattr(store, "_remind", None)
    await running_hub().recheck_everybody()
