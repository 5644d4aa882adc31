"""Publish into the channel layer from a process without an event loop.

Speaks the format of channels_redis' pub/sub layer (a test holds it against the layer itself):
`async_to_sync(group_send)` would open a loop and connections at every call.
"""

from typing import Any

import msgpack

from syncwatch.lib import redis

GROUP_PREFIX = "asgi__group__"


def publish_sync(group: str, message: dict[str, Any]) -> None:
    redis.sync().publish(GROUP_PREFIX + group, msgpack.packb(message))


async def publish(group: str, message: dict[str, Any]) -> None:
    await redis.shared().call("PUBLISH", GROUP_PREFIX + group, msgpack.packb(message))
