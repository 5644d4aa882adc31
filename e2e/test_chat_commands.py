"""What one can do from the line one writes in: commands, dice that fall on the server, polls."""

import re

from playwright.sync_api import expect

from e2e.looks import DESK, PHONE

COMMANDS = 16
FITS = """(list) => {
  const own = list.getBoundingClientRect();
  return list.scrollHeight <= list.clientHeight && own.top >= 0 && own.bottom <= innerHeight;
}"""


def line(one):
    return one.page.locator("[data-chat-input]")


def note(one):
    return one.page.locator("[data-chat-note]")


def log(one):
    return one.page.locator("[data-chat-log]")


def test_what_two_do_from_the_line_they_write_in(evening):
    """One evening: each step has words of its own, and the last sends somebody out."""
    mara = evening.host(film="paused", control="owner")
    ana = evening.guest("Ana")
    for step in (
        commands_are_offered_done_and_refused_in_words,
        what_one_does_dice_and_what_is_covered,
        a_poll_is_asked_answered_by_keyboard_and_closed,
        a_vote_shows_on_all_pages_of_who_chose,
        who_steps_away_is_seen_to_be_and_any_touch_brings_them_back,
        a_kick_asks_first,
    ):
        step(mara, ana)


def commands_are_offered_done_and_refused_in_words(mara, ana):
    line(mara).press_sequentially("/ra")
    offered = mara.page.get_by_role("listbox", name="Suggestions")
    expect(offered.get_by_role("option", selected=True)).to_contain_text("/rate")
    line(mara).press("Enter")
    expect(line(mara)).to_have_value("/rate ")
    mara.say("/rate 1.5")
    expect(log(ana)).to_contain_text("set the speed to 1.5×")
    mara.say("/seek 0:30")
    expect(log(ana)).to_contain_text("jumped to 0:30")
    expect(line(mara)).to_have_value("")

    # without the right, and what is wrong: said in words, given back, nothing sent
    ana.say("/seek 0:10")
    expect(note(ana)).to_contain_text("You may not use /seek here. Only Mara can let you.")
    expect(line(ana)).to_have_value("/seek 0:10")
    mara.say("/seek soon")
    expect(note(mara)).to_contain_text("/seek wants a time like 1:02:10")
    mara.say("/sek 1")
    expect(note(mara)).to_contain_text("There is no /sek")
    mara.say("//sek is how it is not written")
    mara.expect_message("/sek is how it is not written")
    expect(log(ana).locator("[data-message]")).to_have_count(1)


def test_what_is_offered_never_scrolls_and_arrows_page_through(evening):
    mara = evening.host(control="owner")
    for size, most in ((DESK, 5), (PHONE, 5), ({"width": 390, "height": 500}, 3)):
        mara.page.set_viewport_size(size)
        arrows_page_through(mara, most)
        line(mara).fill("")


def arrows_page_through(mara, most):
    line(mara).press_sequentially("/")
    offered = mara.page.get_by_role("listbox", name="Suggestions")
    options = offered.get_by_role("option")
    expect(options).to_have_count(most)
    more = mara.page.locator("[data-at-more]")
    expect(more).to_have_text(f"…and {COMMANDS - most} more: type on")
    names = []
    for number in range(1, COMMANDS + 1):
        chosen = offered.get_by_role("option", selected=True)
        expect(chosen).to_have_attribute("aria-posinset", str(number))
        expect(chosen).to_have_attribute("aria-setsize", str(COMMANDS))
        expect(line(mara)).to_have_attribute(
            "aria-activedescendant", chosen.get_attribute("id") or "no id"
        )
        names.append(chosen.locator("b").inner_text())
        assert offered.evaluate(FITS)
        line(mara).press("ArrowDown")
    assert len(set(names)) == COMMANDS
    expect(offered.get_by_role("option", selected=True)).to_contain_text("/me")
    more.click()
    expect(line(mara)).to_be_focused()
    expect(offered.get_by_role("option", selected=True)).to_have_attribute(
        "aria-posinset", str(most + 1)
    )
    line(mara).press_sequentially("ki")
    expect(options).to_have_count(1)
    expect(more).to_be_hidden()


