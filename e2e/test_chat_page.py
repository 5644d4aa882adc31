"""The chat as its reader has it: a long one, back through it, at its end, spoken."""

import re

import pytest
from playwright.sync_api import expect

from bench import evening
from e2e.long_room import LENGTH, LongRoom, settled

# More than the whole suite's twelve minutes have room for.
pytestmark = pytest.mark.long

# The first words in sight, and how far below the log's edge they stand.
IN_SIGHT = """() => {
  const log = document.querySelector('[data-chat-log]');
  const edge = log.getBoundingClientRect().top;
  const words = [...log.querySelectorAll('[data-message]')].find(
    (each) => each.getBoundingClientRect().bottom > edge + 8);
  return {id: words.dataset.message, px: words.getBoundingClientRect().top - edge};
}"""
STANDS = """(id) => {
  const log = document.querySelector('[data-chat-log]');
  return log.querySelector(`[data-message="${id}"]`).getBoundingClientRect().top
    - log.getBoundingClientRect().top;
}"""
COUNT = "() => document.querySelectorAll('[data-message], [data-line]').length"
FROM_END = """() => {
  const log = document.querySelector('[data-chat-log]');
  return log.scrollHeight - log.scrollTop - log.clientHeight;
}"""
NUMBERS = """() => [...document.querySelectorAll('[data-message]')].map(
  (each) => Number(/#(\\d+)$/.exec(each.textContent.trim())?.[1]))"""
SOCKET = """([code, frame]) => new Promise((done) => {
  const boot = JSON.parse(document.querySelector('#boot').textContent);
  const socket = new WebSocket(location.origin.replace(/^http/, 'ws')
    + `${boot.ws_path}?v=${boot.protocol}&tab=${crypto.randomUUID()}`);
  socket.onmessage = ({data}) => {
    const {type} = JSON.parse(data);
    if (type === 'room:snapshot') socket.send(JSON.stringify({...frame, ref: 'r'}));
    if (type === 'ack' || type === 'error') { socket.close(); done(type); }
  };
})"""


@pytest.fixture
def new_room(stack):
    """The same without a word in it."""
    room = LongRoom(stack, 0)
    yield room
    room.leave()


def more_come(page, than: int) -> None:
    page.wait_for_function(f"(n) => ({COUNT})() > n", arg=than)
    settled(page)


def to_top(page) -> None:
    page.evaluate("() => { document.querySelector('[data-chat-log]').scrollTop = 0; }")


def all_of_it(page, length: int) -> None:
    for _ in range(length):
        found = page.evaluate(COUNT)
        if found >= length:
            expect(page.get_by_text("Loading older messages")).to_have_count(0)
            settled(page)
            return
        to_top(page)
        more_come(page, found)


def test_history_comes_in_front_without_a_jump_and_without_a_hole(watcher, long_room):
    page = long_room.enter(watcher("Mara"), long_room.mara).page
    expect(page.locator("[data-message]").last).to_be_visible()
    assert page.evaluate(FROM_END) < 1
    seen = page.evaluate(COUNT)
    while seen < LENGTH:
        page.evaluate("() => { document.querySelector('[data-chat-log]').scrollTop = 30; }")
        before = page.evaluate(IN_SIGHT)
        more_come(page, seen)
        expect(page.get_by_text("Loading older messages")).to_have_count(0)
        settled(page)
        assert abs(page.evaluate(STANDS, before["id"]) - before["px"]) < 1, f"jumped at {seen}"
        seen = page.evaluate(COUNT)
    numbers = page.evaluate(NUMBERS)
    wanted = evening.lines(LENGTH, [long_room.mara.id, long_room.ilya.id])
    texts = [i for i, line in enumerate(wanted) if line.get("kind") != "system"]
    assert numbers == texts, "in order, without a hole"


