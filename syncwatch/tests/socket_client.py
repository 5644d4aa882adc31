"""Sockets for tests, a room's and a person's own, through a real ASGI application."""

import asyncio
import contextlib
import json
import uuid
from collections import deque
from collections.abc import Callable
from typing import Any

from asgiref.testing import ApplicationCommunicator

WAIT_S = 5


async def until(true: Callable[[], Any]) -> None:
    """Let the loop run until `true()`; for what follows an event and has no frame of its own."""
    async with asyncio.timeout(WAIT_S):
        while not true():  # noqa: ASYNC110  what is waited for sets no event
            await asyncio.sleep(0.005)


class Closed(AssertionError):
    """The server closed the socket where a test expected a frame."""

    def __init__(self, code: int) -> None:
        super().__init__(f"closed with {code}")
        self.code = code


class Socket:
    """One open connection. `snapshot` is its first frame."""

    def __init__(self, application: Any, scope: dict[str, Any]) -> None:
        self._app = ApplicationCommunicator(application, scope)
        self._over = False
        self._aside: deque[dict[str, Any]] = deque()  # what came while an answer was waited for
        self.snapshot: dict[str, Any] = {}
        self.tab = scope["tab"]

    async def open(self) -> "Socket":
        answer = await self.handshake()
        if answer["type"] != "websocket.accept":
            raise Closed(answer.get("status", 403))
        self.snapshot = await self.frame("room:snapshot", "me:snapshot")
        return self

    async def handshake(self) -> dict[str, Any]:
        await self._app.send_input({"type": "websocket.connect"})
        return await self._app.receive_output(WAIT_S)

    async def send(self, **frame: Any) -> None:
        await self.send_text(json.dumps(frame))

    async def send_text(self, text: str) -> None:
        await self._app.send_input({"type": "websocket.receive", "text": text})

    async def send_bytes(self, data: bytes) -> None:
        await self._app.send_input({"type": "websocket.receive", "bytes": data})

    async def next(self) -> dict[str, Any]:
        """The next frame from the server; raises Closed."""
        return self._aside.popleft() if self._aside else await self._receive()

    async def _receive(self) -> dict[str, Any]:
        message = await self._app.receive_output(WAIT_S)
        if message["type"] == "websocket.close":
            self._over = True
            raise Closed(message["code"])
        return json.loads(message["text"])

    async def message(self) -> dict[str, Any]:
        """The server's next ASGI message, however long it takes; for who reads all the time."""
        return await self._app.output_queue.get()

    async def frame(self, *kinds: str) -> dict[str, Any]:
        """The next frame of one of these types; others are passed over."""
        while True:
            frame = await self.next()
            if frame["type"] in kinds:
                return frame

    async def ask(self, **frame: Any) -> dict[str, Any]:
        """Send with a ref; answer its ack or error. Events that come first are kept for later."""
        ref = uuid.uuid4().hex[:8]
        await self.send(**frame, ref=ref)
        while True:
            answer = await self._receive()
            if answer["type"] in {"ack", "error"} and answer.get("ref") == ref:
                return answer
            self._aside.append(answer)

    async def ask_and_hear(self, kind: str, **frame: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """Send with a ref; its answer and the event of this kind, whichever of them comes first."""
        ref, found = uuid.uuid4().hex[:8], {}
        await self.send(**frame, ref=ref)
        while len(found) < 2:
            got = await self.frame("ack", "error", kind)
            found["event" if got["type"] == kind else "answer"] = got
        return found["answer"], found["event"]

    async def quiet(self) -> bool:
        """Nothing has come, after what is already under way was given its turn."""
        return await self._app.receive_nothing(timeout=0.15)

    async def without(self, *kinds: str) -> bool:
        """As `quiet`, of these kinds of frames; others are passed over."""
        while self._aside or not await self.quiet():
            if (await self.next())["type"] in kinds:
                return False
        return True

    async def closing_code(self) -> int:
        """The code with which the server closes this socket."""
        try:
            while True:
                await self.next()
        except Closed as closed:
            return closed.code

    async def close(self) -> None:
        self._over = True
        # Cancelled where a test waited for a frame in vain; that must not end the tests after it.
        with contextlib.suppress(asyncio.CancelledError):
            await self._app.send_input({"type": "websocket.disconnect", "code": 1000})
            await self._app.wait(WAIT_S)


class Sockets:
    """Everything a test opened; closed in the end, with the hub behind it."""

    def __init__(self) -> None:
        self._opened: list[Socket] = []
        self.application: Any = None

    def use(self, *modules: Any) -> None:
        """Build the gateway out of these modules instead of the product's own."""
        from channels.routing import ProtocolTypeRouter, URLRouter
        from django.urls import path

        from rooms.gateway.consumer import RoomConsumer
        from rooms.me.consumer import MeConsumer

        routes = [
            path("ws/me/", MeConsumer.as_asgi(modules=modules)),
            path("ws/rooms/<str:code>/", RoomConsumer.as_asgi(modules=modules)),
        ]
        self.application = ProtocolTypeRouter({"websocket": URLRouter(routes)})

    async def prepare(
        self,
        user: Any,
        code: str,
        *,
        tab: str = "",
        version: str = "1",
        query: str = "",
        headers: dict[str, str] | None = None,
    ) -> Socket:
        """A connection that has not shaken hands yet."""
        if self.application is None:
            from syncwatch.asgi import application

            self.application = application
        sent = {"host": "localhost", **(headers or {})}
        if user is not None and "authorization" not in sent:
            sent["authorization"] = f"Bearer {await access_token(user)}"
        tab = tab or str(uuid.uuid4())
        scope = {
            "type": "websocket",
            "path": f"/ws/rooms/{code}/" if code else "/ws/me/",
            "query_string": f"v={version}&tab={tab}{query}".encode(),
            "headers": [(name.encode(), value.encode()) for name, value in sent.items()],
            "client": ("127.0.0.1", 1),
            "subprotocols": [],
            "tab": tab,
        }
        made = Socket(self.application, scope)
        self._opened.append(made)
        return made

    async def open(self, user: Any, code: str, **options: Any) -> Socket:
        return await (await self.prepare(user, code, **options)).open()

    async def me(self, user: Any, **options: Any) -> Socket:
        """The small socket of a person."""
        return await self.open(user, "", **options)

    async def refusal(self, user: Any, code: str, **options: Any) -> int:
        """The code with which a connection is turned away after it was accepted."""
        socket = await self.prepare(user, code, **options)
        await socket.handshake()
        return await socket.closing_code()

    async def run_due(self) -> int:
        """Run the deadlines that are due, as the background loop would."""
        from rooms.gateway.deadlines import Deadlines
        from rooms.gateway.hub import running_hub

        hub = running_hub()
        assert hub is not None, "open a socket first"
        return await Deadlines(hub.catalogue).run_due()

    async def close(self) -> None:
        from channels.db import database_sync_to_async

        from rooms.gateway.hub import running_hub

        for socket in self._opened:
            await socket.close()
        # A query under way in a thread outlives the task that asked for it; behind this one, the
        # test's database is nobody's any more.
        await database_sync_to_async(bool)()
        hub = running_hub()
        if hub is not None:
            await hub.stop()
            from channels.layers import get_channel_layer

            await get_channel_layer().flush()


async def access_token(user: Any) -> str:
    from channels.db import database_sync_to_async

    from accounts import sessions

    opened = await database_sync_to_async(sessions.session_open)(user=user, agent="test")
    return opened.access
