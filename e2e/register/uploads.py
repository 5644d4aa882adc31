"""Films on their way up from this page: running, held, and refused."""

from collections.abc import Iterator

from playwright.sync_api import Route, expect

from e2e.register.cast import Cast
from e2e.register.own import settle
from e2e.register.walk import Stop, walk

PIECES = "**/api/uploads/**"
FULL = '{"error": {"code": "quota", "message": "Your room on this server is used up."}}'


@walk("uploads", "upload-running", "upload-paused", "upload-wrong-file", "upload-failed")
def uploads(cast: Cast) -> Iterator[Stop]:
    """The pieces are held on their way, so that it can be looked at."""
    page, _ = cast.host()
    page.goto("/videos")
    settle(page)
    held: list[Route] = []
    page.route(PIECES, lambda route: _hold(route, held))
    page.locator("[data-file]").set_input_files(cast.film)
    job = page.locator("[data-jobs] article")
    pause = job.get_by_role("button", name="Pause Sunday rabbit")
    expect(pause).to_be_visible()
    yield Stop("upload-running", page)
    pause.click()
    expect(job).to_contain_text("Paused")
    yield Stop("upload-paused", page)
    letter = {"name": "letter.txt", "mimeType": "text/plain", "buffer": b"Dear Ana"}
    page.locator("[data-file]").set_input_files(letter)
    wrong = page.locator(".toast", has_text="letter")
    wrong.get_by_role("button").focus()  # it stays while the focus is in it
    yield Stop("upload-wrong-file", page)
    for route in held:
        route.abort()
    page.unroute_all()
    page.route(PIECES, lambda route: route.fulfill(status=413, body=FULL))
    job.get_by_role("button", name="Go on").click()
    expect(job.get_by_role("alert")).to_be_visible()
    yield Stop("upload-failed", page)


def _hold(route: Route, held: list[Route]) -> None:
    if route.request.method == "PATCH":
        held.append(route)
    else:
        route.continue_()
