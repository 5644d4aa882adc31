"""One connection of the room socket: frames out with answers, frames in, as long as it lasts."""

import asyncio
import itertools
import json
from collections.abc import Coroutine
from typing import Any, Protocol

from websockets.exceptions import ConnectionClosed, InvalidStatus

from client.closing import Ending, meaning_of, meaning_of_status
from client.errors import ClientError, Lost, NoAnswer, Refused

ANSWER_S = 10.0
FIRST_FRAME_S = 10.0


class Wire(Protocol):
    """What is needed of a connection of `websockets`."""

    async def send(self, message: str) -> None: ...
    async def recv(self) -> str | bytes: ...
    async def close(self, code: int = 1000, reason: str = "") -> None: ...


class Link:
    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._refs = itertools.count(1)
        self._asked: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self._errands: set[asyncio.Task[None]] = set()

    async def first(self) -> dict[str, Any]:
        """The first frame, not the handshake, says that one is let in: refusals close after it."""
        async with asyncio.timeout(FIRST_FRAME_S):
            return await self.receive()

    async def receive(self) -> dict[str, Any]:
        """The next frame that is no answer. Raises ConnectionClosed in the end."""
        while True:
            frame: dict[str, Any] = json.loads(await self._wire.recv())
            if not self._settle(frame):
                return frame

    async def send(self, frame: dict[str, Any]) -> None:
        await self._wire.send(json.dumps(frame, ensure_ascii=False))

    async def ask(self, frame: dict[str, Any], *, within_s: float = ANSWER_S) -> dict[str, Any]:
        """Send, and wait for the ack. Raises Refused, Lost or NoAnswer."""
        ref = str(next(self._refs))
        answer = self._asked[ref] = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(within_s):
                await self.send({**frame, "ref": ref})
                return await answer
        except ConnectionClosed:
            raise Lost from None
        except TimeoutError:
            raise NoAnswer(frame["type"]) from None
        finally:
            self._asked.pop(ref, None)

    def errand(self, work: Coroutine[Any, Any, None]) -> None:
        """Something that waits for an answer while frames go on coming. It ends with the
        connection; and where it fails, the connection ends with it, to begin anew.
        """
        task = asyncio.create_task(self._run(work))
        self._errands.add(task)
        task.add_done_callback(self._errands.discard)

    async def _run(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except ClientError:
            await self._wire.close()

    async def over(self) -> None:
        """Nothing is answered any more."""
        for answer in self._asked.values():
            if not answer.done():
                answer.set_exception(Lost())
        errands = list(self._errands)
        for errand in errands:
            errand.cancel()
        await asyncio.gather(*errands, return_exceptions=True)

    def _settle(self, frame: dict[str, Any]) -> bool:
        """Whether it was an answer; one that nobody waits for any more counts too."""
        if frame["type"] not in {"ack", "error"} or "ref" not in frame:
            return False
        answer = self._asked.get(frame["ref"])
        if answer is not None and not answer.done():
            if frame["type"] == "ack":
                answer.set_result(frame)
            else:
                answer.set_exception(Refused.of(frame))
        return True


def ending_of(error: Exception) -> Ending:
    """Why there is no connection, or no longer one."""
    if isinstance(error, ConnectionClosed) and error.rcvd:
        return Ending(error.rcvd.code, error.rcvd.reason, meaning_of(error.rcvd.code))
    if isinstance(error, InvalidStatus):
        status = error.response.status_code
        return Ending(status, f"HTTP {status}", meaning_of_status(status))
    return Ending(reason=str(error) or type(error).__name__)


async def until_one_ends(*works: Coroutine[Any, Any, None]) -> None:
    """Side by side; the first that ends or fails ends the others, and its failure is raised."""
    tasks = [asyncio.create_task(work) for work in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
