"""Rooms as places: the public list, asking to come in, seats and a welcome."""

from collections.abc import Iterator

from playwright.sync_api import expect

from e2e.register.cast import Cast, enter
from e2e.register.own import settle
from e2e.register.walk import Stop, walk


@walk(
    "public-rooms", "public-rooms", "public-rooms-found", "public-rooms-nothing",
    covers=("rooms-page",),
)  # fmt: skip
def public_rooms(cast: Cast) -> Iterator[Stop]:
    page, mara = cast.host()
    film = cast.with_clip(mara)
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
    expect(page.get_by_text("Slow Cinema")).to_have_count(0)
    settle(page)
    yield Stop("public-rooms-found", page)
    page.get_by_role("searchbox").fill("zebra")
    expect(page.get_by_text("Nothing goes by “zebra”")).to_be_visible()
    settle(page)
    yield Stop("public-rooms-nothing", page)


@walk("left-off", "home-stopped", "home-closed")
def left_off(cast: Cast) -> Iterator[Stop]:
    page, mara = cast.host()
    film = cast.with_film(mara)
    for name, position_s in (("Slow Cinema", 21), ("Sunday Rabbit Club", 12.5)):
        mara_there = cast.put_on(mara, mara.room(name), film)
        mara_there.request("sync:seek", position=position_s)
        mara_there.close()
    stopped = page.get_by_text("Stopped at 0:12 in Sunday Rabbit Club")
    for _ in range(60):  # until the room has noticed that she is gone
        page.goto("/home")
        if stopped.count():
            break
    expect(stopped).to_be_visible()
    settle(page)
    yield Stop("home-stopped", page)
    mara.close_room(mara.room("Noir on Thursdays"))
    page.goto("/home")
    page.get_by_text("1 closed room").click()
    expect(page.get_by_role("button", name="Open again: Noir on Thursdays")).to_be_visible()
    settle(page)
    yield Stop("home-closed", page)


@walk("asking", "ask-door", "ask-waiting", "ask-declined")
def asking(cast: Cast) -> Iterator[Stop]:
    _, mara = cast.host()
    code = mara.room("Sunday Rabbit Club", visibility="private", knocks=True)
    page = cast.stranger()
    page.goto(f"/r/{code}")
    page.get_by_label("Your name").fill("Noor")
    yield Stop("ask-door", page)
    page.get_by_role("button", name="Ask to come in").click()
    expect(page.get_by_text("You are at the door", exact=True)).to_be_visible()
    yield Stop("ask-waiting", page)
    mara.answer_door(code, "decline")
    expect(page.get_by_text("Not just now")).to_be_visible()
    yield Stop("ask-declined", page)


@walk("full", "door-no-seat", "room-full")
def full(cast: Cast) -> Iterator[Stop]:
    _, mara = cast.host()
    code = mara.room("Sunday Rabbit Club")
    mara.change(code, seats=2)
    lena = cast.person("Lena")
    lena.come(mara.invite(code))
    page = cast.guest("Tom")
    page.goto(f"/r/{code}")
    for name in ("Ana", "Noor"):
        cast.friend(name, code)
    page.get_by_role("button", name="Step in").click()
    expect(page.get_by_role("alert").first).to_contain_text("all this room takes")
    yield Stop("door-no-seat", page)
    member = cast.stranger()
    member.context.add_cookies(lena.cookies(cast.stack.url))
    member.goto(f"/r/{code}")
    expect(member.get_by_role("heading", name="The room is full")).to_be_visible()
    yield Stop("room-full", member)


@walk("room-place", "room-knock", "room-place-settings", "room-welcome")
def place(cast: Cast) -> Iterator[Stop]:
    inside, mara = cast.host()
    code = mara.room("Sunday Rabbit Club", visibility="private", knocks=True)
    mara.change(code, welcome="Popcorn is on the left.\nNo spoilers, please.", seats=12)
    enter(inside, code)
    noor = cast.guest("Noor")
    noor.goto(f"/r/{code}")
    noor.get_by_role("button", name="Ask to come in").click()
    for name in ("Lena", "Tom"):
        cast.person(name).knock(code)
    expect(inside.get_by_text("1 more at the door")).to_be_visible()
    yield Stop("room-knock", inside)
    inside.get_by_role("button", name="Let in").first.click()
    inside.get_by_role("button", name="Room menu").click()
    inside.get_by_role("menuitem", name="Room settings").click()
    expect(inside.get_by_label("Address")).to_be_visible()
    yield Stop("room-place-settings", inside)
    expect(noor.get_by_text("Popcorn is on the left.")).to_be_visible()
    expect(noor.locator("[data-link-state]")).to_contain_text("Live")
    yield Stop("room-welcome", noor)


@walk(
    "closed-room", "closed-room", "closed-room-delete", "closed-room-guest", covers=("closed-room",)
)
def closed_room(cast: Cast) -> Iterator[Stop]:
    page, mara = cast.host()
    code = mara.room("Noir on Thursdays")
    cast.put_on(mara, code, cast.with_clip(mara))
    ana, noor = cast.friend("Ana", code), cast.friend("Noor", code)
    ana.say("Is that the same lamp as in the first scene?", at_s=12)
    noor.say("It is. Look at the shade.")
    ana.say("Same time next week, then.\nI bring the popcorn.")
    mara.close_room(code)
    page.goto(f"/r/{code}")
    settle(page)
    yield Stop("closed-room", page)
    page.get_by_role("button", name="Delete for good…").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    yield Stop("closed-room-delete", page)
    reader = cast.stranger()
    reader.context.add_cookies(cast.person("Noor").cookies(cast.stack.url))
    reader.goto(f"/r/{code}")
    settle(reader)
    expect(reader.get_by_text("Mara can open it again")).to_be_visible()
    yield Stop("closed-room-guest", reader)
