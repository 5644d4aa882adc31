"""The account follows a person: its look to every browser, and one browser is signed out."""

import re

import pytest
from playwright.sync_api import expect

from e2e.register.own import settle
from syncwatch.tests.api_client import PASSWORD, Person

PHONE_AGENT = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15"
    " (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
)
THEATRE_KEY = "[data-action=theatre] [data-place='0']"


def sign_in(one, username):
    one.page.goto("/login")
    one.page.locator("#username").fill(username)
    one.page.locator("#password").fill(PASSWORD)
    one.page.locator("[data-login] .btn-primary").click()
    one.page.wait_for_url("**/home")


def open_account(one):
    one.page.goto("/account")
    settle(one.page)


def expect_look(one, *, theme, language, glass=None):
    open_account(one)
    html = one.page.locator("html")
    expect(html).to_have_attribute("data-theme", theme)
    expect(html).to_have_attribute("lang", language)
    if glass is not None:
        expect(html).to_have_attribute(
            "data-glass", "0" if glass == "reduced" else re.compile("[12]")
        )
        expect(one.page.locator("[data-glass-switch]")).to_be_checked(checked=glass == "reduced")


def choose_look(one):
    """A key, glass, a theme and a language, other than they come."""
    page = one.page
    open_account(one)
    page.locator(THEATRE_KEY).click()
    page.keyboard.press("x")
    page.locator("[data-glass-switch]").check()
    with page.expect_response("**/api/auth/me/"):
        page.locator("[data-theme-choice]").get_by_text("Light").click()
    page.get_by_label("Language").select_option("de")
    expect(page.locator("html")).to_have_attribute("lang", "de")


def sign_out_there(one):
    """The phone, from the list on another device, which is in it as well."""
    open_account(one)
    devices = one.page.locator("[data-sessions] li")
    here, there = (devices.filter(has_text=words) for words in ("This device", "Safari on iPhone"))
    expect(here).to_have_count(1)
    expect(here.get_by_role("button")).to_have_count(0)
    there.get_by_role("button", name="Sign out Safari on iPhone").click()
    expect(there).to_have_count(0)
    expect(one.page.get_by_text("Signed out there")).to_be_visible()


@pytest.mark.long
def test_a_look_is_kept_and_another_browser_is_signed_out(watcher, stack):
    with Person(stack.url, "Noor", username="noor-everywhere") as noor:
        code = noor.room("Noor’s room")
    desk = watcher("Noor", glass=True)
    phone = watcher("Noor", user_agent=PHONE_AGENT)
    sign_in(desk, "noor-everywhere")
    choose_look(desk)
    expect_look(desk, theme="light", language="de", glass="reduced")
    desk.page.locator("form[action='/logout'] button").click()
    desk.page.wait_for_url(re.compile(r"/$"))
    sign_in(desk, "noor-everywhere")
    expect_look(desk, theme="light", language="de", glass="reduced")
    expect(desk.page.locator(THEATRE_KEY)).to_have_text("X")

    sign_in(phone, "noor-everywhere")
    expect_look(phone, theme="light", language="de")
    desk.page.get_by_label("Sprache").select_option("en")
    expect(desk.page.get_by_role("heading", name="Signed in")).to_be_visible()
    phone.page.goto(f"/r/{code}")
    phone.expect_live()
    sign_out_there(desk)
    phone.forgive("401")
    expect(phone.page.locator("[data-room-end]")).to_contain_text("You are signed out")
    phone.page.goto("/account")
    phone.page.wait_for_url(re.compile(r"/login\?next="))
    open_account(desk)
    expect(desk.page.get_by_text("This device", exact=True)).to_be_visible()
