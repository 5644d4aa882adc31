"""A block in a call: no line between the two, in either direction, from now on"""

import pytest
from channels.db import database_sync_to_async

from accounts import friends
from rooms.gateway.hub import running_hub
from syncwatch.tests.socket_client import until

pytestmark = pytest.mark.django_db(transaction=True)
in_db = database_sync_to_async
OFFER = {"type": "offer", "sdp": "v=0\r\n"}
SESSIONS = {"owner": "session-mara", "member": "session-ana0", "guest": "session-ilya"}


async def signal(socket, to):
    return await socket.ask(type="voice:signal", to=to, epoch=1, description=OFFER)


@pytest.fixture
async def call(sockets, people, room):
    """Everybody in the room talks."""
    opened = {name: await sockets.open(getattr(people, name), room.code) for name in SESSIONS}
    for name, socket in opened.items():
        await socket.ask(type="voice:join", session=SESSIONS[name])
    return opened


def held(room, people):
    callers = [each.caller for each in running_hub().rooms[room.code].connections.values()]
    return {each.user_id: each.hidden for each in callers}


async def test_signals_are_refused_both_ways_as_if_nobody_were_there(call, people, room):
    assert (await signal(call["owner"], SESSIONS["member"]))["type"] == "ack"
    await in_db(friends.block_add)(user=people.owner, other=people.member)
    one, other = str(people.owner.id), str(people.member.id)
    await until(lambda: other in held(room, people)[one] and one in held(room, people)[other])
    for by, to in (("owner", "member"), ("member", "owner")):
        for address in (SESSIONS[to], str(getattr(people, to).id)):
            refused = await signal(call[by], address)
            assert (refused["type"], refused["code"]) == ("error", "voice_peer_gone")
    assert (await signal(call["guest"], SESSIONS["member"]))["type"] == "ack"


async def test_it_holds_for_who_comes_later_and_ends_with_the_block(sockets, people, room):
    await in_db(friends.block_add)(user=people.guest, other=people.member)
    ilya = await sockets.open(people.guest, room.code)
    ana = await sockets.open(people.member, room.code)
    await ilya.ask(type="voice:join", session=SESSIONS["guest"])
    await ana.ask(type="voice:join", session=SESSIONS["member"])
    assert (await signal(ana, SESSIONS["guest"]))["code"] == "voice_peer_gone"
    await in_db(friends.block_remove)(user=people.guest, other_id=people.member.pk)
    await until(lambda: not any(held(room, people).values()))
    assert (await signal(ana, SESSIONS["guest"]))["type"] == "ack"
