"""How bytes reach one client: straight into the transport where the server lets us, else by ASGI.

Both are bounded: a reader that stops reading is told so (4408) instead of filling our memory.
"""

import asyncio
import logging
import struct
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol

from django.conf import settings

log = logging.getLogger(__name__)

Send = Callable[[dict[str, Any]], Awaitable[None]]
SMALL, MEDIUM = 126, 65_536


def text_frame(payload: bytes) -> bytes:
    """One unfragmented, unmasked text frame (RFC 6455, 5.2)."""
    size = len(payload)
    if size < SMALL:
        return bytes((0x81, size)) + payload
    if size < MEDIUM:
        return struct.pack("!BBH", 0x81, 126, size) + payload
    return struct.pack("!BBQ", 0x81, 127, size) + payload


class Message:
    """One text on its way to many: the frame is built once, by the first who needs it."""

    __slots__ = ("_frame", "epoch", "seq", "text")

    def __init__(self, text: str, seq: int | None = None, epoch: str = "") -> None:
        self.text = text
        self.seq = seq
        self.epoch = epoch
        self._frame: bytes | None = None

    @property
    def frame(self) -> bytes:
        if self._frame is None:
            self._frame = text_frame(self.text.encode())
        return self._frame


class Outbound(Protocol):
    """One client's end. `write` answers False when the client is too slow to go on."""

    def write(self, message: Message) -> bool: ...
    async def close(self, code: int, reason: str) -> None: ...
    async def stop(self) -> None: ...


class DirectOutbound:
    """Writes frames into the connection of our uvicorn protocol (rooms.gateway.transport)."""

    def __init__(self, protocol: Any, send: Send) -> None:
        self._protocol = protocol
        self._send = send

    def write(self, message: Message) -> bool:
        transport = self._protocol.transport
        if transport.is_closing() or self._protocol.close_sent:
            return True
        if transport.get_write_buffer_size() > settings.SOCKET_BACKLOG_MAX_BYTES:
            return False
        transport.write(message.frame)
        return True

    async def close(self, code: int, reason: str) -> None:
        transport = self._protocol.transport
        if transport.get_write_buffer_size() > settings.SOCKET_BACKLOG_MAX_BYTES:
            # Whoever does not read will not read the close frame either; what waits is dropped.
            self._protocol.conn.send_close(code, reason)
            transport.write(b"".join(self._protocol.conn.data_to_send()))
            asyncio.get_running_loop().call_later(2, transport.abort)
            return
        await self._send({"type": "websocket.close", "code": code, "reason": reason})

    async def stop(self) -> None:
        """Nothing runs here."""


class QueuedOutbound:
    """Sends through ASGI from a bounded queue: for daphne, and for tests."""

    def __init__(self, send: Send) -> None:
        self._send = send
        # Resuming may bring all events that are kept at one go.
        self._queue: asyncio.Queue[Message] = asyncio.Queue(
            settings.RECENT_EVENTS_KEPT + settings.SOCKET_BACKLOG_MAX_MESSAGES
        )
        self._bytes = 0
        self._task = asyncio.create_task(self._run())

    def write(self, message: Message) -> bool:
        if self._bytes + len(message.text) > settings.SOCKET_BACKLOG_MAX_BYTES and self._bytes:
            return False
        try:
            self._queue.put_nowait(message)
        except asyncio.QueueFull:
            return False
        self._bytes += len(message.text)
        return True

    async def _run(self) -> None:
        while True:
            message = await self._queue.get()
            try:
                await self._send({"type": "websocket.send", "text": message.text})
            except Exception as error:  # noqa: BLE001  a server's word for "gone already"
                log.debug("send after the end: %s", error)
            self._bytes -= len(message.text)
            self._queue.task_done()

    async def close(self, code: int, reason: str) -> None:
        try:
            async with asyncio.timeout(1):
                await self._queue.join()  # an error said just before must arrive
        except TimeoutError:
            log.debug("closing with %d messages unsent", self._queue.qsize())
        await self._send({"type": "websocket.close", "code": code, "reason": reason})

    async def stop(self) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)


def outbound_for(scope: Mapping[str, Any], send: Send) -> Outbound:
    protocol = scope.get("syncwatch.protocol")
    return DirectOutbound(protocol, send) if protocol is not None else QueuedOutbound(send)
