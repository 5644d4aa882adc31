"""Redis keys of evenings: who is ready, and when one is due.

| key | holds | ttl |
|---|---|---|
| {room:CODE}:evening_ready | set: users who are ready for the evening | 6 h |

Dates are rows of the database; the deadline here only wakes somebody up. What Redis forgot is set
again by the sweep, and by whoever comes into the room.
"""

from rooms.gateway.script import RoomScript, key
from syncwatch.lib import redis

DUE = "evening.due"
_ready = RoomScript("rooms/lua/evening_ready.lua")
_due = RoomScript("rooms/lua/due.lua")


async def ready(code: str, user_id: str, *, on: bool) -> bool:
    """Somebody is ready, or not any more; the room hears it. False: that was so already."""
    keys = [key(code, "evening_ready")]
    return bool(await _ready(code, keys=keys, args=[user_id, "1" if on else "0"]))


async def who_is_ready(code: str) -> list[str]:
    found = await redis.shared().call("SMEMBERS", key(code, "evening_ready"))
    return sorted(each.decode() for each in found)


def nobody_ready_sync(code: str) -> None:
    """It begins, or does not take place: what was said of it is over."""
    redis.sync().delete(key(code, "evening_ready"))


def due_sync(code: str, evening_id: str, due_ms: int, *, again: bool = False) -> None:
    """Be woken then; said again it moves. `again`: only where Redis had forgotten it."""
    _due.sync(code, args=[DUE, evening_id, due_ms, "NX" if again else ""])
