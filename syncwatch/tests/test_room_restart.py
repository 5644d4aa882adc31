"""A room is after a restart what it was a moment before, whichever way the product ended."""

import json
import signal
import uuid

import httpx
import pytest
from websockets.sync.client import connect

from syncwatch.tests.stack import Stack

pytestmark = pytest.mark.stack
WAIT_S = 20


class Host:
    """A guest with a room of their own, over HTTP and the room socket."""

    def __init__(self, stack):
        self._stack = stack
        made = self._call("POST", "/api/auth/guest/", {"display_name": "Mara"})
        self._signed = {"Authorization": f"Bearer {made['access']}"}
        self.code = self._call("POST", "/api/rooms/", {"name": "Tonight"})["code"]

    _signed: dict[str, str] = {}

    def _call(self, method, path, body):
        url = self._stack.url + path
        answer = httpx.request(method, url, json=body, headers=self._signed, timeout=WAIT_S)
        assert answer.is_success, answer.text
        return answer.json()

    def put_on(self, url):
        return self._call("POST", f"/api/rooms/{self.code}/queue/", {"url": url})["id"]

    def change(self, **settings):
        return self._call("PATCH", f"/api/rooms/{self.code}/", settings)

    def asks(self, *frames):
        """Send these, each after the answer to the one before; answers the snapshot."""
        address = self._stack.url.replace("http", "ws") + f"/ws/rooms/{self.code}/"
        query = f"?v=1&tab={uuid.uuid4()}"
        with connect(address + query, additional_headers=self._signed, proxy=None) as link:
            snapshot = json.loads(link.recv(WAIT_S))
            for frame in frames:
                link.send(json.dumps({**frame, "ref": "r"}))
                while (answer := json.loads(link.recv(WAIT_S))).get("ref") != "r":
                    pass
                assert answer["type"] == "ack", answer
        return snapshot


@pytest.mark.parametrize(
    "number", [signal.SIGKILL, pytest.param(signal.SIGTERM, marks=pytest.mark.long)]
)
def test_a_paused_room_comes_back_paused_and_a_changed_one_changed(number):
    with Stack() as stack:
        host = Host(stack)
        film = host.put_on("https://films.example/a.mp4")
        host.asks(
            {"type": "sync:load", "item_id": film},
            {"type": "sync:play", "position": 30},
            {"type": "sync:pause", "position": 61.5},
        )
        host.change(temporary=True, name="Only tonight")
        stack.end(number)
        stack.start()
        told = host.asks()
        assert (told["timeline"]["paused"], told["timeline"]["position"]) == (True, 61.5)
        assert told["timeline"]["item_id"] == film
        assert (told["room"]["temporary"], told["room"]["name"]) == (True, "Only tonight")
