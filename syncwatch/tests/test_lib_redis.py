"""The shared Redis connection, and the bus that speaks the channel layer's own format"""

import asyncio

import pytest
from channels.layers import get_channel_layer

from syncwatch.lib import bus, redis
from syncwatch.lib.redis import RedisConnectionError, ResponseError, Script, SharedRedis
from syncwatch.tests.servers import RedisServer


@pytest.fixture
async def client(settings):
    made = SharedRedis(settings.REDIS_URL)
    yield made
    await made.close()


async def test_answers_come_to_whoever_asked_in_whatever_number(client):
    answers = await asyncio.gather(*(client.call("ECHO", f"word {n}") for n in range(500)))
    assert answers == [f"word {n}".encode() for n in range(500)]


async def test_commands_keep_the_order_in_which_they_were_called(client):
    await asyncio.gather(*(client.call("RPUSH", "list", n) for n in range(200)))
    assert await client.call("LRANGE", "list", 0, -1) == [str(n).encode() for n in range(200)]


async def test_it_is_one_connection(client):
    await client.call("PING")
    before = await client.call("INFO", "clients")
    await asyncio.gather(*(client.call("PING") for _ in range(300)))
    after = await client.call("INFO", "clients")
    assert _connected(after) == _connected(before)


def _connected(info):
    return next(line for line in info.decode().splitlines() if line.startswith("connected_"))


async def test_one_refused_command_does_not_disturb_its_neighbours(client):
    await client.call("SET", "text", "x")
    good, bad, more = await asyncio.gather(
        client.call("GET", "text"), client.call("INCR", "text"), client.call("PING"),
        return_exceptions=True,
    )  # fmt: skip
    assert (good, more) == (b"x", b"PONG")
    assert isinstance(bad, ResponseError)


async def test_who_gives_up_takes_nobody_elses_answer(client):
    await client.call("PING")
    waiting = asyncio.create_task(client.call("ECHO", "given up"))
    await asyncio.sleep(0)
    waiting.cancel()
    assert await client.call("ECHO", "next") == b"next"


async def test_a_lost_connection_fails_what_waited_and_the_next_call_connects(client):
    name = b"victim"
    await client.call("CLIENT", "SETNAME", name)
    mine = await client.call("CLIENT", "ID")
    waiting = asyncio.create_task(client.call("BLPOP", "never", 0))
    await asyncio.sleep(0)
    redis.sync().client_kill_filter(_id=mine)
    with pytest.raises(RedisConnectionError):
        await waiting
    assert await client.call("PING") == b"PONG"


async def test_a_server_that_does_not_answer_is_given_up(client, monkeypatch):
    """Half-open: the connection stands, but nothing comes back."""
    monkeypatch.setattr(redis, "STALL_S", 0.05)
    with pytest.raises(RedisConnectionError):
        await client.call("BLPOP", "never", 0)
    monkeypatch.undo()
    assert await client.call("PING") == b"PONG"


async def test_a_server_that_is_not_there_is_said_at_once():
    with pytest.raises(RedisConnectionError, match="does not answer"):
        await SharedRedis("unix:///nowhere/redis.sock").call("PING")


async def test_a_server_that_goes_and_comes_back():
    with RedisServer() as server:
        client = SharedRedis(server.url)
        assert await client.call("PING") == b"PONG"
        server.stop()
        with pytest.raises(RedisConnectionError):
            await client.call("PING")
        server.start()
        assert await client.call("PING") == b"PONG"
        await client.close()


async def test_an_address_may_choose_a_database():
    from urllib.parse import urlparse

    from syncwatch.lib.redis import _greeting

    greetings = {
        "redis://h": [], "redis://h/0": [], "redis://h/3": [("SELECT", "3")],
        "unix:///run/r.sock": [], "unix:///run/r.sock?db=2": [("SELECT", "2")],
        "redis://:p%40ss@h": [("AUTH", "p@ss")], "redis://me:pw@h": [("AUTH", "me", "pw")],
    }  # fmt: skip
    assert {url: _greeting(urlparse(url)) for url in greetings} == greetings


async def test_a_script_is_sent_once_in_full_and_then_by_its_digest():
    script = Script("return {KEYS[1], ARGV[1]}", "echo")
    assert await script(["k"], ["a"]) == [b"k", b"a"]
    assert script.sync(["k"], ["b"]) == [b"k", b"b"]
    redis.sync().script_flush()
    assert await script(["k"], ["c"]) == [b"k", b"c"], "a Redis that forgot it is told again"
    await redis.close_shared()


# --- the bus -------------------------------------------------------------------------------


@pytest.fixture
async def layer():
    made = get_channel_layer()
    yield made
    await made.flush()
    await redis.close_shared()


MESSAGE = {"type": "room.event", "seq": 7, "text": '{"a":"\u00fc\u2028"}', "to": None}


async def test_a_message_published_plainly_arrives_through_the_channel_layer(layer):
    channel = await layer.new_channel()
    await layer.group_add("room.x", channel)
    bus.publish_sync("room.x", MESSAGE)
    await bus.publish("room.x", MESSAGE)
    await layer.group_send("room.x", MESSAGE)
    async with asyncio.timeout(5):
        heard = [await layer.receive(channel) for _ in range(3)]
    assert heard == [MESSAGE] * 3


async def test_a_script_publishes_in_the_same_format(layer):
    channel = await layer.new_channel()
    await layer.group_add("room.x", channel)
    script = Script(
        "return redis.call('PUBLISH', ARGV[1], cmsgpack.pack({type = 't', n = 7, s = ARGV[2]}))",
        "publish",
    )
    assert await script([], [f"{bus.GROUP_PREFIX}room.x", "\u00fc"]) == 1
    async with asyncio.timeout(5):
        assert await layer.receive(channel) == {"type": "t", "n": 7, "s": "\u00fc"}


async def test_eight_hundred_at_once_all_arrive_in_order(layer):
    channel = await layer.new_channel()
    await layer.group_add("room.x", channel)
    for number in range(800):
        bus.publish_sync("room.x", {"type": "t", "n": number})
    async with asyncio.timeout(10):
        assert [(await layer.receive(channel))["n"] for _ in range(800)] == list(range(800))
