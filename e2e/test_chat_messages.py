"""What two people do with each other's messages: answer, react, name, change, pin, find."""

import re

from playwright.sync_api import expect

from e2e import fingers
from e2e.watcher import until

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def message(one, words):
    """The one that says it itself; what answers it only quotes it."""
    return one.page.locator("[data-message]").filter(has_text=words).first


def menu_of(one, words):
    fingers.open_menu(one.page, message(one, words))
    return one.page.get_by_role("menu", name="Message")


def choose(one, words, deed):
    menu_of(one, words).get_by_role("menuitem", name=deed, exact=True).click()


def test_what_two_do_with_each_others_messages(evening):
    """One evening: each step has words of its own."""
    mara = evening.host()
    ana = evening.guest("Ana")
    for step in (
        an_answer_quotes_leads_back_and_follows_what_it_quotes,
        moderators_read_what_it_said_before,
        reactions_are_counted_and_ones_own_stand_out,
        a_name_is_completed_and_whom_it_means_sees_it,
        a_pin_stands_over_the_chat_and_leads_to_its_message,
        by_keyboard_alone_one_walks_and_opens_the_menu,
    ):
        step(mara, ana)


def an_answer_quotes_leads_back_and_follows_what_it_quotes(mara, ana):
    ana.say("the butterfly gets me")
    mara.expect_message("the butterfly gets me")
    choose(mara, "the butterfly", "Reply")
    aim = mara.page.locator("[data-chat-aim]")
    expect(aim).to_contain_text("Replying to Ana")
    mara.page.keyboard.press("Escape")
    expect(aim).to_be_hidden()
    expect(mara.page.locator("[data-chat-input]")).to_be_focused()
    choose(mara, "the butterfly", "Reply")
    mara.say("every single time")
    expect(aim).to_be_hidden()
    quote = ana.page.locator("[data-message] .quote")
    expect(quote).to_contain_text("the butterfly gets me")
    quote.click()
    expect(message(ana, "the butterfly")).to_have_class(re.compile("is-found"))

    # Arrow-Up in an empty line takes one's last words
    ana.page.locator("[data-chat-input]").press("ArrowUp")
    expect(ana.page.locator("[data-chat-input]")).to_have_value("the butterfly gets me")
    ana.say("the moth gets me")
    expect(message(mara, "the moth gets me")).to_contain_text("edited")
    expect(mara.page.locator("[data-message] .quote")).to_contain_text("the moth gets me")

    choose(ana, "the moth gets me", "Delete")
    ana.page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(quote).to_contain_text("Message deleted")
    expect(mara.page.locator("[data-chat-log]")).not_to_contain_text("moth")


def moderators_read_what_it_said_before(mara, ana):
    ana.say("I never said that")
    mara.expect_message("I never said that")
    ana.page.locator("[data-chat-input]").press("ArrowUp")
    ana.say("I always said that")
    expect(message(mara, "I always said that")).to_contain_text("edited")
    choose(mara, "I always said that", "What it said before")
    expect(mara.page.get_by_role("dialog")).to_contain_text("I never said that")
    mara.page.keyboard.press("Escape")
    expect(mara.page.get_by_role("dialog")).to_have_count(0)
    expect(menu_of(ana, "I always said that")).not_to_contain_text("What it said before")
    ana.page.keyboard.press("Escape")


def reactions_are_counted_and_ones_own_stand_out(mara, ana):
    ana.say("THE EAR")
    mara.expect_message("THE EAR")
    menu_of(mara, "THE EAR").get_by_role("menuitemcheckbox", name="Laughing").click()
    chip = ana.page.get_by_role("button", name=re.compile("^😂 by"))
    expect(chip).to_have_attribute("aria-pressed", "false")
    chip.click()
    expect(chip).to_have_text("😂2")
    expect(chip).to_have_attribute("aria-pressed", "true")
    expect(mara.page.get_by_role("button", name="😂 by 2 people")).to_be_visible()
    chip.click()
    expect(mara.page.get_by_role("button", name="😂 by 1 person")).to_be_visible()

    menu_of(mara, "THE EAR").get_by_role("menuitem", name="Another reaction").click()
    mara.page.get_by_label("One emoji").fill("🦋")
    mara.page.keyboard.press("Enter")
    expect(ana.page.get_by_role("button", name="🦋 by 1 person")).to_be_visible()
    choose(ana, "THE EAR", "Who reacted")
    expect(ana.page.get_by_role("dialog")).to_contain_text("Mara")
    ana.page.keyboard.press("Escape")


