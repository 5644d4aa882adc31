"""A person at the HTTP API of a running server, for browser tests and benchmarks."""

import logging
import time
from pathlib import Path

import httpx

logging.getLogger("httpx").setLevel(logging.WARNING)  # a line a request says nothing here


class Person:
    """Signed in as a guest; answers are plain dicts."""

    def __init__(self, url: str, name: str) -> None:
        self.url = url
        self.name = name
        self._http = httpx.Client(base_url=url, timeout=60)
        signed_in = self._post("/api/auth/guest/", {"display_name": name})
        self.id = signed_in["user"]["id"]
        self.access, self.refresh = signed_in["access"], signed_in["refresh"]
        self._http.cookies.clear()
        self._http.headers["Authorization"] = f"Bearer {self.access}"

    def __enter__(self):
        return self

    def __exit__(self, *_: object) -> None:
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

    def invite(self, code: str) -> str:
        """The path of an invite link."""
        return self._post(f"/api/rooms/{code}/invites/", {})["path"]

    def upload(self, film: Path) -> str:
        """A film by the simple upload; its id."""
        with film.open("rb") as file:
            answer = self._http.post("/api/videos/", files={"file": (film.name, file)})
        assert answer.status_code == httpx.codes.ACCEPTED, answer.text
        return answer.json()["videoId"]

    def video(self, video_id: str) -> dict:
        return self.get(f"/api/videos/{video_id}/")

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

    def queue(self, code: str, video_id: str) -> str:
        """The id of the item."""
        return self._post(f"/api/rooms/{code}/queue/", {"video_id": video_id})["id"]

    def grant(self, code: str, item_id: str) -> dict:
        """The signed addresses of an item, for this session and room."""
        return self._post(f"/api/rooms/{code}/queue/{item_id}/play/", {})

    def cookies(self, url: str) -> list[dict]:
        """This sign-in for a browser, in the form Playwright takes."""
        return [
            {"name": "access", "value": self.access, "url": url},
            {"name": "refresh", "value": self.refresh, "url": url},
        ]
