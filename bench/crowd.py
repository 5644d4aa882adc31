"""Hundreds of sockets in one process that read as fast as they can: the other end of a load test.

Frames are counted, not decoded: a socket is a buffer in which a marker is looked for. What is sent
in order and kept arrives in order and whole, so the n-th marker on a socket is the n-th command of
its room; when that was sent says how long it took.
"""

import base64
import os
import select
import socket
import struct
import time
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

TOLD = b'"type":"sync:command"'
SNAPSHOT = b'"type":"room:snapshot"'
READ_BYTES = 1 << 18
PING_BYTES = 4
PING = bytes((0x89, PING_BYTES))


def masked(payload: bytes) -> bytes:
    """One text frame as a client sends it (RFC 6455, 5.2). The mask of zeros is a mask."""
    size = len(payload)
    if size < 126:
        return struct.pack("!BB", 0x81, 0x80 | size) + bytes(4) + payload
    return struct.pack("!BBH", 0x81, 0x80 | 126, size) + bytes(4) + payload


def handshake(path: str, host: str, access: str) -> bytes:
    key = base64.b64encode(os.urandom(16)).decode()
    lines = [
        f"GET {path} HTTP/1.1", f"Host: {host}", "Upgrade: websocket", "Connection: Upgrade",
        f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13",
    ]  # fmt: skip
    if access:
        lines.append(f"Authorization: Bearer {access}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


class Seat:
    """One socket of a room."""

    def __init__(self, crowd: "Crowd", room: str, access: str) -> None:
        self.crowd = crowd
        self.room, self.access = room, access
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self.seated = False
        self.closed = False
        self.reads = True
        self.heard = 0
        self.kept: list[bytes] | None = None  # everything that came, where somebody wants it
        self._tail = b""

    def send(self, payload: bytes) -> None:
        self.socket.send(masked(payload))

    def read(self) -> None:
        """What came since the last time: how many commands that were, and when."""
        try:
            data = self.socket.recv(READ_BYTES)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self.closed = True
            self.crowd.forget(self)
            return
        now_s = time.perf_counter()
        if PING in data:
            self._answer_pings(data)
        if self.kept is not None:
            self.kept.append(data)
        if not self.seated:
            self._take_seat(data, now_s)
            return
        text = self._tail + data
        count = text.count(TOLD)
        self._tail = text[-(len(TOLD) - 1) :]
        if count:
            self.crowd.told(self, count, now_s)

    def _answer_pings(self, data: bytes) -> None:
        """The head of a ping stands in no text of ours, which is ASCII."""
        at = data.find(PING)
        payload = data[at + 2 : at + 2 + PING_BYTES]
        self.socket.send(struct.pack("!BB", 0x8A, 0x80 | len(payload)) + bytes(4) + payload)

    def _take_seat(self, data: bytes, now_s: float) -> None:
        text = self._tail + data
        if SNAPSHOT in text:
            self.seated, self._tail = True, b""
            self.crowd.seated_s.append(now_s)
        else:
            self._tail = text[-(len(SNAPSHOT) - 1) :] if b"\r\n\r\n" in text else text


class Crowd:
    """All seats of a run, and how long commands took to reach them."""

    def __init__(self, url: str, *, path: str = "/ws/rooms/{code}/?v=1&tab={tab}") -> None:
        parts = urlsplit(url)
        self.host, self.port = parts.hostname or "", parts.port or 80
        self.path = path
        self.seats: list[Seat] = []
        self.sent_s: dict[str, list[float]] = defaultdict(list)
        self.latencies_ms: list[float] = []
        self.seated_s: list[float] = []
        self._by_fd: dict[int, Seat] = {}
        self._poll = select.epoll()

    def sit(self, room: str, access: str, *, receive_bytes: int | None = None) -> Seat:
        """Connect and ask for a seat; the snapshot comes while `run` is reading."""
        seat = Seat(self, room, access)
        if receive_bytes is not None:
            seat.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_bytes)
        seat.socket.connect((self.host, self.port))
        seat.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        path = self.path.format(code=room, tab=uuid.uuid4())
        seat.socket.sendall(handshake(path, f"{self.host}:{self.port}", access))
        seat.socket.settimeout(0)
        self.seats.append(seat)
        self._by_fd[seat.socket.fileno()] = seat
        self._poll.register(seat.socket.fileno(), select.EPOLLIN)
        return seat

    def sit_all(self, wanted: Iterable[tuple[str, str]], *, at_once: int) -> list[Seat]:
        """Seat all of (room, access), so many at a time on their way."""
        left, seats = list(wanted)[::-1], []
        while left or not all(seat.seated for seat in seats):
            under_way = sum(1 for seat in seats if not seat.seated and not seat.closed)
            while left and under_way < at_once:
                seats.append(self.sit(*left.pop()))
                under_way += 1
            self.read(0.05)
            if any(seat.closed for seat in seats):
                raise RuntimeError("a socket was closed before it had its snapshot")
        return seats

    def come_back(self) -> None:
        """Whoever was closed, as a server in trouble closes people, sits down anew."""
        gone = [seat for seat in self.seats if seat.closed]
        self.seats = [seat for seat in self.seats if not seat.closed]
        self.sit_all([(seat.room, seat.access) for seat in gone], at_once=64)

    def pause_reading(self, seat: Seat) -> None:
        seat.reads = False
        self._poll.unregister(seat.socket.fileno())

    def told(self, seat: Seat, count: int, now_s: float) -> None:
        sent = self.sent_s[seat.room]
        for when_s in sent[seat.heard : seat.heard + count]:
            self.latencies_ms.append((now_s - when_s) * 1000)
        seat.heard += count

    def command(self, seat: Seat, payload: bytes) -> None:
        self.sent_s[seat.room].append(time.perf_counter())
        seat.send(payload)

    def read(self, within_s: float) -> None:
        """Read whatever comes within this time, at least once."""
        for fd, _ in self._poll.poll(within_s):
            seat = self._by_fd.get(fd)
            if seat is not None:
                seat.read()

    def settle(self, within_s: float, done: Callable[[], bool]) -> bool:
        end_s = time.perf_counter() + within_s
        while not done():
            if time.perf_counter() > end_s:
                return False
            self.read(0.05)
        return True

    def all_heard(self) -> bool:
        """Whether everybody who is still here and reads has heard every command of their room."""
        return all(
            seat.heard >= len(self.sent_s[seat.room])
            for seat in self.seats
            if seat.reads and not seat.closed
        )

    def complete(self) -> bool:
        """Whether nobody who reads was closed."""
        return not any(seat.closed for seat in self.seats if seat.reads)

    def begin(self) -> None:
        """A new measurement with the same people."""
        self.sent_s.clear()
        self.latencies_ms.clear()
        for seat in self.seats:
            seat.heard = 0

    def forget(self, seat: Seat) -> None:
        self._by_fd.pop(seat.socket.fileno(), None)
        seat.socket.close()

    def close(self) -> None:
        for seat in self.seats:
            if not seat.closed:
                seat.socket.close()
        self.seats.clear()
        self._by_fd.clear()
        self._poll.close()