def a_name_is_completed_and_whom_it_means_sees_it(mara, ana):
    line = mara.page.locator("[data-chat-input]")
    line.press_sequentially("look @a")
    offered = mara.page.get_by_role("listbox", name="Suggestions")
    expect(offered.get_by_role("option")).to_contain_text(["Ana", "all"])
    line.press("ArrowDown")
    expect(offered.get_by_role("option", name="all")).to_have_attribute("aria-selected", "true")
    line.press("ArrowUp")
    line.press("Tab")
    expect(line).to_have_value("look @Ana ")
    expect(offered).to_be_hidden()
    line.press_sequentially("@")
    expect(offered).to_be_visible()
    line.press("Escape")
    expect(offered).to_be_hidden()
    line.press("Backspace")
    line.press("Enter")
    said = message(ana, "look @Ana")
    expect(said).to_contain_text("Mentions you")
    expect(said).to_have_class(re.compile("is-for-me"))
    expect(message(mara, "look @Ana")).not_to_have_class(re.compile("is-for-me"))


def a_pin_stands_over_the_chat_and_leads_to_its_message(mara, ana):
    mara.say("no spoilers before the yawn")
    ana.expect_message("no spoilers")
    expect(menu_of(ana, "no spoilers")).not_to_contain_text("Pin")
    ana.page.keyboard.press("Escape")
    choose(mara, "no spoilers", "Pin")
    line = ana.page.get_by_role("button", name=re.compile("^1 pinned message"))
    expect(line).to_contain_text("no spoilers")
    line.click()
    ana.page.get_by_role("dialog").get_by_role("button", name=re.compile("no spoilers")).click()
    expect(message(ana, "no spoilers")).to_have_class(re.compile("is-found"))
    choose(mara, "no spoilers", "Unpin")
    expect(line).to_have_count(0)


def test_words_are_found_far_back_and_gone_to(watcher, long_room):
    ana = long_room.enter(watcher("Mara"), long_room.mara)
    page = ana.page
    page.get_by_role("button", name="Search the chat").click()
    field = page.get_by_role("searchbox", name="Search the chat")
    field.fill("#3")
    found = page.get_by_role("region", name="Messages that were found").get_by_role("button")
    expect(found.filter(has_text=re.compile(r"#3$"))).to_have_count(1)
    expect(found.locator("mark").first).to_have_text("#3")
    found.filter(has_text=re.compile(r"#3$")).click()
    there = page.locator("[data-message].is-found")
    expect(there).to_have_text(re.compile(r"#3$"))
    expect(there).to_be_in_viewport()
    expect(there).to_be_focused()


def test_where_one_stopped_is_marked_on_the_next_visit_and_home_counts_what_is_new(evening):
    mara = evening.host()
    ana = evening.guest("Ana")
    room = ana.page.url
    with ana.page.expect_websocket() as socket:
        ana.page.reload()
    ana.expect_live()
    told = []
    socket.value.on("framesent", lambda frame: told.append(str(frame)))
    mara.say("read this")
    read = ana.page.locator("[data-message]").filter(has_text="read this")
    read_id = read.get_attribute("data-message")
    # What she read before, who came in, is told as well: it is this very line that matters.
    until(
        ana.page,
        "it was never told that she read it",
        lambda: any('"chat:read"' in frame and read_id in frame for frame in told),
    )
    ana.page.goto("/home")
    mara.say("and this")
    mara.expect_message("and this")
    ana.page.goto("/home")
    expect(ana.page.locator(".room-row")).to_contain_text("1 new message")
    ana.page.goto(room)
    ana.expect_live()
    expect(ana.page.locator("[data-new]")).to_have_text("New")
    expect(ana.page.locator("[data-new] ~ .grp").first).to_contain_text("and this")


def by_keyboard_alone_one_walks_and_opens_the_menu(mara, ana):
    for words in ("first", "second", "third"):
        ana.say(words)
        mara.expect_message(words)
    log = mara.page.locator("[data-chat-log]")
    log.focus()
    mara.page.keyboard.press("ArrowUp")
    expect(message(mara, "third")).to_be_focused()
    mara.page.keyboard.press("ArrowUp")
    expect(message(mara, "second")).to_be_focused()
    mara.page.keyboard.press("Enter")
    menu = mara.page.get_by_role("menu", name="Message")
    expect(menu).to_be_visible()
    mara.page.keyboard.press("Escape")
    expect(message(mara, "second")).to_be_focused()
    mara.page.keyboard.press("Enter")
    menu.get_by_role("menuitem", name="Reply").press("Enter")
    expect(mara.page.locator("[data-chat-input]")).to_be_focused()
    expect(mara.page.locator("[data-chat-aim]")).to_contain_text("second")


def test_a_finger_holds_for_the_menu_and_draws_for_an_answer(evening):
    mara = evening.host()
    ana = evening.guest("Ana", **PHONE)
    mara.say("hold me")
    ana.expect_message("hold me")
    fingers.hold(message(ana, "hold me"))
    menu = ana.page.get_by_role("menu", name="Message")
    expect(menu).to_be_visible()
    for item in menu.get_by_role("menuitem").all():
        assert item.evaluate("({offsetWidth: w, offsetHeight: h}) => Math.min(w, h)") >= 44
    ana.page.keyboard.press("Escape")
    fingers.draw(message(ana, "hold me"), 70)
    expect(ana.page.locator("[data-chat-aim]")).to_contain_text("Replying to Mara")
