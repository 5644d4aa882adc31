"""Pages for strangers: landing, sign-in, the doors of rooms, and the pages for what went wrong."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from playwright.sync_api import Page, expect

from e2e.register.cast import Cast
from e2e.register.walk import Stop, walk
from syncwatch.tests.api_client import Person
from syncwatch.tests.prepared import DATABASE
from syncwatch.tests.stack import Stack


@walk("landing", "landing", "landing-name", "landing-wrong-code", covers=("landing",))
def landing(cast: Cast) -> Iterator[Stop]:
    page = cast.stranger()
    page.goto("/")
    yield Stop("landing", page)
    page.get_by_role("button", name="Start a room").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    yield Stop("landing-name", page)
    page.keyboard.press("Escape")
    page.get_by_label("Room code or link").fill("not a code")
    page.get_by_label("Room code or link").press("Enter")
    expect(page.locator("#join-note")).not_to_be_empty()
    yield Stop("landing-wrong-code", page)


@walk("login", "login", "login-empty", "login-wrong", covers=("login",))
def login(cast: Cast) -> Iterator[Stop]:
    page = cast.stranger()
    page.goto("/login")
    yield Stop("login", page)
    go = page.get_by_role("button", name="Sign in")
    go.click()
    expect(page.locator("[aria-invalid=true]").first).to_be_visible()
    yield Stop("login-empty", page)
    page.get_by_label("Username").fill("mara")
    page.locator("input[type=password]").fill("not the password")
    go.click()
    expect(page.get_by_role("alert").first).to_be_visible()
    yield Stop("login-wrong", page)


@walk("register", "register", "register-refused", covers=("register",))
def register(cast: Cast) -> Iterator[Stop]:
    page = cast.stranger()
    page.goto("/register")
    yield Stop("register", page)
    page.get_by_label("Username").fill("m a r a")
    page.locator("input[type=password]").fill("1234")
    page.get_by_role("button", name="Make the account").click()
    expect(page.locator("[aria-invalid=true]").first).to_be_visible()
    yield Stop("register-refused", page)


@walk(
    "door", "door-open", "door-locked", "door-wrong-password", "door-invited",
    covers=("invite-page",),
)  # fmt: skip
def door(cast: Cast) -> Iterator[Stop]:
    mara = cast.person("Mara")
    open_room = mara.room("Sunday Rabbit Club")
    page = cast.stranger()
    page.goto(f"/r/{open_room}")
    yield Stop("door-open", page)
    yield from _locked(page, mara)
    page.goto(mara.invite(open_room))
    yield Stop("door-invited", page)


@walk("door-more", "door-known", "door-invite-used-up", "door-nowhere", "door-removed")
def more_doors(cast: Cast) -> Iterator[Stop]:
    mara = cast.person("Mara")
    open_room = mara.room("Sunday Rabbit Club")
    known = cast.guest("Ilya")
    known.goto(f"/r/{open_room}")
    yield Stop("door-known", known)
    link = mara.invite(open_room, max_uses=1)
    _step_in(cast.guest("Ana"), link)
    page = cast.stranger()
    page.goto(link)
    yield Stop("door-invite-used-up", page)
    page.goto("/i/nosuchinvitationatall")
    yield Stop("door-nowhere", page)
    sent_away = cast.person("Noor")
    sent_away.join(open_room)
    mara.kick(open_room, sent_away.id)
    away = cast.stranger()
    away.context.add_cookies(sent_away.cookies(cast.stack.url))
    _step_in(away, f"/r/{open_room}")
    yield Stop("door-removed", away)


def _locked(page: Page, mara: Person) -> Iterator[Stop]:
    locked = mara.room("Locked", password="carrot")
    page.goto(f"/r/{locked}")
    yield Stop("door-locked", page)
    page.get_by_label("Your name").fill("Ana")
    page.get_by_label("Password of the room").fill("cabbage")
    page.get_by_role("button", name="Step in").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    yield Stop("door-wrong-password", page)
    page.context.clear_cookies()


def _step_in(page: Page, address: str) -> None:
    page.goto(address)
    button = page.get_by_role("button", name="Step in")
    if button.count():
        button.click()
        page.wait_for_load_state()


@walk("wrong", "not-found", "offline", "api-docs", covers=("offline", "api-docs"))
def wrong(cast: Cast) -> Iterator[Stop]:
    page = cast.stranger()
    page.goto("/nothing-here")
    yield Stop("not-found", page)
    page.goto("/offline")
    yield Stop("offline", page)
    page.goto("/api/docs/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_load_state("networkidle")
    yield Stop("api-docs", page)


@walk("refused", "form-too-old", "server-error")
def refused(cast: Cast) -> Iterator[Stop]:
    page, _ = cast.host()
    page.goto("/account")
    page.context.clear_cookies(name="csrftoken")
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("heading", name="This is not open to you")).to_be_visible()
    yield Stop("form-too-old", page)
    with _no_rooms(cast.stack):
        answer = page.goto("/home")
    assert answer is not None
    assert answer.status == 500
    expect(page.get_by_role("heading", name="Something broke on our side")).to_be_visible()
    yield Stop("server-error", page)


@contextmanager
def _no_rooms(stack: Stack) -> Iterator[None]:
    """The database without one of its tables, as after a mishap."""
    with closing(sqlite3.connect(stack.data / DATABASE, timeout=20)) as database:
        database.execute("ALTER TABLE rooms_room RENAME TO rooms_elsewhere")
        try:
            yield
        finally:
            database.execute("ALTER TABLE rooms_elsewhere RENAME TO rooms_room")
