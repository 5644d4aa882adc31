"""channels_redis' pub/sub layer with an ear of its own.

The library hears through redis-py: a timer and ten coroutines for each message, and ten looks a
second where nothing comes. Here the bytes go from the connection through hiredis into the library's
queues; groups, names and format stay its own. Whoever subscribes is also answered only once Redis
has done it.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from channels_redis.pubsub import RedisPubSubChannelLayer, RedisSingleShardConnection

from syncwatch.lib.redis import Link, RedisError, SharedRedis

log = logging.getLogger(__name__)
BEAT_S = 5.0  # between questions whether the connection still stands
AGAIN_S = 0.5  # between attempts to reach a Redis that is gone


class _Ear(Link):
    """A connection on which messages come that nobody asked for."""

    def __init__(self, hear: Callable[[bytes, bytes], None]) -> None:
        super().__init__()
        self._hear = hear

    def take(self, reply: Any) -> None:
        if isinstance(reply, list) and reply[0] == b"message":
            self._hear(reply[1], reply[2])
        else:
            super().take(reply)


class _Shard(RedisSingleShardConnection):
    def __init__(self, host: dict[str, Any], channel_layer: Any) -> None:
        super().__init__(host, channel_layer)
        self._client = SharedRedis(host["address"], lambda: _Ear(self._heard))

    async def subscribe(self, channel: str) -> None:
        self._ensure_receiver()
        self._subscribed_to.add(channel)  # first: a connection made anew meanwhile has it, too
        try:
            await self._client.call("SUBSCRIBE", channel)
        except BaseException:
            self._subscribed_to.discard(channel)
            raise

    async def unsubscribe(self, channel: str) -> None:
        self._subscribed_to.discard(channel)
        await self._client.call("UNSUBSCRIBE", channel)

    async def flush(self) -> None:
        await super().flush()
        await self._client.close()

    async def _do_receiving(self) -> None:
        """For ever: where this ended, the process would be deaf."""
        while True:
            try:
                await self._hear()
            except RedisError as error:
                log.warning("The bus is not heard: %s", error)
                await asyncio.sleep(AGAIN_S)
            except Exception:
                log.exception("The bus is not heard.")
                await asyncio.sleep(AGAIN_S)

    async def _hear(self) -> None:
        """What is subscribed to, as long as one connection stands."""
        link = await self._client.connect()
        await asyncio.gather(*(link.send(("SUBSCRIBE", each)) for each in self._subscribed_to))
        while not link.closed.done():
            await link.send(("PING",))
            await asyncio.wait([link.closed], timeout=BEAT_S)

    def _heard(self, channel: bytes, data: bytes) -> None:
        self._receive_message({"channel": channel, "data": data})


class ChannelLayer(RedisPubSubChannelLayer):
    def _get_layer(self) -> Any:
        new = asyncio.get_running_loop() not in self._layers
        layer = super()._get_layer()
        if new:
            shards = layer._shards  # noqa: SLF001  the library has no other door
            layer._shards = [_Shard(each.host, layer) for each in shards]  # noqa: SLF001
        return layer
