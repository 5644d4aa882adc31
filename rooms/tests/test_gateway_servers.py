"""The gateway under its real servers: uvicorn with frames written once, daphne, two nodes."""

import asyncio
import json
import os
import signal
import socket
import sys
import uuid
from collections import deque
from urllib.parse import quote

import pytest
import uvicorn
from channels.db import database_sync_to_async
from django.conf import settings as live
from django.db import connection
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from accounts import sessions
from rooms import bans, memberships, rights
from rooms.access import member_in
from rooms.gateway.hub import running_hub
from rooms.gateway.transport import FrameOnceProtocol
from rooms.models import Membership, Room
from rooms.rights import Change
from syncwatch.lib import clock, metrics
from syncwatch.lib.process import spawn
from syncwatch.tests.servers import free_ports
from syncwatch.tests.socket_client import until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("light")]
in_db = database_sync_to_async
WAIT_S = 20
AGREE_MS = 0.2  # as far as both have proven themselves right by readings of Redis


class Client:
    """A standards client with the few words that tests use."""

    def __init__(self, link):
        self.link = link
        self.aside = deque()  # what came while an answer was waited for

    async def _receive(self):
        async with asyncio.timeout(WAIT_S):
            return json.loads(await self.link.recv())

    async def frame(self, *kinds):
        while True:
            frame = self.aside.popleft() if self.aside else await self._receive()
            if frame["type"] in kinds:
                return frame

    async def ask(self, **frame):
        ref = uuid.uuid4().hex[:8]
        await self.link.send(json.dumps({**frame, "ref": ref}))
        while True:
            answer = await self._receive()
            if answer["type"] in {"ack", "error"} and answer.get("ref") == ref:
                return answer
            self.aside.append(answer)

    async def closed(self):
        """The code and the words with which the server ends it."""
        try:
            async with asyncio.timeout(WAIT_S):
                while True:
                    await self.link.recv()
        except ConnectionClosed as end:
            return end.rcvd.code, end.rcvd.reason


@pytest.fixture
async def dial():
    """`await dial(port, user, code)`: a connection through a real TCP socket."""
    opened = []

    async def to(port, user, code, **options):
        token = (await in_db(sessions.session_open)(user=user, agent="test")).access
        link = await connect(
            f"ws://127.0.0.1:{port}/ws/rooms/{code}/?v=1&tab={uuid.uuid4()}",
            additional_headers={"Authorization": f"Bearer {token}", **options.pop("headers", {})},
            compression=None,
            max_size=None,
            proxy=None,
            **options,
        )
        opened.append(link)
        return Client(link)

    yield to
    for link in opened:
        await link.close()


# --- uvicorn ---------------------------------------------------------------------------------


@pytest.fixture
async def uvicorn_port(sockets):
    """The application of this test in this very process, as `bin/run` serves it."""
    listening = socket.create_server(("127.0.0.1", 0))
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 65_536)  # a stopped reader shows soon
    config = uvicorn.Config(
        sockets.application, ws=FrameOnceProtocol, ws_per_message_deflate=False, lifespan="off",
        log_config=None, timeout_graceful_shutdown=2,
    )  # fmt: skip
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server._serve(sockets=[listening]))
    await until(lambda: server.started)
    yield listening.getsockname()[1]
    server.should_exit = True
    await serving


async def test_frames_of_every_length_and_alphabet_arrive_whole(uvicorn_port, dial, people, room):
    mara = await dial(uvicorn_port, people.owner, room.code)
    ana = await dial(uvicorn_port, people.member, room.code)
    await mara.frame("room:snapshot")
    await ana.frame("room:snapshot")
    for char, times in (
        ("a", 1),
        ("a", 8_000),
        ("a", 70_000),
        ("\u20ac", 30_000),
        ("\U0001f3ac", 40),
    ):
        await mara.ask(type="light:fill", char=char, times=times)
        assert (await ana.frame("light:filled"))["text"] == char * times


async def test_it_writes_into_the_transport_and_not_by_asgi(uvicorn_port, dial, people, room):
    from rooms.gateway.outbound import DirectOutbound

    mara = await dial(uvicorn_port, people.owner, room.code)
    await mara.frame("room:snapshot")
    held = running_hub().rooms[room.code].of_user(str(people.owner.id))[0]
    assert isinstance(held.outbound, DirectOutbound)


async def test_a_close_has_its_code_and_its_words(uvicorn_port, dial, people, room):
    ilya = await dial(uvicorn_port, people.guest, room.code)
    await ilya.frame("room:snapshot")
    places = Membership.objects.select_related("room", "user")
    actor = await places.aget(room=room, user=people.owner)
    target = await places.aget(room=room, user=people.guest)
    await in_db(memberships.member_kick)(actor=actor, target=target)
    assert await ilya.closed() == (4403, "You are not in this room any more.")


