"""/ws/me/ on two nodes behind one Redis: what happens on one is told on the other"""

import uuid

import pytest
from channels.db import database_sync_to_async
from websockets.asyncio.client import connect

from accounts import friends, presence, sessions
from rooms.tests.test_gateway_servers import Client, answers, server

__all__ = ["server"]
pytestmark = pytest.mark.django_db(transaction=True)
in_db = database_sync_to_async


async def dial(port, user, path):
    token = (await in_db(sessions.session_open)(user=user, agent="test")).access
    headers = {"Authorization": f"Bearer {token}"}
    return await connect(
        f"ws://127.0.0.1:{port}{path}?v=1&tab={uuid.uuid4()}",
        additional_headers=headers, compression=None, proxy=None,
    )  # fmt: skip


async def test_friends_on_two_nodes_see_each_other(server, sockets, people, room):
    port = server("uvicorn", "syncwatch.asgi:application", "--ws",
                  "rooms.gateway.transport:FrameOnceProtocol", "--port")  # fmt: skip
    mara = await sockets.me(people.owner)
    await answers(port)
    link = await dial(port, people.member, "/ws/me/")
    ana = Client(link)
    assert (await ana.frame("me:snapshot"))["friends"] == []
    await in_db(friends.friend_ask)(user=people.owner, other=people.member)
    assert (await ana.frame("friend:asked"))["by_me"] is False
    await in_db(friends.friend_accept)(user=people.member, other=people.owner)
    assert (await mara.frame("friend:accepted"))["friend"]["user"]["display_name"] == "Ana"
    inside = await dial(port, people.member, f"/ws/rooms/{room.code}/")
    told = await mara.frame("presence:changed")  # settled by the other node's own loop
    while told["room"] is None:
        told = await mara.frame("presence:changed")
    assert told["room"]["code"] == room.code
    await presence.settle()
    opened = await in_db(lambda: sessions.RefreshSession.objects.filter(user=people.member))()
    await in_db(sessions.sessions_end)(opened)
    assert (await ana.closed())[0] == 4401
    await inside.close()
