"""The room's queue in two people's hands: one puts it in order, the other sees it so."""

import pytest
from playwright.sync_api import expect


@pytest.fixture
def two(evening):
    mara, ana = evening.host(), evening.guest("Ana")
    evening.queue("Sintel", "Tears", "Elephants")
    for each in (mara, ana):
        each.page.get_by_role("tab", name="Queue").click()
        expect_order(each, "Sintel", "Tears", "Elephants")
    return mara, ana


def expect_order(one, *titles):
    expect(one.page.locator("[data-queue] [data-item] .n")).to_have_text(titles)


def row(one, title):
    return one.page.locator("[data-queue] [data-item]", has_text=title)


def drag(one, title, *, above):
    """By its grip, to where the other row begins."""
    grip, goal = row(one, title).locator(".grip").bounding_box(), row(one, above).bounding_box()
    one.page.mouse.move(grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2)
    one.page.mouse.down()
    one.page.mouse.move(goal["x"] + 20, goal["y"] + 4, steps=4)
    expect(row(one, title)).to_contain_class("is-dragged")
    expect(row(one, above)).to_contain_class("is-over")
    one.page.mouse.up()


def choose(one, title, deed):
    one.page.get_by_role("button", name=f"More about {title}").click()
    one.page.get_by_role("menuitem", name=deed).click()


def test_one_puts_it_in_order_and_the_other_sees_it(two):
    mara, ana = two
    drag(mara, "Elephants", above="Sintel")
    for each in (ana, mara):
        expect_order(each, "Elephants", "Sintel", "Tears")
    choose(ana, "Tears", "Move up")
    for each in (mara, ana):
        expect_order(each, "Elephants", "Tears", "Sintel")
    choose(ana, "Elephants", "Move down")
    for each in (mara, ana):
        expect_order(each, "Tears", "Elephants", "Sintel")

    # somebody else's film, and it comes back to where it was
    choose(ana, "Elephants", "Remove from the queue")
    for each in (mara, ana):
        expect_order(each, "Tears", "Sintel")
    expect(ana.page.locator(".toasts")).to_contain_text("“Elephants” is off the queue")
    ana.page.locator(".toasts").get_by_role("button", name="Undo").click()
    for each in (mara, ana):
        expect_order(each, "Tears", "Elephants", "Sintel")
    expect(ana.page.locator(".toasts")).not_to_contain_text("Elephants")
    what_is_wished_for_goes_first(mara, ana)


def what_is_wished_for_goes_first(mara, ana):
    """By a countdown that is the same for all."""
    heart = row(ana, "Sintel").get_by_role("button", name="Wish for Sintel")
    heart.click()
    expect(heart).to_have_attribute("aria-pressed", "true")
    expect(row(mara, "Sintel").locator(".qrow-wish")).to_have_text("1")
    expect(row(mara, "Sintel").locator(".qrow-wish")).to_have_attribute("aria-pressed", "false")
    mara.page.get_by_role("button", name="Shuffle").click()
    expect(mara.page.locator(".toasts")).to_contain_text("in another order")
    mara.page.locator(".toasts").get_by_role("button", name="Undo").click()
    for each in (mara, ana):
        expect_order(each, "Tears", "Elephants", "Sintel")
    row(mara, "Tears").get_by_role("button", name="Play Tears now").click()
    expect(row(mara, "Tears")).to_contain_class("is-now")
    mara.page.keyboard.press("k")
    mara.expect_playing()
    mara.page.keyboard.press("End")
    for each in (mara, ana):
        expect(each.page.get_by_role("group", name="Next: Sintel")).to_contain_text("It begins in")
    ana.page.get_by_role("button", name="Begin now").click()
    expect(ana.page.locator("[data-countdown]")).to_have_count(0, timeout=2_000)
    mara.expect_playing()
    expect(row(mara, "Sintel")).to_contain_class("is-now")
