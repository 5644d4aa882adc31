"""Pages of one's own: home and the account."""

import re
from collections.abc import Iterator

from playwright.sync_api import Page, expect

from e2e.register.cast import Cast
from e2e.register.walk import Stop, walk


@walk("home", "home-empty", "home-new-room", "home", "home-search-nothing", covers=("home",))
def home(cast: Cast) -> Iterator[Stop]:
    page, mara = cast.host()
    page.goto("/home")
    settle(page)
    yield Stop("home-empty", page)
    page.get_by_role("button", name="New room").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    yield Stop("home-new-room", page)
    film = cast.with_film(mara)
    for name in ("Sunday Rabbit Club", "Noir on Thursdays", "Mara’s room"):
        code = mara.room(name)
        if name != "Mara’s room":
            friend = cast.friend("Ana" if name.startswith("Sunday") else "Ilya", code)
            cast.put_on(mara, code, film)
            friend.report("ready")
    page.goto("/home")
    settle(page)
    yield Stop("home", page)
    page.get_by_role("searchbox").fill("zebra")
    expect(page.locator("[data-nothing]")).to_be_visible()
    yield Stop("home-search-nothing", page)


@walk(
    "account",
    "account-guest",
    "account",
    "account-wrong-password",
    "account-close",
    covers=("account",),
)
def account(cast: Cast) -> Iterator[Stop]:
    guest = cast.guest("Ilya")
    guest.goto("/account")
    settle(guest)
    yield Stop("account-guest", guest)
    page, _ = cast.host()
    page.goto("/account")
    settle(page)
    yield Stop("account", page)
    page.get_by_label("Password now").fill("wrong")
    page.locator("#new_password").fill("another rabbit in step")
    page.get_by_role("button", name="Change it").click()
    expect(page.locator("[aria-invalid=true]").first).to_be_visible()
    yield Stop("account-wrong-password", page)
    page.get_by_role("button", name=re.compile("Close the account")).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    yield Stop("account-close", page)


def settle(page: Page) -> None:
    """Nothing is being fetched any more, no skeleton is left."""
    page.wait_for_load_state("networkidle")
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
