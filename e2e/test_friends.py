"""Friends, presence, invitations and blocks, as two people at two browsers have them"""

import re
import uuid

import pytest
from playwright.sync_api import expect

from accounts.tests.pictures import drawn
from e2e.register.cast import Cast, enter
from e2e.register.own import settle
from syncwatch.tests.api_client import Person


@pytest.fixture
def pair(cast) -> "tuple[Cast, dict]":
    """Mara and Ana, each with an account and a browser at their home page."""
    made = cast()
    pages = {}
    for name in ("Mara", "Ana"):
        page, person = made.host(name)
        page.goto("/home")
        settle(page)
        pages[name] = (page, person)
    return made, pages


def row(page, name):
    return page.locator("[data-friends] .friend-row").filter(has_text=name)


def test_what_two_become_and_are_to_each_other(pair):
    """One evening: what friends have of each other stands on what they asked first."""
    made, people = pair
    for step in (
        from_an_ask_to_the_same_film_by_one_tap_each,
        an_invitation_arrives_in_the_list_and_lets_in_by_one_tap,
        a_friends_new_picture_is_seen_without_a_reload,
        what_friends_see_and_who_is_blocked_on_the_account_page,
    ):
        step(made, *people["Mara"], *people["Ana"])


def from_an_ask_to_the_same_film_by_one_tap_each(made, mara, _, ana, ana_api):
    expect(mara.locator("[data-friends]")).to_contain_text("No friends yet")
    mara.get_by_role("button", name="Add", exact=True).click()
    mara.get_by_label("Username").fill(ana_api.username)
    mara.get_by_role("button", name="Ask", exact=True).click()
    expect(row(mara, "Ana")).to_contain_text("no answer yet")
    expect(ana.locator("[data-bell-count]")).to_have_text("1")
    ana.get_by_role("button", name="Accept Mara").click()
    expect(row(ana, "Mara")).to_contain_text("Online")
    expect(row(mara, "Ana")).to_contain_text("Online")
    film = made.with_film(ana_api)
    code = ana_api.room("Sunday Rabbit Club")
    at_socket = made.put_on(ana_api, code, film)
    expect(row(mara, "Ana")).to_contain_text("Watching")
    mara.get_by_role("button", name="Join Ana in Sunday Rabbit Club").click()
    mara.wait_for_url(re.compile(f"/r/{code}$"))
    expect(mara.locator("[data-link-state]")).to_contain_text("Live")
    expect(row(ana, "Mara")).to_contain_text("Watching")
    at_socket.close()


def an_invitation_arrives_in_the_list_and_lets_in_by_one_tap(_, mara, mara_api, ana, ana_api):
    code = mara_api.room("Ours", visibility="private")
    enter(mara, code)
    mara.get_by_role("button", name="Invite people").click()
    mara.get_by_role("button", name="Invite Ana").click()
    expect(mara.get_by_text("Ana is invited")).to_be_visible()
    expect(ana.locator("[data-bell-count]")).to_have_text("1")
    ana.locator("[data-bell]").click()
    news = ana.get_by_role("dialog", name="News")
    expect(news).to_contain_text("Mara invites you to Ours")
    expect(ana.locator("[data-bell-count]")).to_be_hidden()
    news.get_by_role("button", name="Join").click()
    ana.wait_for_url(re.compile(f"/r/{code}$"))
    expect(ana.locator("[data-link-state]")).to_contain_text("Live")
    expect(mara.locator("[data-dock] .person")).to_have_count(2)


def a_friends_new_picture_is_seen_without_a_reload(_, mara, mara_api, ana, ana_api):
    mara.goto("/home")
    face = row(mara, "Ana").locator("sw-avatar")
    expect(face).to_be_visible()
    expect(face.locator("img")).to_have_count(0)
    ana_api.show(drawn())
    expect(face.locator("img")).to_have_attribute("src", re.compile("^/faces/"))


def test_what_two_in_a_room_become_from_their_menus(pair):
    made, people = pair
    (mara, mara_api), (ana, ana_api) = people["Mara"], people["Ana"]
    code = mara_api.room("Ours")
    ana_api.join(code)
    for page in (mara, ana):
        enter(page, code)
    somebody_becomes_a_friend(mara, ana)
    a_block_hides_the_chat_of_both_and_an_end_brings_it_back(made, code, mara, ana)