async def test_a_client_that_closes_is_let_go(uvicorn_port, dial, people, room):
    mara = await dial(uvicorn_port, people.owner, room.code)
    await mara.frame("room:snapshot")
    await mara.link.close(1000)
    assert mara.link.close_code == 1000
    await until(lambda: not running_hub().rooms)


async def test_a_standards_ping_is_answered_between_our_frames(uvicorn_port, dial, people, room):
    mara = await dial(uvicorn_port, people.owner, room.code)
    for _ in range(5):
        waiter = await mara.link.ping()
        await mara.ask(type="light:fill", char="x", times=300)
        async with asyncio.timeout(WAIT_S):
            await waiter


async def test_binary_and_broken_text_do_not_end_the_others(uvicorn_port, dial, people, room):
    mara = await dial(uvicorn_port, people.owner, room.code)
    ana = await dial(uvicorn_port, people.member, room.code)
    await mara.link.send(b"\x00\xff")
    assert (await mara.frame("error"))["code"] == "malformed"
    await mara.link.send("x" * 1_000_000)
    assert (await mara.frame("error"))["code"] == "frame_too_large"
    assert (await ana.ask(type="light:switch", on=True))["type"] == "ack"


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
async def test_another_sites_handshake_is_403(uvicorn_port, dial, people, room, origin):
    with pytest.raises(InvalidStatus) as refused:
        await dial(uvicorn_port, people.owner, room.code, headers={"Origin": origin})
    assert refused.value.response.status_code == 403


async def test_a_flood_of_handshakes_is_429(uvicorn_port, dial, people, room, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "socket_connect": (1, 60, 1)}
    await dial(uvicorn_port, people.owner, room.code)
    with pytest.raises(InvalidStatus) as refused:
        await dial(uvicorn_port, people.owner, room.code)
    assert refused.value.response.status_code == 429
    assert int(refused.value.response.headers["Retry-After"]) >= 1


async def test_a_reader_that_stops_is_dropped_and_the_others_lose_nothing(
    uvicorn_port, dial, people, room, settings
):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "frame": (10_000, 1, 10_000)}
    mara = await dial(uvicorn_port, people.owner, room.code)
    dead = await dial(uvicorn_port, people.member, room.code, max_queue=1)
    ilya = await dial(uvicorn_port, people.guest, room.code)
    for each in (dead, ilya):
        await each.frame("room:snapshot")
    dead.link.transport.pause_reading()
    closed_before = metrics._counts["closed_4408"]
    for number in range(400):
        await mara.ask(type="light:fill", char="x", times=60_000)
        assert len((await ilya.frame("light:filled"))["text"]) == 60_000, number
        if metrics._counts["closed_4408"] > closed_before:
            break
    assert metrics._counts["closed_4408"] == closed_before + 1
    assert (await mara.ask(type="light:switch", on=True))["type"] == "ack"
    assert (await ilya.frame("light:switched"))["on"] is True
    await until(lambda: len(running_hub().rooms[room.code].connections) == 2)
    dead.link.transport.abort()


# --- other processes -------------------------------------------------------------------------


