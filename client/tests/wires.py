"""Connections for tests of the client: told what to say, or real ones with a fault of their own."""

import asyncio
import contextlib
import json

import httpx
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosedError, InvalidStatus
from websockets.frames import Close

ANA = {"id": "ana", "display_name": "Ana", "guest": True, "avatar": 1, "picture": None}
MEMBER = {"user": ANA, "role": "guest", "capabilities": [], "rights": [], "presence": "online"}
PAUSED = {
    "item_id": "film", "source": "file", "paused": True, "position": 10.0, "rate": 1.0, "at": 0,
    "hold": None, "seq": 1,
}  # fmt: skip


def snapshot(seq, *, epoch="one", timeline=None):
    return {
        "type": "room:snapshot", "protocol": 1, "epoch": epoch, "seq": seq, "server_time": 5000,
        "room": {"name": "Sunday"}, "me": {"user": ANA, "role": "guest"}, "members": [MEMBER],
        "member_count": 1, "queue": [], "timeline": timeline or PAUSED,
    }  # fmt: skip


def message(seq, body="hi"):
    said = {"id": f"m{seq}", "kind": "text", "body": body, "author": ANA}
    return {"type": "chat:message", "seq": seq, "message": said}


def closed(code, reason=""):
    return ConnectionClosedError(Close(code, reason), None)


def refused(status):
    from websockets.datastructures import Headers
    from websockets.http11 import Response

    return InvalidStatus(Response(status, "", Headers()))


class Wire:
    """One connection whose other end is the test."""

    def __init__(self, *frames):
        self.sent = []
        self._inbox = asyncio.Queue()
        self._written = asyncio.Condition()
        self.say(*frames)

    def say(self, *frames):
        """Frames, or the exception with which it ends."""
        for frame in frames:
            self._inbox.put_nowait(frame)

    async def recv(self):
        frame = await self._inbox.get()
        if isinstance(frame, Exception):
            self.say(frame)
            raise frame
        return json.dumps(frame)

    async def send(self, text):
        async with self._written:
            self.sent.append(json.loads(text))
            self._written.notify_all()

    async def close(self, code=1000, reason=""):
        self.say(closed(code, reason))

    async def sent_one(self, kind):
        """The first frame of a type that the client sends, as soon as it did."""
        async with asyncio.timeout(5), self._written:
            await self._written.wait_for(lambda: self._all(kind))
        return self._all(kind)[0]

    def _all(self, kind):
        return [frame for frame in self.sent if frame["type"] == kind]


class Server:
    """What one connect after the other gives: a wire, or the exception that it fails with."""

    def __init__(self, *answers):
        self._answers = list(answers)
        self.connects = []

    @contextlib.asynccontextmanager
    async def __call__(self, address, **options):
        self.connects.append((address, options["additional_headers"]["Authorization"]))
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        yield answer


class Waits:
    """Stands in for sleeping: before a new try it is over at once, between pings never."""

    def __init__(self):
        self.room = None
        self.before_tries = []

    async def __call__(self, seconds):
        if self.room._link is not None:
            await asyncio.Event().wait()
        self.before_tries.append(seconds)


def http(routes):
    """A transport that answers `{path: (status, body)}`, and remembers what it was sent."""
    asked = []

    def answer(request):
        asked.append((request.url.path, json.loads(request.content or "{}")))
        status, body = routes[request.url.path]
        return httpx.Response(status, json=body)

    transport = httpx.MockTransport(answer)
    transport.asked = asked
    return transport


class Line:
    """Real connections that the test holds up, cuts, or robs of a frame."""

    def __init__(self):
        self.free = asyncio.Event()
        self.free.set()
        self.wires = []
        self._robbed = ""

    @contextlib.asynccontextmanager
    async def connect(self, *args, **options):
        await self.free.wait()
        async with connect(*args, **options) as wire:
            self.wires.append(wire)
            yield _Robbed(self, wire)

    @property
    def port(self):
        """Of our end of the last one."""
        return self.wires[-1].local_address[1]

    def cut(self):
        """As when a network goes: nobody says goodbye."""
        self.wires[-1].transport.abort()

    def swallow_ack_of(self, what):
        """The next ack that carries `what` never arrives; the line breaks instead."""
        self._robbed = what

    def takes(self, frame):
        hit = bool(self._robbed) and frame["type"] == "ack" and self._robbed in frame
        if hit:
            self._robbed = ""
        return hit


class _Robbed:
    def __init__(self, line, wire):
        self._line, self._wire = line, wire
        self.send, self.close = wire.send, wire.close

    async def recv(self):
        text = await self._wire.recv()
        if self._line.takes(json.loads(text)):
            raise ConnectionClosedError(None, None)
        return text
