"""Who walks: people with a browser of their own, friends at the socket, and faults of the net."""

import json
import re
import uuid
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, WebSocketRoute, expect
from websockets.sync.client import connect

from syncwatch.tests.api_client import PASSWORD, Person
from syncwatch.tests.stack import Stack


class Friend:
    """Somebody in a room who is seen and heard, without a browser."""

    def __init__(self, stack: Stack, person: Person, code: str) -> None:
        self.person = person
        self.code = code
        person.join(code)
        address = stack.url.replace("http", "ws", 1)
        self._line = ExitStack()
        self._socket = self._line.enter_context(
            connect(
                f"{address}/ws/rooms/{code}/?v=1&tab={uuid.uuid4()}",
                additional_headers={"Authorization": f"Bearer {person.access}"},
                # Nobody reads while a walk looks at a page, nor answers pings then.
                ping_interval=None,
                max_queue=None,
            )
        )
        self._timeline: dict[str, Any] = {}
        self._await(lambda frame: frame["type"] == "room:snapshot")

    def _await(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        while True:
            frame = json.loads(self._socket.recv(timeout=10))
            self._timeline = frame.get("timeline", self._timeline)
            if wanted(frame):
                return frame

    def request(self, kind: str, **payload: object) -> dict[str, Any]:
        """A frame that the server took; its answer."""
        ref = uuid.uuid4().hex
        self._socket.send(json.dumps({"type": kind, "ref": ref, **payload}))
        answer = self._await(lambda frame: frame.get("ref") == ref)
        assert answer["type"] == "ack", answer
        return answer

    def say(self, body: str, *, at_s: float | None = None, reply_to: str | None = None) -> str:
        """The id of the message."""
        told: dict[str, object] = {} if at_s is None else {"media_time": at_s}
        if reply_to is not None:
            told["reply_to"] = reply_to
        answer = self.request("chat:send", body=body, nonce=uuid.uuid4().hex, **told)
        message_id: str = answer["message"]["id"]
        return message_id

    def report(
        self, state: str, *, position_s: float = 0, drift_ms: float = 0, **more: object
    ) -> None:
        """How this person's player does, about the timeline as it is now."""
        self.request("room:resume", since=0, epoch="none")  # read all that was told meanwhile
        told = {"position": position_s, "buffered": 30, "drift_ms": drift_ms, "rtt_ms": 20} | more
        self.request("sync:status", seq=self._timeline["seq"], state=state, **told)

    def close(self) -> None:
        self._line.close()


class Line:
    """The room's socket of one page, with a hand on the plug."""

    def __init__(self, page: Page) -> None:
        self._open: WebSocketRoute | None = None
        self.refusing = False
        self.put_off_ms = 0
        self.mute: set[str] = set()
        self._refused: set[str] = set()
        page.route_web_socket(re.compile(r"/ws/rooms/"), self._route)

    def _route(self, socket: WebSocketRoute) -> None:
        if self.refusing:
            socket.close(code=1011, reason="")
            return
        server = socket.connect_to_server()
        server.on_message(lambda frame: self._pass(socket, frame))
        socket.on_message(lambda frame: self._send(socket, server, frame))
        self._open = socket

    def _pass(self, socket: WebSocketRoute, frame: str | bytes) -> None:
        kind = re.match(r'\{"type":"([^"]+)"', str(frame))
        if kind and kind[1] in self.mute:
            return
        if self.put_off_ms and kind and kind[1] == "sync:command":
            frame = self._put_off(json.loads(frame))
        socket.send(frame)

    def _put_off(self, command: dict[str, Any]) -> str:
        """A film that begins does so later here, so that its countdown can be looked at."""
        timeline = command["timeline"]
        if not timeline["paused"] and timeline["position"] == 0:
            timeline["at"] += self.put_off_ms
        return json.dumps(command)

    def _send(self, socket: WebSocketRoute, server: WebSocketRoute, frame: str | bytes) -> None:
        said = json.loads(frame)
        if said["type"] not in self._refused:
            server.send(frame)
            return
        self._refused.discard(said["type"])
        answer = {"type": "error", "ref": said.get("ref"), "code": "muted"}
        socket.send(json.dumps(answer | {"message": "You are muted in this room."}))

    def refuse_next(self, kind: str) -> None:
        """The next frame of this kind is answered as the server answers what it does not take."""
        self._refused.add(kind)

    def tell(self, event: dict[str, Any]) -> None:
        """As if the server told this page alone."""
        assert self._open is not None
        self._open.send(json.dumps(event))

    def cut(self, code: int, *, for_good: bool = True) -> None:
        """The server closes with a code, and lets nobody in again where it is for good."""
        self.refusing = for_good
        assert self._open is not None
        self._open.close(code=code, reason="")


class Cast:
    def __init__(
        self, stack: Stack, browser: Browser, film: Path, clip: Path, **context: Any
    ) -> None:
        self.stack = stack
        self.film = film
        self.clip = clip
        self._browser = browser
        self._context = context
        self._contexts: list[BrowserContext] = []
        self._friends: list[Friend] = []
        self._people: list[Person] = []
        self._debug: Stack | None = None

    def close(self) -> None:
        for friend in self._friends:
            friend.close()
        for person in self._people:
            person.close()
        for context in self._contexts:
            context.close()
        if self._debug is not None:
            self._debug.close()

    def debug_url(self) -> str:
        """The same product as those who build it run it."""
        if self._debug is None:
            self._debug = Stack(DEBUG="1")
            self._debug.__enter__()
        return self._debug.url

    # -- browsers ------------------------------------------------------------------------------
    def stranger(self, **context: Any) -> Page:
        """A browser that nobody has signed in from."""
        made = self._browser.new_context(**{"base_url": self.stack.url} | self._context | context)
        self._contexts.append(made)
        return made.new_page()

    def guest(self, name: str) -> Page:
        page = self.stranger()
        self._sign_in(page, "guest", display_name=name)
        return page

    def host(self, name: str = "Mara") -> tuple[Page, Person]:
        """Somebody with an account: in the browser, and at the API as the same person."""
        person = Person(self.stack.url, name, username=f"{name.lower()}-{uuid.uuid4().hex[:8]}")
        self._people.append(person)
        return self.as_person(person), person

    def as_person(self, person: Person) -> Page:
        """Another browser of somebody who has an account."""
        assert person.username is not None, f"{person.name} is a guest"
        page = self.stranger()
        self._sign_in(page, "login", username=person.username, password=PASSWORD)
        return page

    def _sign_in(self, page: Page, way: str, **body: str) -> None:
        answer = page.context.request.post(
            f"/api/auth/{way}/", data=body, headers={"X-SyncWatch-Web": "1"}
        )
        assert answer.ok, answer.text()

    # -- people without one ----------------------------------------------------------------------
    def person(self, name: str) -> Person:
        """The guest of that name."""
        known = [one for one in self._people if one.name == name and one.username is None]
        if not known:
            self._people.append(Person(self.stack.url, name))
        return known[0] if known else self._people[-1]

    def friend(self, name: str, code: str) -> Friend:
        self._friends.append(Friend(self.stack, self.person(name), code))
        return self._friends[-1]

    def at_socket(self, person: Person, code: str) -> Friend:
        """Somebody known, at the room's socket."""
        self._friends.append(Friend(self.stack, person, code))
        return self._friends[-1]

    def with_film(self, person: Person) -> str:
        """The id of a film of theirs that is ready."""
        return self._ready(person, self.film)

    def with_clip(self, person: Person) -> str:
        """The same where nobody watches: a few seconds of film are made sooner than a minute."""
        return self._ready(person, self.clip)

    def _ready(self, person: Person, film: Path) -> str:
        video_id = person.upload(film)
        person.wait_until(video_id, ready=True)
        return video_id

    def put_on(self, host: Person, code: str, video_id: str) -> Friend:
        """The film is on in the room, at its beginning; the host at the socket."""
        item = host.queue(code, video_id)
        at_socket = self.at_socket(host, code)
        at_socket.request("sync:load", item_id=item)
        return at_socket


def enter(page: Page, code: str) -> None:
    page.goto(f"/r/{code}")
    expect(page.locator("[data-link-state]")).to_contain_text("Live")
