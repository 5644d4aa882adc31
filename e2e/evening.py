"""A room in the middle of its evening: made over the API, entered by real browsers.

How people start a room, add a film and come through the door is proved in test_an_evening and
test_doors; other tests begin where those end.
"""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from e2e.register.cast import Friend
from e2e.watcher import Watcher
from syncwatch.tests.api_client import Person
from syncwatch.tests.stack import Stack

AT_S = 20.0


@contextmanager
def with_film(stack: Stack, film: Path) -> Iterator[tuple[Person, str]]:
    """Mara with an account, and the id of her film, which is ready."""
    with Person(stack.url, "Mara", username="mara") as mara:
        video_id = mara.upload(film)
        mara.wait_until(video_id, ready=True)
        yield mara, video_id


class Evening:
    """`host` first, then guests. Mara's film, a minute of it, is ready from the start."""

    def __init__(
        self, stack: Stack, mara: Person, video_id: str, watcher: Callable[..., Watcher]
    ) -> None:
        self._stack = stack
        self._mara = mara
        self._video_id = video_id
        self._watcher = watcher
        self._code = ""

    def host(
        self,
        *,
        film: str | None = None,
        control: str = "everyone",
        script: str = "",
        **context: Any,
    ) -> Watcher:
        """Mara in a new room. Her film is `playing`, or `paused` at AT_S, or there is none."""
        self._mara.sign_in()
        self._code = self._mara.room("Mara’s room", control=control)
        if film:
            self._put_on(film)
        mara = self._open("Mara", self._mara, script, context)
        if film == "playing":
            mara.expect_playing()
        elif film:
            expect(mara.page.locator("[data-length]")).to_have_text("1:00")
        return mara

    def queue(self, *titles: str) -> None:
        """Mara's film once more under each of these titles."""
        for title in titles:
            self._mara.queue(self._code, self._video_id, title=title)

    def plan(self, *, in_s: float, **wish: Any) -> None:
        """Mara's room meets, so many seconds from now."""
        self._mara.plan(self._code, in_s=in_s, **wish)

    def guest(
        self, name: str, *, script: str = "", by: str | None = None, **context: Any
    ) -> Watcher:
        """`by`: the address of a proxy to the server, such as one far away."""
        with Person(by or self._stack.url, name) as person:
            person.join(self._code)
            return self._open(name, person, script, context)

    def _open(self, name: str, person: Person, script: str, context: dict[str, Any]) -> Watcher:
        one = self._watcher(name, **context)
        if script:
            one.page.add_init_script(script)
        one.come_in(person, self._code)
        return one

    def _put_on(self, state: str) -> None:
        item_id = self._mara.queue(self._code, self._video_id)
        with closing(Friend(self._stack, self._mara, self._code)) as at_socket:
            at_socket.request("sync:load", item_id=item_id)
            at_socket.request("sync:seek", position=AT_S)
            if state == "playing":
                at_socket.request("sync:play")
