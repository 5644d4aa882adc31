"""Asking the host for what only the host may do, and the answer by one press."""

from playwright.sync_api import expect

from e2e.watcher import dismiss


def test_who_may_not_asks_and_hears_what_became_of_it(evening):
    """Mara alone holds the remote, her film stands; Ana has come in. In the end Mara is gone."""
    mara = evening.host(film="paused", control="owner")
    ana = evening.guest("Ana")
    expect(ana.page.locator("[data-length]")).to_have_text("1:00")
    for step in (
        the_host_goes_where_one_asked_to_go,
        not_now_is_said_by_the_keyboard_and_heard_in_words,
        one_press_of_the_host_does_it,
        asking_again_before_the_answer_asks_nobody_twice,
        where_nobody_is_here_to_ask_it_is_said_so,
    ):
        step(mara, ana)
        dismiss(ana.page)
        ana.page.locator("main").focus()


def toasts(one):
    return one.page.locator(".toasts")


def question(one):
    return one.page.get_by_role("region", name="Questions")


def ask(one):
    expect(toasts(one)).to_contain_text("Only Mara can give you the remote")
    one.page.get_by_role("button", name="Ask", exact=True).focus()  # a toast waits for who is there
    one.page.keyboard.press("Enter")
    expect(toasts(one)).to_contain_text("You asked Mara to")


def one_press_of_the_host_does_it(mara, ana):
    ana.page.keyboard.press("k")
    ask(ana)
    expect(question(mara)).to_contain_text("Ana asks you to press play")
    mara.page.get_by_role("button", name="Play", exact=True).last.click()
    ana.expect_playing()
    expect(toasts(ana)).to_contain_text("Mara did it for you")
    expect(ana.page.locator("main")).to_be_focused()  # the button that had it is gone
    expect(question(mara)).to_be_empty()
    ana.expect_told("Mara pressed play")
    mara.page.locator("#film").focus()
    mara.page.keyboard.press("k")
    ana.expect_paused()


def the_host_goes_where_one_asked_to_go(mara, ana):
    ana.seek_to(0.5)
    ask(ana)
    expect(question(mara)).to_contain_text("Ana asks you to go to 0:30")
    mara.page.get_by_role("button", name="Go there").click()
    expect(toasts(ana)).to_contain_text("Mara did it for you")
    ana.page.wait_for_function(
        "() => Math.abs(document.querySelector('[data-sync-player]').currentTime - 30) < 1"
    )


def not_now_is_said_by_the_keyboard_and_heard_in_words(mara, ana):
    ana.page.keyboard.press("k")
    ask(ana)
    expect(question(mara)).to_contain_text("Ana")
    mara.page.locator("[data-deck] [data-full]").focus()
    mara.page.keyboard.press("Tab")
    expect(mara.page.get_by_role("button", name="Not now")).to_be_focused()
    mara.page.keyboard.press("Enter")
    expect(toasts(ana)).to_contain_text("Mara says: not now")
    expect(question(mara)).to_be_empty()
    expect(mara.page.locator("#film")).to_be_focused()
    ana.expect_paused()


def asking_again_before_the_answer_asks_nobody_twice(mara, ana):
    ana.page.clock.install()
    ana.page.keyboard.press("k")
    ask(ana)
    ana.page.clock.fast_forward(10_000)
    ana.page.keyboard.press("k")
    expect(toasts(ana)).to_contain_text("You asked Mara already")
    expect(question(mara).locator("[data-ask]")).to_have_count(1)
    ana.page.clock.fast_forward(60_000)
    expect(toasts(ana)).to_contain_text('No answer to "press play" yet')


def where_nobody_is_here_to_ask_it_is_said_so(mara, ana):
    mara.page.close()
    expect(ana.page.locator("[data-member]")).to_have_count(1, timeout=20_000)
    ana.page.keyboard.press("k")
    expect(toasts(ana)).to_contain_text("Only the host controls playback. They are not here")
    expect(ana.page.get_by_role("button", name="Ask", exact=True)).to_have_count(0)
