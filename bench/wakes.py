"""What it costs an event loop to wake up and do nothing: ten times and a thousand times a second.

On a processor that sleeps in between, and more so on a virtual one, a rare wake costs many times a
frequent one. That is then the larger part of what a server with little to do seems to cost.
"""

import asyncio
import time

import uvloop

RARE_HZ, OFTEN_HZ = 10, 1000
FOR_S = 10


async def wake_us(hz: int) -> float:
    before_s, wakes = time.process_time(), hz * FOR_S
    for _ in range(wakes):
        await asyncio.sleep(1 / hz)
    return (time.process_time() - before_s) / wakes * 1e6


async def main() -> None:
    print(await wake_us(RARE_HZ), await wake_us(OFTEN_HZ))


if __name__ == "__main__":
    uvloop.run(main())
