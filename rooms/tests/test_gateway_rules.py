"""The gateway's small parts by themselves: strikes, frames, bounded ways out, the catalogue."""

import asyncio

import pytest

from rooms.gateway.events import Catalogue, RoomEvents, handles
from rooms.gateway.outbound import Message, QueuedOutbound, outbound_for, text_frame
from rooms.gateway.strikes import Strikes
from rooms.gateway.wire import ClientFrame, KeptEvent, body_of, encode, kind_of


@pytest.mark.parametrize(
    ("at_ms", "gone"),
    [
        ([0], False),
        ([0] * 100, False),
        ([0] * 101, True),
        ([0, 500, 999], False),
        ([0, 1_000, 2_000], True),
        ([0, 4_000, 9_000], True),
        ([0, 5_000, 10_001], False),
        ([0, 11_000, 22_000, 33_000], False),
    ],
)
def test_three_bad_seconds_in_ten_or_a_hundred_refusals_end_it(at_ms, gone):
    strikes = Strikes()
    assert [strikes.refused(at) for at in at_ms][-1] is gone


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65_535, 65_536, 70_000])
def test_a_frame_says_its_length_as_the_standard_has_it(size):
    from websockets.frames import Frame

    frame = text_frame(b"x" * size)
    expected = Frame(1, b"x" * size).serialize(mask=False)
    assert frame == expected


def test_a_message_for_many_is_encoded_once():
    message = Message("{}", 1)
    assert message.frame is message.frame


async def test_a_reader_that_stops_is_found_out_by_count(settings):
    settings.SOCKET_BACKLOG_MAX_MESSAGES, settings.RECENT_EVENTS_KEPT = 6, 4
    outbound = QueuedOutbound(_never)
    written = [outbound.write(Message("x")) for _ in range(12)]
    assert written == [True] * 10 + [False] * 2
    await outbound.stop()


async def test_a_reader_that_stops_is_found_out_by_bytes(settings):
    settings.SOCKET_BACKLOG_MAX_BYTES = 100
    outbound = QueuedOutbound(_never)
    assert outbound.write(Message("x" * 90))
    assert not outbound.write(Message("x" * 11))
    await outbound.stop()


async def test_one_large_message_alone_still_goes(settings):
    settings.SOCKET_BACKLOG_MAX_BYTES = 100
    outbound = QueuedOutbound(_never)
    assert outbound.write(Message("x" * 500))
    await outbound.stop()


async def test_what_was_said_before_the_close_arrives_before_it():
    sent = []

    async def send(message):
        await asyncio.sleep(0)
        sent.append(message["type"])

    outbound = QueuedOutbound(send)
    outbound.write(Message("{}"))
    outbound.write(Message("{}"))
    await outbound.close(4403, "out")
    assert sent == ["websocket.send", "websocket.send", "websocket.close"]
    await outbound.stop()


async def test_a_send_that_fails_does_not_end_the_next():
    sent = []

    async def send(message):
        sent.append(message)
        if len(sent) == 1:
            raise RuntimeError("gone already")

    outbound = outbound_for({}, send)
    outbound.write(Message("1"))
    outbound.write(Message("2"))
    await outbound._queue.join()
    assert len(sent) == 2
    await outbound.stop()


async def _never(message):
    await asyncio.Event().wait()


class Ask(ClientFrame, tag="odd:ask"):
    pass


class Told(KeptEvent, tag="odd:told"):
    words: str


class One(RoomEvents):
    prefix = "odd"

    @handles(Ask)
    async def ask(self, caller, frame):
        """Nothing."""


class Two(One):
    pass


def test_one_frame_has_one_handler():
    with pytest.raises(ValueError, match="odd:ask is handled twice"):
        Catalogue((One(), Two())).routes()


def test_an_event_knows_its_kind_and_its_body():
    told = Told(words='a "word" \u2028')
    assert kind_of(told) == kind_of(Told) == "odd:told"
    assert body_of(told) == encode({"words": 'a "word" \u2028'})
