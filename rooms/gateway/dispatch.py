"""From the text of a frame to its handler: decode, policy, lane, limit, answer."""

import functools
import logging
import operator
from collections.abc import Mapping
from typing import Any

import msgspec
from django.conf import settings
from django.db.utils import InterfaceError, OperationalError
from django.utils.translation import gettext

from rooms import policy
from rooms.gateway.closing import Close
from rooms.gateway.connection import Connection
from rooms.gateway.events import Caller, Catalogue, RoomEvents, Route
from rooms.gateway.kernel_events import KernelEvents
from rooms.gateway.lanes import Lanes
from rooms.gateway.outbound import Message
from rooms.gateway.refused import refusal_for
from rooms.gateway.strikes import Strikes
from rooms.gateway.wire import ClientFrame, encode, kind_of
from syncwatch.lib import clock, metrics, rate
from syncwatch.lib.errors import (
    SERVER_ERROR,
    ApiError,
    Invalid,
    Malformed,
    TooMany,
    Unavailable,
    register,
)  # fmt: skip
from syncwatch.lib.redis import RedisError

log = logging.getLogger(__name__)
UNREACHABLE = (RedisError, OperationalError, InterfaceError)

UNKNOWN_TYPE = register(
    "unknown_type", status=400, when="A frame's `type` is not part of the protocol.",
    recover="Send only what docs/protocol.md lists.",
)  # fmt: skip
FRAME_TOO_LARGE = register(
    "frame_too_large", status=413, when="A frame is larger than 64 KiB.",
    recover="Send less at once.",
)  # fmt: skip


class _Head(msgspec.Struct):
    """What can be read of a frame that was refused."""

    type: str | None = None
    ref: str | None = None


class Kernel:
    """What all connections share: the catalogue of frames and the decoder built from it."""

    def __init__(self, modules: tuple[RoomEvents, ...], own: RoomEvents | None = None) -> None:
        self.catalogue = Catalogue((own or KernelEvents(), *modules))
        self.routes = self.catalogue.routes()
        frames = [route.frame for _, route in self.routes.values()]
        self._decoder = msgspec.json.Decoder(functools.reduce(operator.or_, frames))
        self._head = msgspec.json.Decoder(_Head)

    def decode(self, text: str) -> ClientFrame:
        """A frame of the protocol; raises an ApiError in words."""
        try:
            return self._decoder.decode(text)
        except msgspec.ValidationError as error:
            head = self.head(text)
            if head.type is not None and head.type not in self.routes:
                raise ApiError(
                    UNKNOWN_TYPE,
                    gettext("This server does not know {name}.").format(name=repr(head.type)),
                ) from None
            raise Invalid(f"{error}.") from None
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            raise Malformed(gettext("This frame is not JSON.")) from None

    def head(self, text: str) -> _Head:
        try:
            return self._head.decode(text)
        except (msgspec.MsgspecError, UnicodeError, RecursionError):
            return _Head()


class Dispatch:
    """One connection's way in."""

    def __init__(self, kernel: Kernel, connection: Connection) -> None:
        self._kernel = kernel
        self._connection = connection
        self._lanes = Lanes(self._run)
        self._strikes = Strikes()
        self._pings = _PingMeter()

    def take(self, text: str | None) -> None:
        """One frame from the client. Never raises; a refused frame is always answered."""
        metrics.count("frames")
        if self._connection.closed:  # sent away
            return
        if text is None:
            self._refuse(None, Malformed(gettext("Send text frames, not binary ones.")))
            return
        if _is_too_large(text):
            self._refuse(
                None, ApiError(FRAME_TOO_LARGE, gettext("A frame may have 64 KiB at most."))
            )
            return
        try:
            frame = self._kernel.decode(text)
        except ApiError as error:
            ref = self._kernel.head(text).ref
            self._refuse(ref if ref is None or len(ref) <= 64 else None, error)  # noqa: PLR2004  as wire.Ref
            return
        self._route(frame)

    def _route(self, frame: ClientFrame) -> None:
        kind = kind_of(frame)
        module, route = self._kernel.routes[kind]
        caller = self._connection.caller
        if route.inline:
            if self._pings.allows(clock.monotonic_ms()):
                answer = getattr(module, route.method)(caller, frame)
                self._write(answer)
        elif not self._lanes.put(kind.partition(":")[0], (module, route, frame)):
            self._refuse(frame.ref, TooMany(1))

    async def _run(self, job: tuple[RoomEvents, Route, ClientFrame]) -> None:
        """In the lane: ask the policy as it is now, meter, handle, answer."""
        if self._connection.closed:  # sent away while this waited in line
            return
        module, route, frame = job
        caller = self._connection.caller
        try:
            await self._require(frame, caller)
            await rate.check(limit_of(route), f"{caller.user_id}:{caller.code}")
            result = await getattr(module, route.method)(caller, frame)
            if frame.ref is not None:
                self._write({"type": "ack", "ref": frame.ref, **(result or {})})
        except ApiError as error:
            self._refuse(frame.ref, error)
        except UNREACHABLE as error:
            log.warning("%s not done: %s", kind_of(frame), error)
            self._refuse(frame.ref, Unavailable())
        except Exception:
            log.exception("handling %s", kind_of(frame))
            fault = ApiError(
                SERVER_ERROR, gettext("Something broke on our side. It is in the log.")
            )
            self._refuse(frame.ref, fault)

    async def _require(self, frame: ClientFrame, caller: Caller) -> None:
        if not policy.allowed(kind_of(frame), caller.capabilities):
            raise await refusal_for(self._connection, kind_of(frame))

    def _refuse(self, ref: str | None, error: ApiError) -> None:
        metrics.count("frames_refused")
        answer: dict[str, Any] = {"type": "error"}
        if ref is not None:
            answer["ref"] = ref
        self._write(answer | error.as_dict())
        flood = isinstance(error, TooMany | Malformed) or error.code == FRAME_TOO_LARGE
        if flood and self._strikes.refused(clock.monotonic_ms()):
            self._connection.hub.close_soon(self._connection, Close.FLOOD)

    def _write(self, answer: Mapping[str, Any] | msgspec.Struct | None) -> None:
        if answer is not None:
            self._connection.write(Message(encode(answer)))

    async def close(self) -> None:
        await self._lanes.close()


def _is_too_large(text: str) -> bool:
    """Counted in bytes, which only long texts have to be encoded for."""
    limit: int = settings.SOCKET_FRAME_MAX_BYTES
    if len(text) * 4 <= limit:  # a character has four bytes at most
        return False
    return len(text) > limit or len(text.encode(errors="replace")) > limit


class _PingMeter:
    """Clock pings: 5 a second, 60 at once; those above are dropped and never a strike."""

    def __init__(self) -> None:
        count, per_s, burst = settings.RATE_LIMITS["ping"]
        factor = settings.RATE_LIMIT_FACTOR
        self._interval_ms = per_s * 1000 / (count * factor)
        self._slack_ms = self._interval_ms * (burst * factor - 1)
        self._due_ms = 0.0

    def allows(self, now_ms: float) -> bool:
        due = max(self._due_ms, now_ms)
        if due - now_ms > self._slack_ms:
            return False
        self._due_ms = due + self._interval_ms
        return True


def limit_of(route: Route) -> str:
    """The row of settings.RATE_LIMITS that meters this frame."""
    prefix = kind_of(route.frame).partition(":")[0]
    return route.limit or (prefix if prefix in settings.RATE_LIMITS else "frame")
