"""The bus heard by its own ear: what is subscribed to is heard, whatever the connection does"""

import asyncio
import contextlib
import os
import signal

import pytest

from syncwatch.lib import channel_layer, redis
from syncwatch.lib.channel_layer import ChannelLayer
from syncwatch.lib.redis import RedisConnectionError
from syncwatch.tests.servers import RedisServer

SOON_S = 10.0


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(channel_layer, "AGAIN_S", 0.02)


@pytest.fixture
def server():
    with RedisServer() as running:
        yield running


@pytest.fixture
async def layer(server):
    made = ChannelLayer(hosts=[server.url])
    yield made
    await made.flush()


@pytest.fixture
def operator(server):
    """Another connection to the same Redis."""
    with redis.redis.Redis.from_url(server.url) as client:
        yield client


async def listening(layer, *groups):
    channel = await layer.new_channel()
    for each in groups:
        await layer.group_add(each, channel)
    return channel


async def hears(layer, channel, group, text):
    """Said again until it is heard: what was said into a cut is nobody's."""
    heard = asyncio.create_task(_hear(layer, channel, text))
    async with asyncio.timeout(SOON_S):
        while not heard.done():
            with contextlib.suppress(redis.RedisError):
                await layer.group_send(group, {"type": "t", "text": text})
            await asyncio.wait([heard], timeout=0.05)
    await heard


async def _hear(layer, channel, text):
    while (await layer.receive(channel))["text"] != text:
        pass


def subscribed(operator, group):
    [(_, count)] = operator.pubsub_numsub(f"asgi__group__{group}")
    return count


async def test_whoever_has_subscribed_is_subscribed(layer, operator):
    await listening(layer, *(f"g{n}" for n in range(50)))
    assert [subscribed(operator, f"g{n}") for n in range(50)] == [1] * 50


async def test_who_hears_no_more_is_told_nothing(layer, operator):
    channel = await listening(layer, "a", "b")
    await layer.group_discard("a", channel)
    assert (subscribed(operator, "a"), subscribed(operator, "b")) == (0, 1)
    await layer.group_send("a", {"type": "t", "n": 1})
    await layer.group_send("b", {"type": "t", "n": 2})
    assert (await layer.receive(channel))["n"] == 2


async def test_a_cut_connection_is_made_anew_with_all_it_heard(layer, operator):
    channel = await listening(layer, "a", "b")
    operator.client_kill_filter(_type="pubsub")
    for group in ("a", "b"):
        await hears(layer, channel, group, f"after the cut, {group}")
    await listening(layer, "c")
    assert subscribed(operator, "c") == 1


async def test_a_redis_that_goes_and_comes_back_is_heard_again(layer, server):
    channel = await listening(layer, "a")
    server.stop()
    with pytest.raises(RedisConnectionError):
        await listening(layer, "b")
    server.start()
    await hears(layer, channel, "a", "after the restart")


async def test_who_could_not_subscribe_is_not_subscribed_behind_their_back(layer, server, operator):
    await listening(layer, "a")
    server.stop()
    with pytest.raises(RedisConnectionError):
        await layer.group_add("late", next(iter(layer.channels)))
    server.start()
    channel = await listening(layer, "other")
    await hears(layer, channel, "other", "it is back")
    assert subscribed(operator, "late") == 0


async def test_a_connection_that_stands_and_says_nothing_is_given_up(layer, operator, monkeypatch):
    """Half-open, as after a failover: without a question nobody would ever notice."""
    monkeypatch.setattr(channel_layer, "BEAT_S", 0.02)
    monkeypatch.setattr(redis, "STALL_S", 0.1)
    channel = await listening(layer, "a")
    [shard] = layer._shards
    link = await shard._client.connect()
    pid = operator.info("server")["process_id"]
    os.kill(pid, signal.SIGSTOP)
    try:
        async with asyncio.timeout(SOON_S):
            await link.closed
    finally:
        os.kill(pid, signal.SIGCONT)
        monkeypatch.undo()
    await hears(layer, channel, "a", "after the silence")


async def test_a_fault_of_ours_leaves_no_process_deaf(layer, operator, monkeypatch, caplog):
    channel = await listening(layer, "a")
    [shard] = layer._shards
    hear, faults = shard._hear, [ValueError("ours")]

    async def falter():
        if faults:
            raise faults.pop()
        await hear()

    monkeypatch.setattr(shard, "_hear", falter)
    operator.client_kill_filter(_type="pubsub")
    await hears(layer, channel, "a", "after the fault")
    assert "ours" in caplog.text
