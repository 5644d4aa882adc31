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

PROCESSES, VIEWERS, COMMANDS = 4, 8, 25


def one_process(number):
    """An event loop with a Redis connection of its own, and eight viewers at the remote: each
    sends the next command when the one before was answered, as a lane of the socket does.
    """

    async def press(viewer):
        return [await store.apply(CODE, Change("seek", viewer, at_s)) for at_s in range(COMMANDS)]

    async def work():
        names = [f"p{number}.{viewer}" for viewer in range(VIEWERS)]
        seqs = await asyncio.gather(*(press(name) for name in names))
        await redis.close_shared()
        return dict(zip(names, seqs, strict=True))

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
        answers = {
            viewer: seqs
            for answered in processes.map(one_process, range(PROCESSES))
            for viewer, seqs in answered.items()
        }
    total = PROCESSES * VIEWERS * COMMANDS
    messages = [message for message in heard(listener) if message["type"] == "room.event"]
    listener.close()
    assert [message["seq"] for message in messages] == list(range(1, total + 1))
    assert sorted(seq for seqs in answers.values() for seq in seqs) == list(range(1, total + 1))
    events = [json.loads(message["text"]) for message in messages]
    assert [event["timeline"]["seq"] for event in events] == [event["seq"] for event in events]
    for viewer, seqs in answers.items():
        own = [event["seq"] for event in events if event["by"] == viewer]
        assert own == seqs == sorted(seqs)  # nobody's commands overtake each other
    kept = redis.sync().lrange(gateway.key(CODE, "recent"), 0, -1)
    assert [text.decode() for text in kept] == [message["text"] for message in messages][-400:]
