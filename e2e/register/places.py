"""Rooms as places: the public list, asking to come in."""

from collections.abc import Iterator

from playwright.sync_api import expect

from e2e.register.cast import Cast
from e2e.register.own import settle
from e2e.register.walk import Stop, walk


@walk(
    "public-rooms", "public-rooms", "public-rooms-found", "public-rooms-nothing",
    covers=("rooms-page",),
)  # fmt: skip
def public_rooms(cast: Cast) -> Iterator[Stop]:
    page, mara = cast.host()
    film = cast.with_film(mara)
    for name in ("Sunday Rabbit Club", "Noir on Thursdays", "Slow Cinema"):
        code = mara.room(name, visibility="public")
        if name != "Slow Cinema":
            cast.put_on(mara, code, film)
            cast.friend("Ana" if name.startswith("Sunday") else "Ilya", code)
    mara.room("Behind a curtain", visibility="public", password="carrot")
    page.goto("/rooms")
    settle(page)
    yield Stop("public-rooms", page)
    page.get_by_role("searchbox").fill("noir")
    expect(page.get_by_role("listitem")).to_have_count(1)
    settle(page)
    yield Stop("public-rooms-found", page)
    page.get_by_role("searchbox").fill("zebra")
    expect(page.get_by_text("Nothing goes by “zebra”")).to_be_visible()
    settle(page)
    yield Stop("public-rooms-nothing", page)
