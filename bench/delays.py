"""A proxy that makes a local network feel far away: every socket message late, in order."""

import asyncio
import contextlib
import random
from dataclasses import dataclass
from typing import Self

CHUNK_BYTES = 64 * 1024


@dataclass(frozen=True)
class Way:
    """One way of a network: mean and half width of its delay, ms; 1 % of messages take longer."""

    mean_ms: float
    half_ms: float
    spike_share: float = 0.01
    spike_factor: float = 3.0
    film_bytes_per_s: float = 0  # 0: as fast as it goes

    def sample_ms(self, dice: random.Random) -> float:
        delay = dice.uniform(self.mean_ms - self.half_ms, self.mean_ms + self.half_ms)
        return delay * (self.spike_factor if dice.random() < self.spike_share else 1)


NEAR = Way(20, 10)
EVEN = Way(40, 10)
MIDDLING = Way(80, 40)
FAR = Way(200, 80)


class DelayProxy:
    """Listens on a port of its own and passes everything on; only websockets are delayed.

    Pages and film segments go through at once, or at `film_bytes_per_s`: what the engine must cope
    with is late commands and late clocks, and a film that comes slowly.
    """

    def __init__(self, target_port: int, way: Way, seed: int) -> None:
        self._target_port = target_port
        self.way = way  # may change under way
        self._dice = random.Random(seed)
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._writers: set[asyncio.StreamWriter] = set()
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._server is not None:
            self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for writer in self._writers:
            writer.transport.abort()
        left = [writer.wait_closed() for writer in self._writers]
        await asyncio.gather(*left, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        up_reader, up_writer = await asyncio.open_connection("127.0.0.1", self._target_port)
        self._writers |= {writer, up_writer}
        try:
            head = await reader.readuntil(b"\r\n\r\n")
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            writer.close()
            up_writer.close()
            return
        up_writer.write(head)
        is_socket = b"upgrade: websocket" in head.lower()
        ways = ((reader, up_writer, is_socket), (up_reader, writer, is_socket))
        for source, sink, late in ways:
            task = asyncio.create_task(
                self._late(source, sink) if late else self._plain(source, sink)
            )
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _plain(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            while data := await source.read(CHUNK_BYTES):
                sink.write(data)
                await sink.drain()
                if self.way.film_bytes_per_s:
                    await asyncio.sleep(len(data) / self.way.film_bytes_per_s)
        sink.close()

    async def _late(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        """Each piece leaves when its delay is over, and never before the one in front of it."""
        loop = asyncio.get_running_loop()
        due_s = 0.0
        with contextlib.suppress(ConnectionError):
            while data := await source.read(CHUNK_BYTES):
                due_s = max(due_s, loop.time() + self.way.sample_ms(self._dice) / 1000)
                loop.call_at(due_s, _write, sink, data)
        loop.call_at(max(due_s, loop.time()), sink.close)


def _write(sink: asyncio.StreamWriter, data: bytes) -> None:
    if not sink.is_closing():
        sink.write(data)
