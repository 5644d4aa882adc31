"""The app on a phone: a browser may install it, keeps the page for "out of reach", and no more."""

import json
import re

from playwright.sync_api import expect

from syncwatch import shell

KEPT = """async () => {
  const names = await caches.keys();
  const lists = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  return lists.flat().map(({ url }) => new URL(url).pathname);
}"""
AT_WORK = "() => navigator.serviceWorker.controller !== null"


def test_the_worker_names_files_of_ours_and_one_page(page, stack):
    answer = page.request.get(f"{stack.url}/worker.js")
    assert answer.headers["cache-control"] == "no-cache"
    kept = json.loads(re.match(r"globalThis\.SHELL = (.*);", answer.text())[1])
    assert kept["page"] == "/offline"
    assert len(kept["files"]) >= len(shell.ENTRIES)
    for name in kept["files"]:
        assert re.fullmatch(r"/static/(?:css|icons|img|js)/.+\.[0-9a-f]{12}\.\w+", name), name
        assert page.request.get(stack.url + name).ok, name


def test_out_of_reach_has_a_page_and_nothing_private_is_kept(watcher):
    mara = watcher("Mara")
    mara.start_room()
    mara.say("only for the two of us")
    for path in ("/home", "/videos", "/account"):
        mara.page.goto(path)
        mara.page.wait_for_function(AT_WORK)
    kept = mara.page.evaluate(KEPT)
    assert "/offline" in kept
    assert all(path == "/offline" or path.startswith("/static/") for path in kept), kept

    mara.forgive("ERR_INTERNET_DISCONNECTED")
    mara.page.context.set_offline(True)
    mara.page.goto("/home")
    expect(mara.page.get_by_role("heading", level=1)).to_have_text("The server is out of reach")
    expect(mara.page.locator(".centre-card")).to_have_css("position", "relative")
    mara.page.context.set_offline(False)
    mara.page.get_by_role("link", name="Try again").click()
    expect(mara.page).to_have_url(re.compile("/home$"))
    expect(mara.page.get_by_role("heading", level=1)).not_to_have_text("The server is out of reach")


def test_a_browser_would_install_it(watcher):
    ana = watcher("Ana")
    ana.page.goto("/")
    ana.page.wait_for_function(AT_WORK)
    session = ana.page.context.new_cdp_session(ana.page)
    problems = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    # Playwright's contexts are windows without history, which no browser installs from.
    left = [one["errorId"] for one in problems if one["errorId"] != "in-incognito"]
    assert not left, problems
