"""`room:snapshot`: everything a browser needs to show the room, as it is now."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rooms import store
from rooms.gateway.events import Caller, RoomEvents, RoomRef
from rooms.gateway.wire import PROTOCOL_VERSION, encode
from rooms.selectors import standing_wire
from syncwatch.lib import clock


@dataclass(frozen=True)
class Common:
    """What is the same for everybody, and its JSON."""

    parts: Mapping[str, Any]
    text: str
    seq: int
    epoch: str


async def build_common(modules: Iterable[RoomEvents], room: RoomRef) -> Common:
    """The seq is read first: whatever changes while the parts are read is sent again as an event,
    and every event can be applied twice.
    """
    seq, epoch = (await store.live_state([room.code]))[room.code]
    parts: dict[str, Any] = {}
    for part in await asyncio.gather(*(module.common(room) for module in modules)):
        parts.update(part)
    return Common(parts, encode(parts), seq, epoch)


async def build_snapshot(modules: Iterable[RoomEvents], caller: Caller, common: Common) -> str:
    """One person's snapshot: their own parts, read after the seq as well, and the common ones. An
    own part takes the place of the common one of its name.
    """
    body: dict[str, Any] = {
        "type": "room:snapshot",
        "protocol": PROTOCOL_VERSION,
        "epoch": common.epoch,
        "seq": common.seq,
        "server_time": clock.server_ms(),
        "me": {
            "user": caller.person,
            **standing_wire(caller.role, caller.control, caller.rights),
        },
    }
    own = (module.personal(caller, common.parts) for module in modules)
    for part in await asyncio.gather(*own):
        body.update(part)
    if not common.parts.keys().isdisjoint(body):
        return encode(
            body | {name: part for name, part in common.parts.items() if name not in body}
        )
    return f"{encode(body)[:-1]},{common.text[1:]}"
