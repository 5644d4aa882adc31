"""The gallery of components, which only a server with DEBUG on shows."""

from collections.abc import Iterator

from playwright.sync_api import expect

from e2e.register.cast import Cast
from e2e.register.walk import Stop, walk


@walk("design", "design", "design-dialog", covers=("design",))
def design(cast: Cast) -> Iterator[Stop]:
    page = cast.stranger(base_url=cast.debug_url())
    page.goto("/design")
    expect(page.get_by_role("heading", name="Nothing there")).to_be_visible()
    yield Stop("design", page)
    tabs = page.get_by_role("tablist", name="t-counts")
    tabs.get_by_role("tab", name="Chat").press("ArrowLeft")
    expect(tabs.get_by_role("tab", name="Queue")).to_be_focused()
    expect(page.get_by_role("tabpanel", name="Queue 12")).to_contain_text("What belongs to Queue")
    expect(page.get_by_role("tabpanel", name="People 4")).to_have_count(0)
    page.get_by_role("button", name="Open a dialog").click()
    expect(page.locator("dialog:modal")).to_be_visible()
    yield Stop("design-dialog", page)
    page.keyboard.press("Escape")
    expect(page.locator("dialog:modal")).to_have_count(0)
    expect(page.get_by_role("button", name="Open a dialog")).to_be_focused()