def database_url():
    """The test's own database, for a process that reads settings from its environment."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    host = quote(str(database["HOST"]), safe="")
    return f"postgres://{database['USER']}@{host}/{database['NAME']}"


@pytest.fixture
def server(tmp_path):
    """`server(*argv)`: a web server in a process of its own; answers its port."""
    started = []

    def start(*argv):
        (port,) = free_ports(1)
        environment = {**os.environ, "DATABASE_URL": database_url()}
        with (tmp_path / f"log{len(started)}").open("wb") as log:
            started.append(
                spawn(
                    [sys.executable, "-m", *argv, str(port)],
                    env=environment, cwd=live.BASE_DIR, log=log.fileno(),
                    parent_died=signal.SIGKILL,
                )
            )  # fmt: skip
        return port

    start.processes = started
    yield start
    for each in started:
        each.terminate()
        each.wait(20)


async def answers(port):
    async with asyncio.timeout(WAIT_S * 2):
        while True:
            try:
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.05)
                continue
            writer.write(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            head = await reader.readline()
            writer.close()
            return head


async def test_two_nodes_behind_one_redis_are_one_room(server, sockets, dial, people, room):
    port = server("uvicorn", "rooms.tests.fake_node:application", "--ws",
                  "rooms.gateway.transport:FrameOnceProtocol", "--port")  # fmt: skip
    here = await sockets.open(people.owner, room.code)
    await answers(port)
    there = await dial(port, people.member, room.code)
    stays = await dial(port, people.guest, room.code)
    await stays.frame("room:snapshot")
    snapshot = await there.frame("room:snapshot")
    assert snapshot["epoch"] == here.snapshot["epoch"]
    assert (await here.frame("room:member:joined"))["member"]["role"] == "member"
    for each in (here, there):
        await each.ask(type="light:switch", on=True)
    heard = [[await each.frame("light:switched") for _ in range(2)] for each in (here, there)]
    assert heard[0] == heard[1]
    assert [each["seq"] for each in heard[0]] == [4, 5]
    opened = await in_db(lambda: sessions.RefreshSession.objects.get(user=people.member))()
    await in_db(sessions.session_end)(opened)
    assert (await there.closed())[0] == 4401, "signed out here, closed there"
    server.processes[0].terminate()
    assert (await stays.closed())[0] == 1012, "a restart asks everybody to come back"
    await here.ask(type="light:wink", to=f"user:{people.owner.id}")
    assert (await here.frame("light:winked"))["by"] == str(people.owner.id)


async def test_two_nodes_have_one_clock(server, dial, people, room):
    """Whoever is with one of them watches as far ahead as its clock is."""
    argv = ("uvicorn", "syncwatch.asgi:application", "--ws",
            "rooms.gateway.transport:FrameOnceProtocol", "--port")  # fmt: skip
    spans = []
    for port in [server(*argv), server(*argv)]:
        await answers(port)
        spans.append(await _server_minus_local_ms(await dial(port, people.owner, room.code)))
    latest_least = max(least for least, _ in spans)
    earliest_most = min(most for _, most in spans)
    assert latest_least <= earliest_most + AGREE_MS, spans


async def test_a_right_given_here_holds_and_ends_there(server, sockets, dial, people, room):
    port = server("uvicorn", "rooms.tests.fake_node:application", "--ws",
                  "rooms.gateway.transport:FrameOnceProtocol", "--port")  # fmt: skip
    await in_db(Room.objects.filter(pk=room.pk).update)(control="owner")
    here = await sockets.open(people.owner, room.code)
    await answers(port)
    there = await dial(port, people.guest, room.code)
    await there.frame("room:snapshot")
    switch = {"type": "light:switch", "on": True}
    assert (await there.ask(**switch))["code"] == "no_control"

    async def sets(allowed):
        actor, target = await in_db(
            lambda: [member_in(room, str(one.id)) for one in (people.owner, people.guest)]
        )()
        change = [Change("control", allowed)]
        await in_db(rights.rights_set)(actor=actor, target=target, changes=change)
        await here.frame("room:member:updated")
        await there.frame("room:member:updated")
        async with asyncio.timeout(WAIT_S):
            while (await there.ask(**switch))["type"] != ("ack" if allowed else "error"):
                pass

    await sets(True)
    await sets(None)
    assert "Only Mara (host) can give you" in (await there.ask(**switch))["message"]


@pytest.mark.parametrize("deed", ["kick", "ban"])
async def test_whoever_is_sent_out_here_is_out_there(server, dial, people, room, deed):
    port = server("uvicorn", "rooms.tests.fake_node:application", "--ws",
                  "rooms.gateway.transport:FrameOnceProtocol", "--port")  # fmt: skip
    await answers(port)
    tabs = [await dial(port, people.guest, room.code) for _ in range(2)]
    stays = await dial(port, people.member, room.code)
    for each in (*tabs, stays):
        await each.frame("room:snapshot")

    def send_out():
        actor, target = (member_in(room, str(one.id)) for one in (people.owner, people.guest))
        if deed == "kick":
            memberships.member_kick(actor=actor, target=target)
        else:
            bans.member_ban(actor=actor, user=people.guest, reason="spoilers")

    await in_db(send_out)()
    assert [(await each.closed())[0] for each in tabs] == [4403, 4403]
    assert (await stays.ask(type="light:switch", on=True))["type"] == "ack"


async def test_daphne_serves_the_same_application(server, dial, people, room):
    port = server("daphne", "syncwatch.asgi:application", "-b", "127.0.0.1", "-p")
    assert b"200" in await answers(port)
    mara = await dial(port, people.owner, room.code)
    snapshot = await mara.frame("room:snapshot")
    assert snapshot["me"]["role"] == "owner"
    assert [member["user"]["display_name"] for member in snapshot["members"]] == ["Mara"]
    pong = await _pong(mara)
    assert pong["t1"] <= pong["t2"]
    ilya = await dial(port, people.guest, room.code)
    await ilya.frame("room:snapshot")
    await in_db(memberships.member_kick)(
        actor=await Membership.objects.aget(user=people.owner),
        target=await Membership.objects.select_related("room").aget(user=people.guest),
    )
    assert (await ilya.closed())[0] == 4403
    with pytest.raises(InvalidStatus) as refused:
        await dial(port, people.owner, room.code, headers={"Origin": "https://evil.example"})
    assert refused.value.response.status_code == 403


async def _server_minus_local_ms(client):
    """Between which it is proven to lie, by twenty pings."""
    spans = []
    for _ in range(20):
        asked_ms = clock.monotonic_ms()
        pong = await _pong(client)
        spans.append((pong["t2"] - clock.monotonic_ms(), pong["t1"] - asked_ms))
    return max(least for least, _ in spans), min(most for _, most in spans)


async def _pong(client):
    await client.link.send(json.dumps({"type": "sync:ping", "t0": 1}))
    return await client.frame("sync:pong")
