"""ASGI, as far as uploads need it: headers in, small answers out, bodies chunk by chunk."""

import asyncio
import json
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from syncwatch.lib import clock
from syncwatch.lib.errors import ApiError

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

IDLE_S = 60.0  # a sender that says nothing for so long is gone
CHUNK_BYTES = 1024**2  # gathered before one hop to a thread
CHUNK_MS = 2000  # a slow sender's bytes do not wait longer for company
DRAIN_BYTES = 64 * 1024**2
DRAIN_S = 3.0
NO_CONTENT = 204
EXPOSED = (
    "Location, Tus-Resumable, Tus-Version, Tus-Extension, Tus-Max-Size, Tus-Checksum-Algorithm, "
    "Upload-Offset, Upload-Length, Upload-Expires, Video-Id"
)


class Gone(Exception):
    """The sender went away, or fell silent."""


@dataclass
class Call:
    """One request on its way."""

    scope: Scope
    receive: Receive
    send: Send
    started: bool = False  # the body has been read from
    ended: bool = False  # the body has been read to its end
    answered: bool = False
    idle_s: float = field(default_factory=lambda: IDLE_S)
    standing: dict[str, str] = field(default_factory=dict)  # goes with every answer
    headers: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.headers = {
            name.decode("latin-1").lower(): value.decode("latin-1")
            for name, value in self.scope["headers"]
        }

    @property
    def method(self) -> str:
        """What is asked for. Some senders know GET and POST only and put the verb beside a POST."""
        sent = str(self.scope["method"])
        override = self.headers.get("x-http-method-override", "") if sent == "POST" else ""
        return (override or sent).upper()

    @property
    def content_length(self) -> int | None:
        raw = self.headers.get("content-length", "")
        return int(raw) if raw.isdecimal() else None

    async def chunks(self) -> AsyncGenerator[bytes, None]:
        """The body in pieces of about a MiB. Raises Gone, after giving what had come before."""
        gathered, since_ms = bytearray(), clock.monotonic_ms()
        while not self.ended:
            piece = await self._next()
            if piece is None:
                if gathered:
                    yield bytes(gathered)
                raise Gone
            gathered += piece
            late = gathered and clock.monotonic_ms() - since_ms >= CHUNK_MS
            if len(gathered) >= CHUNK_BYTES or late:
                yield bytes(gathered)
                gathered.clear()
                since_ms = clock.monotonic_ms()
        if gathered:
            yield bytes(gathered)

    async def _next(self) -> bytes | None:
        self.started = True
        try:
            async with asyncio.timeout(self.idle_s):
                message = await self.receive()
        except TimeoutError:
            return None
        if message["type"] == "http.disconnect":
            return None
        self.ended = not message.get("more_body", False)
        return bytes(message.get("body", b""))

    async def answer(
        self, status: int, headers: Mapping[str, str] | None = None, body: bytes = b""
    ) -> None:
        """Send a small answer. What the sender is still sending is taken for a moment and thrown
        away: closing on it would make the network throw away our answer.
        """
        lines = {**self._standing(), **(headers or {})}
        if status != NO_CONTENT:
            lines["content-length"] = str(len(body))
        unread = not self.ended and self.has_body
        if unread:
            lines["connection"] = "close"
        self.answered = True
        encoded = [(name.lower().encode(), value.encode()) for name, value in lines.items()]
        await self.send({"type": "http.response.start", "status": status, "headers": encoded})
        bare = self.scope["method"] == "HEAD"
        await self.send(
            {"type": "http.response.body", "body": b"" if bare else body, "more_body": unread}
        )
        if unread:
            await self._drain()
            await self.send({"type": "http.response.body", "body": b"", "more_body": False})

    @property
    def has_body(self) -> bool:
        return "transfer-encoding" in self.headers or bool(self.content_length)

    @property
    def is_listed_origin(self) -> bool:
        """The page of another site that the operator has let in."""
        return self.headers.get("origin", "") in settings.CORS_ALLOWED_ORIGINS

    def _standing(self) -> dict[str, str]:
        lines = {"cache-control": "no-store", "x-content-type-options": "nosniff", **self.standing}
        if self.is_listed_origin:
            lines["access-control-allow-origin"] = self.headers["origin"]
            lines["access-control-expose-headers"] = EXPOSED
            lines["vary"] = "Origin"
        return lines

    async def _drain(self) -> None:
        if not self.started and "expect" in self.headers:
            return  # it waits for our word before it sends, and has it now
        left = DRAIN_BYTES
        try:
            async with asyncio.timeout(DRAIN_S):
                while left > 0 and not self.ended:
                    piece = await self._next()
                    if piece is None:
                        return
                    left -= len(piece)
        except TimeoutError:
            return

    async def answer_json(
        self, status: int, data: Mapping[str, Any], headers: Mapping[str, str] | None = None
    ) -> None:
        lines = {"content-type": "application/json", **(headers or {})}
        await self.answer(status, lines, json.dumps(data).encode())

    async def refuse(self, error: ApiError, headers: Mapping[str, str] | None = None) -> None:
        lines = dict(headers or {})
        if error.retry_after is not None:
            lines["retry-after"] = str(max(1, round(error.retry_after)))
        if error.status == 401:  # noqa: PLR2004  HTTP's number
            lines["www-authenticate"] = 'Bearer realm="syncwatch"'
        await self.answer_json(error.status, {"error": error.as_dict()}, lines)
