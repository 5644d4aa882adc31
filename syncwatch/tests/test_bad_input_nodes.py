"""What broke others, over real connections to the whole product in two web processes: whoever sends
nonsense is told so, and nobody at either process notices.
"""

import contextlib
import json
import uuid
from contextlib import ExitStack

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from syncwatch.tests.api_client import Person
from syncwatch.tests.bad_input import BAD, LARGE, chat
from syncwatch.tests.stack import Stack

pytestmark = pytest.mark.stack
WAIT_S = 20
# No client puts half a letter on a wire, and the server ends a connection whose frame is too large.
SENDABLE = [(text, code) for text, code in BAD if text.isascii() and code != "frame_too_large"]
WATCHERS = 8
AT_ONE_LINE = 4  # nonsense all the time ends the connection
NO_UTF8 = b"\x81\x83" + bytes(4) + b"\xff\xfe\xfd"  # a masked text frame


class Line:
    """One connection to the room."""

    def __init__(self, link):
        self.link = link

    def frame(self, *kinds):
        while True:
            frame = json.loads(self.link.recv(WAIT_S))
            if frame["type"] in kinds:
                return frame

    def ask(self, **frame):
        self.link.send(json.dumps({**frame, "ref": "asked"}))
        while (answer := self.frame("ack", "error")).get("ref") != "asked":
            pass
        return answer

    def ends_by(self, text):
        """Perhaps while it is still being sent."""
        with contextlib.suppress(ConnectionClosed):
            self.link.send(text)
            while True:
                self.link.recv(WAIT_S)

    def closed(self):
        try:
            while True:
                self.link.recv(WAIT_S)
        except ConnectionClosed as end:
            return end.rcvd.code


@pytest.fixture
def party():
    """The product in two processes, a host, and people who look on at both of them."""
    with ExitStack() as open_ones:
        stack = open_ones.enter_context(Stack(WEB_PROCESSES="2", RATE_LIMIT_FACTOR="1000"))
        mara = open_ones.enter_context(Person(stack.url, "Mara"))
        room = f"{stack.url.replace('http', 'ws')}/ws/rooms/{mara.room('An evening')}/"

        def line(access=mara.access):
            signed = {"Authorization": f"Bearer {access}"} if access else {}
            link = connect(
                f"{room}?v=1&tab={uuid.uuid4()}", additional_headers=signed, proxy=None,
                max_size=None,
            )  # fmt: skip
            return Line(open_ones.enter_context(link))

        watchers = [line() for _ in range(WATCHERS)]
        began = [each.frame("room:snapshot")["seq"] for each in watchers]
        yield line, watchers, max(began)


def test_nonsense_reaches_nobody_at_either_process(party):
    line, watchers, seq = party
    for number, (text, code) in enumerate(SENDABLE):
        if number % AT_ONE_LINE == 0:
            sender = line()
            sender.frame("room:snapshot")
        sender.link.send(text)
        answer = sender.frame("error")
        assert (answer["code"], bool(answer["message"])) == (code, True), text[:200]

    line().ends_by(chat("x" * LARGE))
    early = line()
    early.link.send("{{{")  # before anything came
    assert {early.frame("error", "room:snapshot")["type"] for _ in range(2)} == {
        "error", "room:snapshot",
    }  # fmt: skip
    stranger = line(access="")
    with contextlib.suppress(ConnectionClosed):  # it may be sent away before it has said that
        stranger.link.send("{{{")
    assert stranger.closed() == 4401
    garbled = line()
    garbled.frame("room:snapshot")
    garbled.link.socket.sendall(NO_UTF8)
    assert garbled.closed() == 1007

    assert early.ask(type="chat:send", body="Still here", nonce="n")["type"] == "ack"
    for each in watchers:
        said = each.frame("chat:message")
        assert (said["seq"], said["message"]["body"]) == (seq + 1, "Still here"), "nothing before"
