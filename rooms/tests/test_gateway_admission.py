"""Who may come into a room's socket, and what ends it from outside."""

import pytest
from channels.db import database_sync_to_async

from rooms import memberships, services
from rooms.gateway.hub import running_hub
from rooms.models import Membership
from syncwatch.tests.socket_client import until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("light")]
in_db = database_sync_to_async


async def test_nobody_is_closed_4401(sockets, room):
    assert await sockets.refusal(None, room.code) == 4401


async def test_a_stranger_at_a_visible_room_is_closed_4403(sockets, people, room):
    assert await sockets.refusal(people.stranger, room.code) == 4403


async def test_a_hidden_room_looks_absent_to_a_stranger(sockets, people):
    hidden = await in_db(services.room_create)(
        owner=people.owner, name="Hidden", visibility="private"
    )
    assert await sockets.refusal(people.stranger, hidden.code) == 4404


async def test_no_such_room_is_closed_4404(sockets, people):
    assert await sockets.refusal(people.owner, "000000000000") == 4404


async def test_another_protocol_version_is_closed_4400(sockets, people, room):
    assert await sockets.refusal(people.owner, room.code, version="2") == 4400


async def test_a_tab_that_is_no_uuid_is_closed_4400(sockets, people, room):
    assert await sockets.refusal(people.owner, room.code, tab="mine") == 4400


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://sub.localhost"])
async def test_a_foreign_page_is_refused_before_anything(sockets, people, room, origin):
    socket = await sockets.prepare(people.owner, room.code, headers={"origin": origin})
    assert (await socket.handshake())["type"] == "websocket.close"


async def test_a_flood_of_connects_is_refused_with_429(sockets, people, room, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "socket_connect": (1, 60, 1)}
    await sockets.open(people.owner, room.code)
    socket = await sockets.prepare(people.owner, room.code)
    answer = await socket.handshake()
    assert (answer["type"], answer["status"]) == ("websocket.http.response.start", 429)


async def test_a_kick_closes_open_sockets_and_the_room_hears_it(sockets, people, room):
    mara = await sockets.open(people.owner, room.code)
    ilya = await sockets.open(people.guest, room.code)
    actor = await Membership.objects.aget(room=room, user=people.owner)
    target = await Membership.objects.select_related("room").aget(room=room, user=people.guest)
    await in_db(memberships.member_kick)(actor=actor, target=target)
    assert (await mara.frame("room:member:left"))["reason"] == "kicked"
    assert await ilya.closing_code() == 4403
    assert await sockets.refusal(people.guest, room.code) == 4403


async def test_a_closed_room_closes_its_sockets(sockets, people, room):
    ana = await sockets.open(people.member, room.code)
    await in_db(services.room_close)(room=room, by=people.owner)
    assert (await ana.frame("room:closed"))["by"] == str(people.owner.id)
    assert await ana.closing_code() == 4404


async def test_rights_change_on_open_sockets(sockets, people, room):
    mara = await sockets.open(people.owner, room.code)
    ilya = await sockets.open(people.guest, room.code)
    assert (await ilya.ask(type="light:switch", on=True))["type"] == "ack"
    await in_db(services.room_update)(room=room, by=people.owner, changes={"control": "owner"})
    assert (await mara.frame("room:updated"))["room"]["control"] == "owner"
    held = running_hub().rooms[room.code].of_user(str(people.guest.id))[0]
    await until(lambda: "control" not in held.caller.capabilities)
    assert (await ilya.ask(type="light:switch", on=True))["code"] == "no_control"
