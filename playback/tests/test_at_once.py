"""Several processes change one timeline at once: one order, without a gap."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor

from playback import store
from playback.store import Change
from playback.tests.live import CODE
from rooms import gateway
from rooms.gateway.script import group
from syncwatch.lib import redis
from syncwatch.lib.bus import GROUP_PREFIX

PROCESSES, COMMANDS = 4, 200


def one_process(number):
    """An event loop with a Redis connection of its own, and eight viewers at the remote."""

    async def work():
        changes = [Change("seek", f"p{number}", place % 600) for place in range(COMMANDS)]
        seqs = await asyncio.gather(*(store.apply(CODE, change) for change in changes))
        await redis.close_shared()
        return seqs

    return asyncio.run(work())


def heard(listener):
    import msgpack

    while (message := listener.get_message(timeout=0.2)) is not None:
        if message["type"] == "message":
            yield msgpack.unpackb(message["data"])


def test_eight_hundred_commands_of_four_processes_have_one_order(live):
    listener = redis.sync().pubsub()
    listener.subscribe(GROUP_PREFIX + group(CODE))
    with ThreadPoolExecutor(PROCESSES) as processes:
        answers = list(processes.map(one_process, range(PROCESSES)))
    total = PROCESSES * COMMANDS
    messages = [message for message in heard(listener) if message["type"] == "room.event"]
    listener.close()
    assert [message["seq"] for message in messages] == list(range(1, total + 1))
    assert sorted(seq for seqs in answers for seq in seqs) == list(range(1, total + 1))
    events = [json.loads(message["text"]) for message in messages]
    assert [event["timeline"]["seq"] for event in events] == [event["seq"] for event in events]
    for number, seqs in enumerate(answers):
        own = [event["seq"] for event in events if event["by"] == f"p{number}"]
        assert own == seqs == sorted(seqs)  # nobody's commands overtake each other
    kept = redis.sync().lrange(gateway.key(CODE, "recent"), 0, -1)
    assert [text.decode() for text in kept] == [message["text"] for message in messages][-400:]
