"""Scripts that change a room: the prelude in front, the app's own Lua behind."""

import secrets
from functools import cached_property
from pathlib import Path
from typing import Any

from django.conf import settings

from rooms.gateway.wire import KeptEvent, PassingEvent, ServerEvent, body_of, kind_of
from syncwatch.lib import clock
from syncwatch.lib.bus import GROUP_PREFIX
from syncwatch.lib.redis import Script, Value

DEADLINES = "deadlines"
HERE = Path(__file__).parent


def key(code: str, name: str) -> str:
    """The hash tag keeps everything of a room in one slot."""
    return f"{{room:{code}}}:{name}"


def group(code: str) -> str:
    """The room's channel layer group."""
    return f"room.{code}"


class RoomScript:
    """One atomic change of a room. Awaitable from sockets, `.sync` from everywhere else."""

    def __init__(self, *paths: str) -> None:
        self._paths = paths

    @cached_property
    def _script(self) -> Script:
        root = Path(settings.BASE_DIR)
        sources = [(HERE / "lua" / "prelude.lua").read_text()]
        sources += [(root / path).read_text() for path in self._paths]
        return Script("\n".join(sources), self._paths[-1])

    async def __call__(
        self, code: str, *, keys: list[str] | None = None, args: list[Value] | None = None
    ) -> Any:
        return await self._script(*_frame(code, keys, args))

    def sync(
        self, code: str, *, keys: list[str] | None = None, args: list[Value] | None = None
    ) -> Any:
        return self._script.sync(*_frame(code, keys, args))


def _frame(
    code: str, keys: list[str] | None, args: list[Value] | None
) -> tuple[list[str], list[Value]]:
    own = [key(code, "seq"), key(code, "recent"), key(code, "epoch"), DEADLINES]
    context: list[Value] = [
        clock.server_ms(),
        GROUP_PREFIX + group(code),
        code,
        secrets.token_hex(8),
        settings.RECENT_EVENTS_KEPT,
    ]
    return own + (keys or []), context + (args or [])


def script(*paths: str) -> RoomScript:
    """The scripts at `paths` (from the project's root), one after the other behind the prelude."""
    return RoomScript(*paths)


_emit = RoomScript("rooms/gateway/lua/emit.lua")
_pass = RoomScript("rooms/gateway/lua/pass.lua")


async def emit(code: str, event: KeptEvent) -> int:
    """Publish a kept event that changes no live state; answers its seq."""
    return int(await _emit(code, args=[kind_of(event), body_of(event)]))


def emit_sync(code: str, event: KeptEvent) -> int:
    return int(_emit.sync(code, args=[kind_of(event), body_of(event)]))


def able(capability: str, *, asked_by: str) -> str:
    """An address: those who hold a capability, but for whom a block keeps from who asks them."""
    return f"cap:{capability}|{asked_by}"


async def pass_(code: str, event: PassingEvent, to: str = "") -> None:
    """Publish a passing event to everyone, or `to` "user:…", "conn:…" or whoever is `able`."""
    await _pass(code, args=[kind_of(event), body_of(event), to])


def pass_sync(code: str, event: ServerEvent, to: str = "") -> None:
    """As `pass_`. A kept event told so has no seq: it is news for those pages alone."""
    _pass.sync(code, args=[kind_of(event), body_of(event), to])
