"""The gallery of components, which only a server with DEBUG on shows."""

from collections.abc import Iterator

from playwright.sync_api import expect

from e2e.register.cast import Cast
from e2e.register.walk import Stop, walk


@walk("design", "design", covers=("design",))
def design(cast: Cast) -> Iterator[Stop]:
    page = cast.stranger(base_url=cast.debug_url())
    page.goto("/design")
    expect(page.get_by_role("heading", name="Nothing there")).to_be_visible()
    yield Stop("design", page)
