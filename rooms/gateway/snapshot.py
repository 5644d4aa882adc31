"""`room:snapshot`: everything a browser needs to show the room, as it is now."""

import asyncio
from collections.abc import Iterable
from typing import Any

from rooms import store
from rooms.gateway.events import Caller, RoomEvents
from rooms.gateway.wire import PROTOCOL_VERSION, encode
from rooms.selectors import standing_wire
from syncwatch.lib import clock


async def build_snapshot(modules: Iterable[RoomEvents], caller: Caller) -> tuple[str, int, str]:
    """The snapshot's text, its seq and its epoch.

    The seq is read first: whatever changes while the parts are read is sent again as an event,
    and every event can be applied twice.
    """
    seq, epoch = (await store.live_state([caller.code]))[caller.code]
    parts = await asyncio.gather(*(module.snapshot(caller) for module in modules))
    body: dict[str, Any] = {
        "type": "room:snapshot",
        "protocol": PROTOCOL_VERSION,
        "epoch": epoch,
        "seq": seq,
        "server_time": clock.server_ms(),
        "me": {
            "user": caller.person,
            **standing_wire(caller.role, caller.control, caller.rights),
        },
    }
    for part in parts:
        body.update(part)
    return encode(body), seq, epoch