def a_block_hides_the_chat_of_both_and_an_end_brings_it_back(made, code, mara, ana):
    made.friend("Ilya", code).say("I am here")
    say(ana, "Hello from Ana")
    said = mara.locator("[data-chat-log]")
    expect(said).to_contain_text("Hello from Ana")
    say(mara, "Hello from Mara")
    expect(ana.locator("[data-chat-log]")).to_contain_text("Hello from Mara")
    menu_of(mara, "Ana").get_by_role("menuitem", name="Block").click()
    mara.get_by_role("button", name="Block", exact=True).click()
    expect(said).not_to_contain_text("Hello from Ana")
    expect(ana.locator("[data-chat-log]")).not_to_contain_text("Hello from Mara")
    expect(said).to_contain_text("I am here")
    say(ana, "Nobody hears this")
    made.friend("Ilya", code).say("Still here")
    expect(said).to_contain_text("Still here")
    expect(said).not_to_contain_text("Nobody hears this")
    mara.reload()
    expect(mara.locator("[data-chat-log]")).to_contain_text("Still here")
    expect(mara.locator("[data-chat-log]")).not_to_contain_text("Nobody hears this")
    menu_of(mara, "Ana").get_by_role("menuitem", name="Unblock").click()
    expect(mara.locator("[data-chat-log]")).to_contain_text("Nobody hears this")
    expect(ana.locator("[data-chat-log]")).to_contain_text("Hello from Mara")


def test_a_block_holds_for_pins_polls_the_search_and_a_room_that_is_closed(cast):
    made = cast()
    mara, mara_api = made.host("Mara")
    code = mara_api.room("Ours")
    ana, host = made.friend("Ana", code), made.at_socket(mara_api, code)
    host.say("the apple is mine")
    host.request("chat:pin", id=ana.say("the apple falls"), on=True)
    ask = {"question": "An apple?", "options": ["Yes", "No"], "nonce": uuid.uuid4().hex}
    ana.request("poll:open", **ask)
    enter(mara, code)
    pins, polls = (mara.locator(f"[data-chat-{name}]") for name in ("pins", "polls"))
    expect(pins).to_contain_text("the apple falls")
    expect(polls).to_contain_text("An apple?")
    mara.get_by_role("button", name="Search the chat").click()
    mara.get_by_role("searchbox").fill("apple")
    found = mara.locator("[data-found] li")
    expect(found).to_have_count(3)
    mara_api.block(ana.person)
    for line in (pins, polls):
        expect(line).to_be_hidden()
    expect(found).to_have_count(1)
    expect(found).to_contain_text("the apple is mine")
    mara.reload()
    expect(mara.locator("[data-chat-log]")).to_contain_text("the apple is mine")
    for line in (pins, polls):
        expect(line).to_be_hidden()
    mara_api.close_room(code)
    mara.goto(f"/r/{code}/closed")
    expect(mara.locator("[data-said]")).to_contain_text("the apple is mine")
    expect(mara.locator("[data-said]")).not_to_contain_text("apple falls")


def somebody_becomes_a_friend(mara, ana):
    menu_of(mara, "Ana").get_by_role("menuitem", name="Add as friend").click()
    expect(mara.get_by_text("Asked Ana to be friends")).to_be_visible()
    ana.locator("[data-bell]").click()
    ana.get_by_role("button", name="Accept").click()
    expect(mara.get_by_text("Ana and you are friends now")).to_be_visible()


def what_friends_see_and_who_is_blocked_on_the_account_page(_, mara, mara_api, ana, ana_api):
    ana.goto("/home")
    expect(row(mara, "Ana")).to_contain_text("Online")
    ana.goto("/account")
    ana.get_by_label("What friends see of you").select_option("nobody")
    expect(row(mara, "Ana")).to_contain_text("Offline")
    jonas = Person(mara_api.url, "Jonas", username=f"jonas-{uuid.uuid4().hex[:8]}")
    ana_api.block(jonas)
    expect(ana.locator("[data-blocked]")).to_contain_text("Jonas")
    ana.get_by_role("button", name="Unblock Jonas").click()
    expect(ana.locator("[data-blocked]")).to_contain_text("Nobody")
    jonas.close()


def say(page, words):
    field = page.locator("[data-chat-input]")
    field.fill(words)
    field.press("Enter")


def menu_of(page, name):
    page.get_by_role("tab", name=re.compile("People")).click()
    page.get_by_role("button", name=f"More about {name}").click()
    page.get_by_role("tab", name=re.compile("Chat")).dispatch_event("click")
    return page.get_by_role("menu", name=name)
