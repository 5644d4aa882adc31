"""Scheduled evenings: planning one, the lobby before it, the card at home."""

from collections.abc import Iterator

from playwright.sync_api import expect

from e2e.register.cast import Cast, enter
from e2e.register.own import settle
from e2e.register.walk import Stop, walk

DAY_S = 86_400


@walk("home-evening", "home-evening", "news-evening")
def at_home(cast: Cast) -> Iterator[Stop]:
    page, mara = cast.host()
    code = mara.room("Sunday Rabbit Club")
    mara.plan(code, in_s=DAY_S, title="Rabbit night")
    soon = mara.room("Noir on Thursdays")
    mara.plan(soon, in_s=1200)
    for name in ("Ana", "Ilya"):
        guest = cast.person(name)
        guest.join(code)
        guest.say_of_evening(code, "yes")
    mara.say_of_evening(code, "yes")
    page.goto("/home")
    settle(page)
    expect(page.locator("[data-when]").last).to_contain_text("Tomorrow")
    yield Stop("home-evening", page)
    _, lena = cast.host("Lena")
    mara.ask(lena)
    lena.accept(mara)
    lena.call(invited := lena.room("Lena’s room", visibility="private"), mara)
    lena.plan(invited, in_s=2 * DAY_S)
    page.reload()
    settle(page)
    page.locator("[data-bell]").click()
    news = page.get_by_role("dialog", name="News")
    news.get_by_role("button", name="Maybe").click()
    expect(news.get_by_role("button", name="Maybe")).to_have_attribute("aria-pressed", "true")
    yield Stop("news-evening", page)


@walk("room-evening", "room-evening-plan", "room-evening", "room-lobby-empty", "room-lobby")
def evening(cast: Cast) -> Iterator[Stop]:
    page, mara = cast.host()
    code = mara.room("Sunday Rabbit Club")
    cast.friend("Ana", code)
    enter(page, code)
    page.get_by_role("button", name="Room menu").click()
    page.get_by_role("menuitem", name="Plan an evening").click()
    expect(page.get_by_label("When")).to_be_visible()
    page.get_by_label("Name").fill("Rabbit night")
    yield Stop("room-evening-plan", page)
    page.get_by_role("button", name="Plan it").click()
    card = page.locator("[data-evening]")
    expect(card).to_contain_text("Rabbit night")
    cast.person("Ana").say_of_evening(code, "yes")
    expect(card).to_contain_text("Ana comes")
    expect(page.locator(".toast")).to_have_count(0)
    yield Stop("room-evening", page)
    note = "Popcorn is on the left."
    mara.plan(code, in_s=1500, title="Rabbit night", note=note)
    expect(page.get_by_role("timer")).to_be_visible()
    yield Stop("room-lobby-empty", page)
    cast.put_on(mara, code, cast.with_film(mara))
    cast.friend("Ana", code).request("evening:ready", ready=True)
    expect(page.locator("[data-lobby]")).to_contain_text("1 of 2 ready")
    yield Stop("room-lobby", page)
