"""Pages of one's own: home and the account."""

import re
from collections.abc import Iterator

from playwright.sync_api import Page, expect

from e2e.register.cast import Cast
from e2e.register.pictures import picture
from e2e.register.walk import Stop, walk
from syncwatch.tests.api_client import PASSWORD


@walk("home", "home-empty", "home-new-room", "home", "home-search-nothing", covers=("home",))
def home(cast: Cast) -> Iterator[Stop]:
    page, mara = cast.host()
    page.goto("/home")
    settle(page)
    yield Stop("home-empty", page)
    page.get_by_role("button", name="New room").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    yield Stop("home-new-room", page)
    film = cast.with_clip(mara)
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


@walk("friends", "friends-asks", "friends", "friends-unknown-name")
def friends(cast: Cast) -> Iterator[Stop]:
    page, mara = cast.host()
    _, ana = cast.host("Ana")
    _, tom = cast.host("Tom")
    ana.ask(mara)
    mara.ask(tom)
    page.goto("/home")
    settle(page)
    panel = page.locator("[data-friends]")
    expect(page.get_by_role("button", name="Accept Ana")).to_be_visible()
    expect(panel).to_contain_text("no answer yet")
    yield Stop("friends-asks", page)
    page.get_by_role("button", name="Accept Ana").click()
    expect(panel).to_contain_text("Offline")
    cast.put_on(ana, ana.room("Sunday Rabbit Club"), cast.with_film(ana))
    expect(panel).to_contain_text("Watching")
    yield Stop("friends", page)
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_label("Username").fill("nobody-by-this-name")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_text("There is nobody by this name")).to_be_visible()
    yield Stop("friends-unknown-name", page)


@walk("news", "news-empty", "news")
def news(cast: Cast) -> Iterator[Stop]:
    page, mara = cast.host()
    _, ana = cast.host("Ana")
    page.goto("/home")
    settle(page)
    page.locator("[data-bell]").click()
    shown = page.get_by_role("dialog", name="News")
    expect(shown).to_contain_text("Nothing yet")
    yield Stop("news-empty", page)
    page.keyboard.press("Escape")
    mara.ask(ana)
    ana.accept(mara)
    ana.call(ana.room("Sunday Rabbit Club"), mara)
    page.goto("/home")
    settle(page)
    page.locator("[data-bell]").click()
    expect(shown.get_by_role("button", name="Join")).to_be_visible()
    yield Stop("news", page)


@walk(
    "account",
    "account-guest",
    "account",
    "account-picture",
    "account-picture-refused",
    "account-blocked",
    "account-wrong-password",
    "account-close",
    covers=("account",),
)
def account(cast: Cast) -> Iterator[Stop]:
    guest = cast.guest("Ilya")
    guest.goto("/account")
    settle(guest)
    yield Stop("account-guest", guest)
    page, mara = cast.host()
    page.goto("/account")
    settle(page)
    yield Stop("account", page)
    page.locator("[data-picture-file]").set_input_files(picture())
    expect(page.get_by_text("This is your picture now.")).to_be_visible()
    yield Stop("account-picture", page)
    drawn = {"name": "me.svg", "mimeType": "image/svg+xml", "buffer": b"<svg></svg>"}
    page.locator("[data-picture-file]").set_input_files(drawn)
    expect(page.get_by_text("This is not a PNG, JPEG, WebP or GIF")).to_be_visible()
    yield Stop("account-picture-refused", page)
    mara.block(cast.person("Jonas"))
    expect(page.locator("[data-blocked]")).to_contain_text("Jonas")
    yield Stop("account-blocked", page)
    page.get_by_label("Password now").fill("wrong")
    page.locator("#new_password").fill("another rabbit in step")
    page.get_by_role("button", name="Change it").click()
    expect(page.locator("[aria-invalid=true]").first).to_be_visible()
    yield Stop("account-wrong-password", page)
    page.get_by_role("button", name=re.compile("Close the account")).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    yield Stop("account-close", page)


@walk("coming-back", "login-closed-account")
def coming_back(cast: Cast) -> Iterator[Stop]:
    page, mara = cast.host()
    page.goto("/account")
    page.get_by_role("button", name=re.compile("Close the account")).click()
    page.get_by_role("dialog").get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Close the account", exact=True).click()
    page.wait_for_url(re.compile("/$"))
    page.goto("/login")
    page.get_by_label("Username").fill(mara.username or "")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Keep your account?")).to_be_visible()
    yield Stop("login-closed-account", page)


def settle(page: Page) -> None:
    """Nothing is being fetched any more, no skeleton is left."""
    page.wait_for_load_state("networkidle")
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