def a_kick_asks_first(mara, ana):
    mara.say("/kick @Ana ")
    question = mara.page.get_by_role("dialog", name="Remove Ana?")
    expect(question).to_contain_text("They leave at once")
    question.get_by_role("button", name="Cancel").click()
    ana.say("still here")
    mara.expect_message("still here")
    mara.say("/kick @Ana ")
    question.get_by_role("button", name="Remove").click()
    expect(ana.page.locator("[data-room-end]")).to_be_visible()


def a_vote_shows_on_all_pages_of_who_chose(_, ana):
    other = ana.page.context.new_page()
    other.goto(ana.page.url)
    ana.say("/poll What next? | Rabbit | Robot")
    robot = re.compile("Robot")
    here = ana.page.locator(".poll").get_by_role("button", name=robot)
    here.click()
    chosen = other.locator(".poll").get_by_role("button", name=robot)
    expect(chosen).to_have_attribute("aria-pressed", "true")
    expect(other.locator("[data-chat-polls]")).to_be_hidden()
    chosen.click()
    expect(here).to_have_attribute("aria-pressed", "false")
    other.close()


def what_one_does_dice_and_what_is_covered(mara, ana):
    ana.say("/me waves")
    expect(log(mara).locator(".deed-words")).to_have_text(re.compile(r"Ana\s+waves"))
    ana.say("/roll 2d6")
    expect(log(mara).locator(".dice")).to_have_text(re.compile(r"rolled 2d6: \d \+ \d = \d+"))
    ana.say("/spoiler he wakes up")
    covered = log(mara).locator(".spoiler")
    expect(covered).not_to_contain_text("he wakes up", use_inner_text=True)
    covered.locator("summary").click()
    expect(covered).to_contain_text("he wakes up", use_inner_text=True)

    ana.say("/help")
    help_ = ana.page.get_by_role("dialog", name="Commands")
    expect(help_).to_contain_text("/roll")
    expect(help_).not_to_contain_text("/kick")
    ana.page.keyboard.press("Escape")


def a_poll_is_asked_answered_by_keyboard_and_closed(mara, ana):
    mara.say("/poll What next? | Rabbit | Robot")
    poll = log(ana).locator(".poll")
    expect(ana.page.locator("[data-chat-polls]")).to_contain_text("What next?")
    robot = poll.get_by_role("button", name=re.compile("Robot"))
    robot.focus()
    robot.press("Enter")
    expect(robot).to_have_attribute("aria-pressed", "true")
    expect(ana.page.locator("[data-chat-polls]")).to_be_hidden()
    expect(log(mara).get_by_role("button", name="Robot, 1 vote")).to_be_visible()
    expect(log(ana).get_by_role("button", name="Close the poll")).to_have_count(0)
    poll.get_by_role("button", name=re.compile("Rabbit")).click()
    expect(log(mara).get_by_role("button", name="Rabbit, 1 vote")).to_be_visible()
    log(mara).get_by_role("button", name="Close the poll").click()
    expect(log(ana).locator(".poll-foot")).to_contain_text("Closed")
    expect(poll.get_by_role("button")).to_have_count(0)
    expect(ana.page.locator("[data-chat-spoken]")).to_contain_text("Rabbit, 1 of 1.")


def who_steps_away_is_seen_to_be_and_any_touch_brings_them_back(mara, ana):
    mara.say("/away")
    seat = ana.page.locator("[data-dock] [data-member]").filter(has_text="Mara")
    expect(seat).to_contain_text("Away")
    expect(mara.page.get_by_role("button", name="I am back")).to_be_visible()
    expect(mara.page.locator(".toasts")).to_contain_text("nobody waits for you")
    mara.page.keyboard.press("Shift")
    expect(seat).not_to_contain_text("Away")
    expect(mara.page.get_by_role("button", name="I am back")).to_have_count(0)
    mara.page.get_by_role("tab", name="People").click()
    mara.page.get_by_role("button", name="More about Mara").click()
    mara.page.get_by_role("menuitem", name="Step away for a moment").click()
    expect(seat).to_contain_text("Away")
    mara.page.get_by_role("button", name="I am back").click()
    expect(seat).not_to_contain_text("Away")
    mara.page.get_by_role("tab", name="Chat").click()
