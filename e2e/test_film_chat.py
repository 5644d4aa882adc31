"""The chat bound to the film: who is elsewhere in it is told nothing too early, and can have what
was said beside the film.
"""

import re

from playwright.sync_api import expect

from e2e.watcher import CONDUCTOR, until, watch_apart

# Goes there as soon as the player can; whether it is there.
THERE = """(at) => {
  const { conductor } = globalThis.__syncwatchBench;
  const near = Math.abs(conductor.position() - at) < 0.3;
  if (!near && conductor.player?.ready()) void conductor.seek(at);
  return near;
}"""


def apart(one, at_s):
    """Somebody watches on their own, at another place."""
    watch_apart(one.page)
    move(one, at_s)


def move(one, at_s):
    until(one.page, f"{one.name} is not at {at_s}", lambda: one.page.evaluate(THERE, at_s))


def test_what_lies_ahead_stays_there(evening):
    mara = evening.host(film="paused")
    ana = evening.guest("Ana", script=CONDUCTOR)
    for step in (
        it_is_veiled_until_one_gets_there,
        neither_a_search_nor_the_line_of_an_open_poll_tells_it,
    ):
        ana.expect_in_sync()
        step(mara, ana)


def it_is_veiled_until_one_gets_there(mara, ana):
    apart(ana, 2)
    mara.say("the butterfly dies")
    veil = ana.page.locator(".msg.is-veiled")
    expect(veil).to_contain_text("Said at 0:20")
    expect(ana.page.locator("[data-chat-log]")).not_to_contain_text("butterfly")
    expect(mara.page.locator("[data-chat-log]")).to_contain_text("butterfly")

    # who comes there sees it; who goes back has not watched it yet
    move(ana, 21)
    expect(ana.page.locator("[data-chat-log]")).to_contain_text("the butterfly dies")
    move(ana, 2)
    expect(veil).to_have_count(1)

    # who wants to know all the same presses it
    veil.get_by_role("button", name="Said at 0:20 Show").click()
    expect(ana.page.locator("[data-chat-log]")).to_contain_text("the butterfly dies")
    expect(veil).to_have_count(0)

    # and back with the others, by the same menu
    ana.page.get_by_role("button", name="Sound, quality and speed").click()
    ana.page.get_by_role("menuitem", name="Back in step").click()
    ana.expect_in_sync()


def neither_a_search_nor_the_line_of_an_open_poll_tells_it(mara, ana):
    apart(ana, 2)
    mara.say("/poll Did the moth die? | Yes | No")
    asked = []
    ana.page.on("request", lambda sent: "q=" in sent.url and asked.append(sent.url))
    line = ana.page.locator("[data-chat-polls]")
    expect(line).to_contain_text("Asked further on in the film")
    ana.page.get_by_role("button", name="Search the chat").click()
    ana.page.get_by_role("searchbox").fill("moth")
    found, said = (ana.page.locator(f"[data-{name}]") for name in ("found", "chat-search"))
    # the same words as for what nobody ever said: that it was found would tell what is in it
    expect(said).to_contain_text("Nobody said that here")
    expect(found).to_contain_text("What was said further on in the film is left out")
    expect(found.get_by_role("button")).to_have_count(0)
    assert len(asked) == 1
    assert re.search(r"&item=[0-9a-f-]{36}&to=7(\.|&|$)", asked[0])
    move(ana, 21)
    expect(found).to_contain_text("Did the moth die?")
    expect(said).to_contain_text("1 message")
    expect(line).to_contain_text("Did the moth die?")


def test_beside_the_film_the_chat_comes_as_the_film_comes(evening):
    mara = evening.host(film="paused")
    mara.say("at twenty")
    mara.expect_message("at twenty")
    ana = evening.guest("Ana", script=CONDUCTOR)
    ana.expect_in_sync()
    log = ana.page.locator("[data-chat-log]")
    head = ana.page.get_by_role("radiogroup", name="What the chat shows")
    head.get_by_text("With the film").click()
    expect(log).to_contain_text("at twenty")
    apart(ana, 3)
    expect(log).to_contain_text("Quiet up to here")
    ana.say("mine at three")
    expect(log).to_contain_text("mine at three")

    # what the others say further on waits for its moment, and is counted
    mara.say("still at twenty")
    more = ana.page.get_by_role("button", name=re.compile("1 more said live"))
    expect(more).to_be_visible()
    expect(log).not_to_contain_text("twenty")
    move(ana, 20.5)
    expect(log).to_contain_text("still at twenty")
    expect(more).to_have_count(0)
    words = ana.page.locator("[data-message]").all_inner_texts()
    assert [text.strip() for text in words] == ["mine at three", "at twenty", "still at twenty"]
    move(ana, 1)
    expect(log).to_contain_text("Quiet up to here")

    # the choice stays with the device; and there is a way back
    ana.page.reload()
    ana.expect_live()
    expect(head.get_by_label("With the film")).to_be_checked()
    head.get_by_text("Live").click()
    expect(log).to_contain_text("Mara started Sunday rabbit")
