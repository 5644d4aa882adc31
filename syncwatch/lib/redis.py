"""Redis as this project uses it: one shared connection a process that pipelines by itself.

A pool costs a round trip a command and refuses past its size; one connection that writes
everything of a loop turn at once costs 10–48 µs a command and keeps order.
"""

import asyncio
import hashlib
import ssl
import weakref
from collections import deque
from collections.abc import Callable
from typing import Any
from urllib.parse import ParseResult, parse_qs, unquote, urlparse

import hiredis
import redis
from django.conf import settings
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import NoScriptError, RedisError, ResponseError

__all__ = [
    "Link", "NoScriptError", "RedisConnectionError", "RedisError", "ResponseError", "Script",
    "SharedRedis", "close_shared", "shared", "sync",
]  # fmt: skip

Value = str | bytes | int | float
STALL_S = 5.0  # a command unanswered for so long means that the connection is dead
PORT = 6379

_sync: dict[str, redis.Redis] = {}
_shared: "weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, SharedRedis]" = (
    weakref.WeakKeyDictionary()
)


def sync() -> redis.Redis:
    """The blocking client, for Celery tasks, commands and plain views. Answers bytes."""
    url = settings.REDIS_URL
    if url not in _sync:
        _sync[url] = redis.Redis.from_url(url, socket_timeout=STALL_S, socket_connect_timeout=2)
    return _sync[url]


def shared() -> "SharedRedis":
    """This event loop's connection."""
    loop = asyncio.get_running_loop()
    if loop not in _shared:
        _shared[loop] = SharedRedis(settings.REDIS_URL)
    return _shared[loop]


async def close_shared() -> None:
    client = _shared.pop(asyncio.get_running_loop(), None)
    if client:
        await client.close()


def _error(text: str) -> RedisError:
    return NoScriptError(text) if text.startswith("NOSCRIPT") else ResponseError(text)


class Link(asyncio.Protocol):
    """One connection: commands out in order, replies matched to them in order."""

    def __init__(self) -> None:
        self._reader = hiredis.Reader(protocolError=RedisConnectionError, replyError=_error)
        self._waiting: deque[asyncio.Future[Any]] = deque()
        self._outgoing: list[bytes] = []
        self._transport: asyncio.Transport | None = None
        self._loop = asyncio.get_running_loop()
        self._answered = 0
        self.closed = self._loop.create_future()

    @property
    def alive(self) -> bool:
        return self._transport is not None and not self._transport.is_closing()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment]  # a stream transport

    def send(self, command: tuple[Value, ...]) -> "asyncio.Future[Any]":
        future: asyncio.Future[Any] = self._loop.create_future()
        if self.closed.done():
            future.set_exception(RedisConnectionError("Redis is gone (closed)."))
            return future
        self._waiting.append(future)
        if not self._outgoing:
            self._loop.call_soon(self._flush)
        self._outgoing.append(hiredis.pack_command(command))  # type: ignore[arg-type]  # any length
        return future

    def _flush(self) -> None:
        data, self._outgoing = b"".join(self._outgoing), []
        if self.alive and self._transport:
            self._transport.write(data)
            self._loop.call_later(STALL_S, self._check_stall, self._answered)

    def _check_stall(self, answered_before: int) -> None:
        if self.alive and self._waiting and self._answered == answered_before and self._transport:
            self._transport.abort()

    def data_received(self, data: bytes) -> None:
        self._reader.feed(data)
        while (reply := self._reader.gets()) is not False:
            self._answered += 1
            self.take(reply)

    def take(self, reply: Any) -> None:
        future = self._waiting.popleft()
        if future.done():
            return  # whoever asked has given up
        if isinstance(reply, RedisError):
            future.set_exception(reply)
        else:
            future.set_result(reply)

    def connection_lost(self, exc: Exception | None) -> None:
        lost = RedisConnectionError(f"Redis is gone ({exc or 'closed'}).")
        while self._waiting:
            future = self._waiting.popleft()
            if not future.done():
                future.set_exception(lost)
        if not self.closed.done():
            self.closed.set_result(None)

    async def close(self) -> None:
        if self._transport:
            self._transport.close()
            await self.closed


class SharedRedis:
    """An asynchronous client over one link; it reconnects at the next call."""

    def __init__(self, url: str, make: Callable[[], Link] = Link) -> None:
        self._url = urlparse(url)
        self._make = make
        self._link: Link | None = None
        self._connecting = asyncio.Lock()

    async def call(self, *command: Value) -> Any:
        """Send one command and wait for its answer (bytes, int, list or None)."""
        link = self._link
        if link is None or not link.alive:
            link = await self.connect()
        return await link.send(command)

    async def close(self) -> None:
        if self._link:
            await self._link.close()

    async def connect(self) -> Link:
        """The link that stands, or a new one."""
        async with self._connecting:
            if self._link is not None and self._link.alive:
                return self._link
            try:
                async with asyncio.timeout(2):
                    link = await _open(self._url, self._make)
                    for command in _greeting(self._url):
                        await link.send(command)
            except (OSError, TimeoutError) as error:
                raise RedisConnectionError(f"Redis does not answer ({error}).") from error
            self._link = link
            return link


async def _open(url: ParseResult, make: Callable[[], Link]) -> Link:
    loop = asyncio.get_running_loop()
    if url.scheme == "unix":
        _, link = await loop.create_unix_connection(make, url.path)
        return link
    secure = ssl.create_default_context() if url.scheme == "rediss" else None
    host = url.hostname or "127.0.0.1"
    _, link = await loop.create_connection(make, host, url.port or PORT, ssl=secure)
    return link


def _greeting(url: ParseResult) -> list[tuple[Value, ...]]:
    """AUTH and SELECT, as the address asks for them."""
    commands: list[tuple[Value, ...]] = []
    if url.password:
        user = (unquote(url.username),) if url.username else ()
        commands.append(("AUTH", *user, unquote(url.password)))
    query = parse_qs(url.query)
    number = query.get("db", query.get("virtual_host", [""]))[0]
    if url.scheme != "unix" and not number:
        number = url.path.lstrip("/")
    if number and number != "0":
        commands.append(("SELECT", number))
    return commands


class Script:
    """A Lua script, sent by its digest; by its source where Redis does not know it yet."""

    def __init__(self, source: str, name: str) -> None:
        self.name = name
        self._source = source
        self._digest = hashlib.sha1(source.encode(), usedforsecurity=False).hexdigest()

    async def __call__(self, keys: list[str], args: list[Value]) -> Any:
        client = shared()
        try:
            return await client.call("EVALSHA", self._digest, len(keys), *keys, *args)
        except NoScriptError:
            return await client.call("EVAL", self._source, len(keys), *keys, *args)

    def sync(self, keys: list[str], args: list[Value]) -> Any:
        client = sync()
        try:
            return client.evalsha(self._digest, len(keys), *keys, *args)
        except NoScriptError:
            return client.eval(self._source, len(keys), *keys, *args)