def test_far_back_nothing_moves_while_chunks_come_and_go(watcher, long_room):
    """Through all of it and back, the first words stand where they stood."""
    page = long_room.enter(watcher("Mara"), long_room.mara).page
    all_of_it(page, LENGTH)
    assert page.locator(".chunk.is-resting").count() >= 3
    height = page.evaluate("() => document.querySelector('[data-chat-log]').scrollHeight")
    page.locator("[data-chat-log]").focus()
    page.keyboard.press("End")
    page.wait_for_function(f"() => ({FROM_END})() < 1")
    page.keyboard.press("Home")
    page.wait_for_function("() => document.querySelector('[data-chat-log]').scrollTop === 0")
    settled(page)
    after = page.evaluate("() => document.querySelector('[data-chat-log]').scrollHeight")
    assert abs(after - height) < 1, "a chunk at rest is as high as it was"


def test_words_far_away_can_be_found_and_selected(watcher, long_room):
    page = long_room.enter(watcher("Mara"), long_room.mara).page
    all_of_it(page, LENGTH)
    page.locator("[data-chat-log]").focus()
    page.keyboard.press("End")
    page.wait_for_function(f"() => ({FROM_END})() < 1")
    settled(page)
    assert page.evaluate("() => window.find('#3')"), "find in page reaches what rests"
    said = page.evaluate(
        """() => {
          const all = document.querySelectorAll('[data-message]');
          getSelection().setBaseAndExtent(all[0], 0, all[all.length - 1], 1);
          return getSelection().toString();
        }"""
    )
    numbers = set(re.findall(r"#(\d+)", said))
    assert len(numbers) > LENGTH * 0.85, "a selection holds every message in it"


def test_the_end_is_kept_and_elsewhere_new_words_are_counted(watcher, long_room):
    mara = long_room.enter(watcher("Mara"), long_room.mara)
    ilya = long_room.enter(watcher("Ilya"), long_room.ilya)
    ilya.say("at the end?")
    mara.expect_message("at the end?")
    settled(mara.page)
    assert mara.page.evaluate(FROM_END) < 1
    expect(mara.page.locator("[data-chat-new]")).to_be_hidden()

    mara.page.evaluate("() => { document.querySelector('[data-chat-log]').scrollTop -= 700; }")
    settled(mara.page)
    before = mara.page.evaluate(IN_SIGHT)
    for n in range(5):
        ilya.say(f"unseen {n}")
        mara.expect_message(f"unseen {n}")
    settled(mara.page)
    assert abs(mara.page.evaluate(STANDS, before["id"]) - before["px"]) < 1
    pill = mara.page.locator("[data-chat-new]")
    expect(pill).to_have_text("5 new")
    pill.click()
    expect(pill).to_be_hidden()
    settled(mara.page)
    assert mara.page.evaluate(FROM_END) < 1


def test_messages_are_spoken_by_author_once_and_a_burst_in_one(watcher, new_room):
    room = new_room
    mara = room.enter(watcher("Mara"), room.mara)
    ilya = room.enter(watcher("Ilya"), room.ilya)
    log, spoken = mara.page.locator("[data-chat-log]"), mara.page.locator("[data-chat-spoken]")
    expect(log).to_have_attribute("role", "log")
    expect(log).to_have_attribute("aria-live", "off")
    expect(spoken).to_have_attribute("aria-live", "polite")

    ilya.say("did you hear that?")
    expect(spoken).to_have_text("Ilya: did you hear that?")
    mara.say("my own words")
    mara.expect_message("my own words")
    ilya.say("next")
    expect(spoken).to_have_text("Ilya: next")

    sent = [{"type": "chat:send", "body": f"burst {n}", "nonce": f"burst-{n}"} for n in range(5)]
    for frame in sent:
        assert ilya.page.evaluate(SOCKET, [room.code, frame]) == "ack"
    expect(spoken).to_contain_text("burst 4")
    assert "my own words" not in spoken.inner_text()


def test_a_message_taken_back_leaves_its_place_and_no_words(watcher, new_room):
    room = new_room
    mara = room.enter(watcher("Mara"), room.mara)
    ilya = room.enter(watcher("Ilya"), room.ilya)
    expect(mara.page.get_by_text("Quiet in here")).to_have_count(0)  # who came stands there
    ilya.say("I should not have said that")
    mara.expect_message("I should not have said that")
    name = mara.page.locator("[data-message]").get_attribute("data-message")
    frame = {"type": "chat:delete", "id": name}
    assert ilya.page.evaluate(SOCKET, [room.code, frame]) == "ack"
    expect(mara.page.locator(f'[data-message="{name}"]')).to_have_text("Message deleted")
    expect(mara.page.locator("[data-chat-log]")).not_to_contain_text("should not have")


