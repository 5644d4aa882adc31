"""How soon a kick, a ban, a mute and a sign-in's end hold on sockets that are open, everywhere.

A running product with two web processes. Each round a guest comes in with four tabs; the kernel
deals them out to the processes. Then the host acts over the HTTP API, on a connection of their own;
or somebody signs out, from elsewhere, a device they have lost. Measured is the last of the four
tabs: until its close frame, or, for the mute, until the first frame of the chat that it is refused
while it sends one after another. Once from when the request was sent, once from when its answer was
there (0: before that).
"""

import asyncio
import itertools
import json
import os
import time
import uuid
from collections.abc import Awaitable, Callable
from functools import partial

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "syncwatch.settings")

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from bench import report
from syncwatch.tests.api_client import Person
from syncwatch.tests.stack import Stack

TABS = 4
GONE, SIGNED_OUT = 4403, 4401
WITHIN_S = 10
_numbers = itertools.count()

Seen = Callable[[ClientConnection], Awaitable[float]]


async def tab(url: str, code: str, access: str) -> ClientConnection:
    """An open tab that has its snapshot."""
    address = f"{url.replace('http', 'ws', 1)}/ws/rooms/{code}/?v=1&tab={uuid.uuid4()}"
    headers = {"Authorization": f"Bearer {access}"}
    socket = await connect(address, additional_headers=headers, max_size=None)
    while json.loads(await socket.recv())["type"] != "room:snapshot":
        pass
    return socket


def closed_with(wanted: int) -> Seen:
    async def closed_s(socket: ClientConnection) -> float:
        try:
            while True:
                await socket.recv()
        except ConnectionClosed as closed:
            code = closed.rcvd.code if closed.rcvd else None
            if code != wanted:
                raise AssertionError(f"closed with {code}") from closed
            return time.monotonic()

    return closed_s


async def refused_s(socket: ClientConnection) -> float:
    """When the first of many frames was refused. The policy has one gate for all of chat; typing
    passes it without the database, whose own time is not what is measured.
    """
    while True:
        ref = f"m{next(_numbers)}"
        await socket.send(json.dumps({"type": "chat:typing", "ref": ref}))
        while (answer := json.loads(await socket.recv())).get("ref") != ref:
            pass
        if answer["type"] == "error":
            if answer["code"] != "no_chat":
                raise AssertionError(answer)
            return time.monotonic()
        await asyncio.sleep(0.01)


async def one(
    stack: Stack, code: str, access: str, act: Callable[[], Awaitable[httpx.Response]], seen: Seen
) -> tuple[float, float]:
    """Ms until it holds in every tab: from the request, and from its answer."""
    tabs = [await tab(stack.url, code, access) for _ in range(TABS)]
    waiting = [asyncio.create_task(seen(socket)) for socket in tabs]
    await asyncio.sleep(0.05)  # the mute's writers are under way
    began_s = time.monotonic()
    answer = await act()
    answered_s = time.monotonic()
    assert answer.is_success, answer.text
    async with asyncio.timeout(WITHIN_S):
        held_s = max(await asyncio.gather(*waiting))
    for socket in tabs:
        await socket.close()
    return (held_s - began_s) * 1000, max(0.0, held_s - answered_s) * 1000


async def by_the_host(stack: Stack, rounds: int) -> dict[str, float]:
    results: dict[str, float] = {}
    host = Person(stack.url, "Mara")
    code = host.room("Order", visibility="unlisted")
    async with client(stack, host) as http:
        deeds: dict[str, tuple[Callable[[str], Awaitable[httpx.Response]], Seen]] = {
            "kick": (http.delete, closed_with(GONE)),
            "ban": (
                lambda path: http.post(f"{path}ban/", json={"reason": "spam"}),
                closed_with(GONE),
            ),
            "mute": (
                lambda path: http.patch(path, json={"grants": {"chat": {"allowed": False}}}),
                refused_s,
            ),
        }
        for name, (act, seen) in deeds.items():
            times = []
            for number in range(rounds):
                with Person(stack.url, f"Guest {number}") as guest:
                    await asyncio.to_thread(guest.join, code)
                    do = partial(act, f"/api/rooms/{code}/members/{guest.id}/")
                    times.append(await one(stack, code, guest.access, do, seen))
            results |= summary(name, times)
    return results


async def by_oneself(stack: Stack, rounds: int) -> dict[str, float]:
    """Of two devices one signs the other out, which has the tabs."""
    times = []
    for number in range(rounds):
        username = f"ana-{uuid.uuid4().hex[:12]}"
        with Person(stack.url, f"Ana {number}", username=username) as ana:
            code = await asyncio.to_thread(ana.room, "Two devices")
            [lost] = (await asyncio.to_thread(ana.get, "/api/auth/sessions/"))["results"]
            access = ana.access
            await asyncio.to_thread(ana.sign_in)
            async with client(stack, ana) as http:
                end = partial(http.delete, f"/api/auth/sessions/{lost['id']}/")
                times.append(await one(stack, code, access, end, closed_with(SIGNED_OUT)))
    return summary("revoke", times)


def client(stack: Stack, person: Person) -> httpx.AsyncClient:
    headers = {"Authorization": f"Bearer {person.access}"}
    return httpx.AsyncClient(base_url=stack.url, headers=headers, timeout=60)


async def measure(stack: Stack, rounds: int) -> dict[str, float]:
    results: dict[str, float] = {"rounds": rounds, "tabs": TABS}
    return results | await by_the_host(stack, rounds) | await by_oneself(stack, rounds)


def summary(name: str, times: list[tuple[float, float]]) -> dict[str, float]:
    found = {}
    for which, values in zip(("request", "answer"), zip(*times, strict=True), strict=True):
        ordered = sorted(values)
        found[f"{name}_from_{which}_median_ms"] = ordered[len(ordered) // 2]
        found[f"{name}_from_{which}_p95_ms"] = ordered[round(0.95 * (len(ordered) - 1))]
        found[f"{name}_from_{which}_max_ms"] = ordered[-1]
    return found


def main() -> int:
    parser = report.arguments(__doc__ or "")
    parser.add_argument("--rounds", type=int, default=50)
    options = parser.parse_args()
    with Stack(RATE_LIMIT_FACTOR="1000", WEB_PROCESSES="2") as stack:
        results = asyncio.run(measure(stack, options.rounds))
    report.publish("moderation", results, options.json)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
