"""The library of films, with every state a film can be in, and the page of one film."""

import json
from collections.abc import Iterator

from playwright.sync_api import Page, Route, expect

from e2e.register.cast import Cast, enter
from e2e.register.own import settle
from e2e.register.walk import Stop, walk
from e2e.watcher import PLAYING

# What the server says of a film on its way. The states pass in seconds on a machine that works, so
# they are held still here; that the server really says so, the tests of `videos` show.
ON_THE_WAY = [
    {"title": "Half of it arrived", "state": "uploading", "progress": 0},
    {"title": "Waiting its turn", "state": "queued", "progress": 0},
    {"title": "Just looked at", "state": "probing", "progress": 0},
    {"title": "In the works", "state": "processing", "progress": 37},
    {"title": "Already on", "state": "processing", "progress": 64, "playable": True},
]
# Where a film was, nothing shines any more.
DARK = """() => {
  const canvas = document.querySelector('canvas[data-ambient]');
  const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return data.every((value) => value === 0);
}"""
NOT_YET = {"playable": False, "poster": None, "storyboard": None, "hls": None}


@walk(
    "videos",
    "videos-empty",
    "videos-failed",
    "videos",
    "videos-menu",
    "videos-no-answer",
    covers=("videos",),
)
def videos(cast: Cast) -> Iterator[Stop]:
    page, mara = cast.host()
    page.goto("/videos")
    settle(page)
    yield Stop("videos-empty", page)
    mara.upload_what_is_no_film()
    page.goto("/videos")
    expect(page.get_by_text("Failed").first).to_be_visible(timeout=30_000)
    yield Stop("videos-failed", page)
    cast.with_clip(mara)
    _hold_still(page)
    page.goto("/videos")
    expect(page.get_by_text("In the works")).to_be_visible()
    yield Stop("videos", page)
    page.get_by_role("button", name="More about").last.click()
    expect(page.get_by_role("menu")).to_be_visible()
    yield Stop("videos-menu", page)
    page.unroute_all(behavior="wait")  # the page asks again by itself: an answer may be under way
    page.route("**/api/videos/**", lambda route: route.fulfill(status=503, body="{}"))
    page.goto("/videos")
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    yield Stop("videos-no-answer", page)


def _hold_still(page: Page) -> None:
    def answer(route: Route) -> None:
        real = route.fetch()
        films = real.json()
        like = films["results"][0]
        held = [
            like | NOT_YET | state | {"id": f"{like['id'][:-1]}{at}"}
            for at, state in enumerate(ON_THE_WAY)
        ]
        route.fulfill(response=real, body=json.dumps(films | {"results": held + films["results"]}))

    page.route("**/api/videos/", answer)


@walk("video", "video-failed", "video", "video-rename", "video-gone", covers=("video",))
def video(cast: Cast) -> Iterator[Stop]:
    page, mara = cast.host()
    page.goto(f"/videos/{mara.upload_what_is_no_film()}")
    expect(page.get_by_text("This film did not work")).to_be_visible()
    settle(page)
    yield Stop("video-failed", page)
    film = cast.with_clip(mara)
    mara.subtitle(film, "1\n00:00:01,000 --> 00:00:03,000\nLook at his left ear.\n")
    page.goto(f"/videos/{film}")
    settle(page)
    yield Stop("video", page)
    page.get_by_role("button", name="Rename").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    yield Stop("video-rename", page)
    page.goto("/videos/00000000-0000-0000-0000-000000000000")
    yield Stop("video-gone", page)


@walk("room-film-removed", "room-film-removed")
def removed(cast: Cast) -> Iterator[Stop]:
    """Deleted while everybody watches it."""
    page, mara = cast.host()
    code = mara.room("Sunday Rabbit Club")
    film = cast.with_film(mara)
    cast.put_on(mara, code, film).request("sync:play")
    enter(page, code)
    page.wait_for_function(PLAYING)
    key = {"Authorization": f"Bearer {mara.access}"}
    assert page.context.request.delete(f"/api/videos/{film}/", headers=key).ok
    expect(page.locator("[data-sign]")).to_contain_text("The film is gone")
    page.wait_for_function(DARK)
    yield Stop("room-film-removed", page)
