"""What is decided about a person while their socket is on its way in holds a moment later"""

import asyncio

import pytest
from channels.db import database_sync_to_async

from accounts import sessions
from rooms import memberships, rights
from rooms.gateway.hub import Hub, running_hub
from rooms.me.hub import MeHub
from rooms.models import Membership, Room
from rooms.rights import Change
from rooms.services import room_update
from syncwatch.tests.socket_client import until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("light")]
in_db = database_sync_to_async


def bearer(opened):
    return {"authorization": f"Bearer {opened.access}"}


@pytest.fixture
def held(monkeypatch):
    """`held.came`: somebody was let in and is not listening yet; they go on with `held.gate`."""

    class Held:
        came, gate = asyncio.Event(), asyncio.Event()

    def hold(hub):
        join = hub.join

        async def late(self, connection):
            Held.came.set()
            await Held.gate.wait()
            await join(self, connection)

        monkeypatch.setattr(hub, "join", late)

    hold(Hub)
    hold(MeHub)
    return Held


@pytest.fixture
def meanwhile(held):
    """`await meanwhile(opening, deed)`: the deed is done while the socket is on its way in."""

    async def run(opening, deed):
        coming = asyncio.create_task(opening)
        await held.came.wait()
        await in_db(deed)()
        held.gate.set()
        return await coming

    return run


@pytest.fixture
async def sign_in(people):
    return lambda user: in_db(sessions.session_open)(user=user, agent="test")


async def test_a_sign_in_that_ended_then_opens_no_lasting_socket(
    sockets, people, room, meanwhile, sign_in
):
    opened = await sign_in(people.member)
    socket = await meanwhile(
        sockets.open(None, room.code, headers=bearer(opened)),
        lambda: sessions.session_end(opened.session),
    )
    await running_hub().read_newcomers()
    assert await socket.closing_code() == 4401


async def test_nor_a_lasting_small_one(sockets, people, meanwhile, sign_in):
    opened = await sign_in(people.member)
    socket = await meanwhile(
        sockets.me(None, headers=bearer(opened)), lambda: sessions.session_end(opened.session)
    )
    await running_hub().read_newcomers()
    assert await socket.closing_code() == 4401


async def test_a_mute_given_then_holds(sockets, people, room, meanwhile):
    def mute():
        mara, ana = (Membership.objects.get(user=each) for each in (people.owner, people.member))
        rights.rights_set(actor=mara, target=ana, changes=[Change("control", allowed=False)])

    ana = await meanwhile(sockets.open(people.member, room.code), mute)
    await running_hub().read_newcomers()
    assert (await ana.ask(type="light:switch", on=True))["code"] == "no_control"


async def test_who_left_then_is_out(sockets, people, room, meanwhile):
    """Their place had been read; the mark of who was sent away is older than a minute by now."""

    def leave():
        place = Membership.objects.get(user=people.member)
        memberships.room_leave(membership=place)
        from syncwatch.lib import redis

        redis.sync().flushall()

    ana = await meanwhile(sockets.open(people.member, room.code), leave)
    await running_hub().read_newcomers()
    assert await ana.closing_code() == 4403


async def test_a_remote_that_the_room_took_back_then_is_gone(sockets, people, room, meanwhile):
    def keep():
        fresh = Room.objects.get(pk=room.pk)
        room_update(room=fresh, by=people.owner, changes={"control": "owner"})

    ana = await meanwhile(sockets.open(people.member, room.code), keep)
    await running_hub().read_newcomers()
    assert (await ana.ask(type="light:switch", on=True))["code"] == "no_control"


async def test_newcomers_are_read_once_and_a_quiet_process_asks_nothing(
    sockets, people, room, monkeypatch
):
    from rooms.gateway import admission

    asked = []
    read = admission.places

    async def places(codes, user_ids):
        asked.append(user_ids)
        return await read(codes, user_ids)

    monkeypatch.setattr(admission, "places", places)
    await sockets.open(people.owner, room.code)
    await sockets.open(people.member, room.code)
    for _ in range(3):
        await running_hub().read_newcomers()
    assert asked == [{str(people.owner.pk), str(people.member.pk)}], "both in one go, once"


async def test_who_is_gone_again_is_not_asked_about(sockets, people, room):
    ana = await sockets.open(people.member, room.code)
    await ana.close()
    await until(lambda: not running_hub().every_connection())
    await running_hub().read_newcomers()