def test_refused_words_come_back_with_a_reason_and_go_again(watcher, new_room):
    room = new_room
    mara = watcher("Mara")
    refuse = [True]

    def meddle(socket):
        server = socket.connect_to_server()

        def sent(text):
            if '"chat:send"' in text and refuse:
                refuse.clear()
                ref = re.search(r'"ref":("[^"]*"|\d+)', text).group(1)
                socket.send(
                    f'{{"type":"error","ref":{ref},"code":"too_many","message":"no","retry_after":2}}'
                )
            else:
                server.send(text)

        socket.on_message(sent)

    mara.page.route_web_socket(re.compile(r"/ws/"), meddle)
    room.enter(mara, room.mara)
    mara.say("too quick")
    log = mara.page.locator("[data-chat-log]")
    expect(log.get_by_role("alert")).to_contain_text("Try again in 2 s")
    log.get_by_role("button", name="Retry").click()
    mara.expect_message("too quick")
    expect(log.locator("[data-pending]")).to_have_count(0)


def test_who_read_far_back_when_the_line_broke_stays_and_can_load_what_is_missing(
    watcher, long_room
):
    mara = long_room.enter(watcher("Mara"), long_room.mara)
    mara.forgive("ERR_INTERNET_DISCONNECTED")
    page = mara.page
    seen = page.evaluate(COUNT)
    to_top(page)
    more_come(page, seen)
    before = page.evaluate(IN_SIGHT)
    page.context.set_offline(True)
    expect(page.locator("[data-link-state]")).to_contain_text("Offline")
    # more than the server keeps to replay
    long_room.write(560, first=1000, told=560)
    page.context.set_offline(False)
    mara.expect_live(30)

    gap = page.locator("[data-gap]")
    expect(gap).to_contain_text("Older messages are missing")
    settled(page)
    assert abs(page.evaluate(STANDS, before["id"]) - before["px"]) < 1
    for _ in range(12):
        if not gap.count():
            break
        found = page.evaluate(COUNT)
        gap.get_by_role("button", name="Load").click()
        more_come(page, found)
    expect(gap).to_have_count(0)
    numbers = page.evaluate(NUMBERS)
    assert numbers == sorted(numbers)
    people = [long_room.mara.id, long_room.ilya.id]
    later = [i + 1000 for i, line in enumerate(evening.lines(560, people, 1000))
             if line.get("kind") != "system"]  # fmt: skip
    assert [n for n in numbers if n >= 1000] == later, "without a hole"


def test_history_that_does_not_come_says_so_and_can_be_asked_for_again(watcher, long_room):
    mara = watcher("Mara")
    mara.forgive("Failed to load resource")
    page = mara.page
    page.route(re.compile(r"/messages/"), lambda route: route.fulfill(status=500, body="{}"))
    long_room.enter(mara, long_room.mara)
    seen = page.evaluate(COUNT)
    to_top(page)
    expect(page.get_by_text("Older messages did not load.")).to_be_visible()
    page.unroute(re.compile(r"/messages/"))
    page.locator("[data-chat-log]").get_by_role("button", name="Try again").click()
    more_come(page, seen)
    expect(page.get_by_text("Older messages did not load.")).to_have_count(0)


def test_a_time_in_the_words_jumps_there(evening):
    mara = evening.host(film="paused")
    mara.say("his ear at 0:42!")
    mara.expect_message("his ear")
    jump = mara.page.get_by_role("button", name="Jump to 0:42")
    expect(jump).to_have_css("position", "relative")  # in its line, not over the words
    jump.click()
    mara.page.wait_for_function(
        "() => Math.abs(document.querySelector('[data-sync-player]').currentTime - 42) < 0.2"
    )
