"""A bare `websockets.broadcast()` server, as a yardstick: whatever one says, all hear. No rules.

Like the product, and as the library does by itself, it asks every 20 s whether people are there.
"""

import asyncio
import logging
import sys

from websockets.asyncio.server import ServerConnection, broadcast, serve

logging.disable()  # of clients that just go
members: set[ServerConnection] = set()


async def member(connection: ServerConnection) -> None:
    members.add(connection)
    await connection.send('{"type":"room:snapshot"}')
    try:
        async for words in connection:
            broadcast(members, words)
    finally:
        members.discard(connection)


async def run(port: int) -> None:
    async with serve(member, "127.0.0.1", port, compression=None):
        await asyncio.get_running_loop().create_future()


if __name__ == "__main__":
    import uvloop

    uvloop.run(run(int(sys.argv[1])))
