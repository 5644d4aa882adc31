"""A person at the HTTP API of a running server, for browser tests and benchmarks."""

import datetime
import logging
import time
from pathlib import Path
from typing import BinaryIO

import httpx

logging.getLogger("httpx").setLevel(logging.WARNING)  # a line a request says nothing here


PASSWORD = "a rabbit in step 7"


class Person:
    """Signed in as a guest, or under a new account's `username`; answers are plain dicts."""

    def __init__(self, url: str, name: str, *, username: str | None = None) -> None:
        self.url = url
        self.name = name
        self.username = username
        self._http = httpx.Client(base_url=url, timeout=60)
        account = {"username": username, "password": PASSWORD} if username else {}
        way = "register" if username else "guest"
        self._is(self._post(f"/api/auth/{way}/", {"display_name": name, **account}))

    def sign_in(self) -> None:
        """Anew, for those with an account: access ends after a quarter of an hour."""
        self._http.headers.pop("Authorization", None)
        account = {"username": self.username, "password": PASSWORD}
        self._is(self._post("/api/auth/login/", account))

    def _is(self, signed_in: dict) -> None:
        self.id = signed_in["user"]["id"]
        self.access, self.refresh = signed_in["access"], signed_in["refresh"]
        self._http.cookies.clear()
        self._http.headers["Authorization"] = f"Bearer {self.access}"

    def __enter__(self):
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._http.close()

    def _post(self, path: str, body: dict) -> dict:
        answer = self._http.post(path, json=body)
        assert answer.is_success, f"{path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else {}

    def get(self, path: str) -> dict:
        answer = self._http.get(path)
        assert answer.is_success, f"{path}: {answer.status_code} {answer.text}"
        return answer.json()

    def room(self, name: str, **settings: object) -> str:
        """A new room of one's own; its code."""
        return self._post("/api/rooms/", {"name": name, **settings})["code"]

    def join(self, code: str) -> None:
        self._post(f"/api/rooms/{code}/join/", {})

    def change(self, code: str, **settings: object) -> None:
        answer = self._http.patch(f"/api/rooms/{code}/", json=settings)
        assert answer.is_success, answer.text

    def plan(self, code: str, *, in_s: float, **wish: object) -> dict:
        """An evening of the room, so many seconds from now."""
        starts_at = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=in_s)
        asked = {"starts_at": starts_at.isoformat(), **wish}
        answer = self._http.put(f"/api/rooms/{code}/evening/", json=asked)
        assert answer.is_success, answer.text
        return answer.json()

    def say_of_evening(self, code: str, said: str) -> None:
        """Whether one comes: "yes", "maybe" or "no"."""
        answer = self._http.put(f"/api/rooms/{code}/evening/answer/", json={"answer": said})
        assert answer.is_success, answer.text

    def knock(self, code: str) -> None:
        """Ask to come in."""
        self._post(f"/api/rooms/{code}/knocks/", {})

    def answer_door(self, code: str, verdict: str) -> None:
        """To everybody who waits there: "admit" or "decline"."""
        for knock in self.get(f"/api/rooms/{code}/knocks/")["results"]:
            self._post(f"/api/rooms/{code}/knocks/{knock['id']}/{verdict}/", {})

    def come(self, link: str) -> None:
        """In by the path of an invite link."""
        self._post(f"/api/invites/{link.removeprefix('/i/')}/accept/", {})

    def invite(self, code: str, **terms: object) -> str:
        """The path of an invite link."""
        return self._post(f"/api/rooms/{code}/invites/", terms)["path"]

    def ask(self, other: "Person") -> None:
        """To be friends."""
        self._post("/api/friends/", {"user_id": other.id})

    def accept(self, other: "Person") -> None:
        self._post(f"/api/friends/{other.id}/accept/", {})

    def show(self, picture: bytes) -> None:
        """Their picture from now on."""
        self._http.put("/api/auth/picture/", files={"file": picture}).raise_for_status()

    def block(self, other: "Person") -> None:
        self._post(f"/api/friends/{other.id}/block/", {})

    def call(self, code: str, friend: "Person") -> None:
        """Invite a friend into a room by name."""
        self._post(f"/api/rooms/{code}/invites/people/", {"user_id": friend.id})

    def report(self, code: str, **about: object) -> None:
        """Ask the moderators to look."""
        self._post(f"/api/rooms/{code}/reports/", about)

    def shadow_mute(self, code: str, user_id: str, **terms: object) -> None:
        answer = self._http.put(f"/api/rooms/{code}/members/{user_id}/shadow-mute/", json=terms)
        assert answer.is_success, answer.text

    def kick(self, code: str, user_id: str) -> None:
        answer = self._http.delete(f"/api/rooms/{code}/members/{user_id}/")
        assert answer.is_success, answer.text

    def close_account(self) -> None:
        answer = self._http.request("DELETE", "/api/auth/me/", json={"password": PASSWORD})
        assert answer.status_code == 200, answer.text

    def close_room(self, code: str) -> None:
        answer = self._http.delete(f"/api/rooms/{code}/")
        assert answer.is_success, answer.text

    def upload(self, film: Path) -> str:
        """A film by the simple upload; its id."""
        with film.open("rb") as file:
            return self._upload(film.name, file)

    def _upload(self, name: str, file: BinaryIO | bytes) -> str:
        answer = self._http.post("/api/videos/", files={"file": (name, file)})
        assert answer.status_code == httpx.codes.ACCEPTED, answer.text
        return answer.json()["videoId"]

    def upload_what_is_no_film(self, within_s: float = 60) -> str:
        """The id of a film that failed: it was a letter."""
        video_id = self._upload("Letters.mp4", b"Dear Ana, " * 40)
        began_s = time.monotonic()
        while self.video(video_id)["state"] != "failed":
            assert time.monotonic() - began_s < within_s, self.video(video_id)
            time.sleep(0.1)
        return video_id

    def subtitle(self, video_id: str, srt: str) -> None:
        file = {"file": ("words.srt", srt.encode())}
        answer = self._http.post(
            f"/api/videos/{video_id}/subtitles/", files=file, data={"language": "en"}
        )
        assert answer.is_success, answer.text

    def video(self, video_id: str) -> dict:
        return self.get(f"/api/videos/{video_id}/")

    def has_no_video(self, video_id: str) -> bool:
        return self._http.get(f"/api/videos/{video_id}/").status_code == httpx.codes.NOT_FOUND

    def wait_until_gone(self, video_id: str, *, within_s: float = 15) -> None:
        """A page that is left asks for it on its way out, and waits for no answer."""
        deadline_s = time.monotonic() + within_s
        while not self.has_no_video(video_id):
            if time.monotonic() > deadline_s:
                raise TimeoutError(f"video {video_id} is still there")
            time.sleep(0.1)

    def wait_until(self, video_id: str, *, ready: bool, within_s: float = 120) -> float:
        """Until the film plays, or is all done; answers the seconds waited."""
        began_s = time.monotonic()
        while True:
            video = self.video(video_id)
            if video["state"] == "failed":
                raise AssertionError(f"the film failed: {video['error']}")
            if video["state"] == "ready" or (video["playable"] and not ready):
                return time.monotonic() - began_s
            assert time.monotonic() - began_s < within_s, f"still {video['state']}"
            time.sleep(0.1)

    def queue(self, code: str, video_id: str, **more: str) -> str:
        """The id of the item."""
        return self._post(f"/api/rooms/{code}/queue/", {"video_id": video_id, **more})["id"]

    def queue_url(self, code: str, url: str) -> str:
        """The id of the item, which is a film elsewhere."""
        return self._post(f"/api/rooms/{code}/queue/", {"url": url})["id"]

    def grant(self, code: str, item_id: str) -> dict:
        """The signed addresses of an item, for this session and room."""
        return self._post(f"/api/rooms/{code}/queue/{item_id}/play/", {})

    def cookies(self, url: str) -> list[dict]:
        """This sign-in for a browser, in the form Playwright takes."""
        return [
            {"name": "access", "value": self.access, "url": url},
            {"name": "refresh", "value": self.refresh, "url": url},
        ]
