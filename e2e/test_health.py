"""How the film runs with everybody: one's own numbers live, those of others as they say them."""

import asyncio
import re
import threading
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from bench.delays import MIDDLING, DelayProxy
from e2e.watcher import until

pytestmark = pytest.mark.long
CLOSE = re.compile(r"exactly in step|^\d{1,3} ms (ahead|behind)")


@contextmanager
def far_away(url):
    """The address of a proxy that makes the server's room socket late."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    def run(coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, loop).result(timeout=10)

    proxy = DelayProxy(int(url.rpartition(":")[2]), MIDDLING, seed=1)
    try:
        run(proxy.__aenter__())
        yield proxy.url
    finally:
        run(proxy.__aexit__())
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def fact(row, name):
    """A number of a row, without its unit."""
    value = row.locator("dl > div").filter(has_text=name).locator("dd").inner_text()
    found = re.search(r"[\d.]+", value)
    return float(found[0]) if found else None


def test_the_panel_says_how_it_runs_with_both(evening, stack):
    mara = evening.host(film="playing")
    with far_away(stack.url) as by:
        ana = evening.guest("Ana", by=by)
        for one in (mara, ana):
            one.expect_playing()
            one.expect_in_sync()
        mara.page.locator("[data-sync-state] button").press("Enter")
        panel = mara.page.get_by_role("dialog", name="How it runs with everybody")
        own, other = (
            panel.locator("[data-health-of]").filter(has_text=name) for name in ("You", "Ana")
        )
        until(mara.page, "Ana is far away", lambda: (fact(other, "Round trip") or 0) > 80)
        assert fact(own, "Round trip") < 80
        assert fact(own, "Clock") < 40 < fact(other, "Clock")
        for row in (own, other):
            expect(row).to_contain_text("In sync")
            expect(row.locator("[data-drift]")).to_have_text(CLOSE)
            assert fact(row, "Quality") == fact(own, "Quality")
        unanswered = []

        def hold(route):
            unanswered.append(route)

        mara.page.route("**/health/", hold)
        until(mara.page, "the panel asks again", lambda: unanswered)
        before = own.inner_text()
        until(mara.page, "one's own row is live", lambda: own.inner_text() != before)
        mara.forgive("/health/")
        unanswered[0].abort()
        expect(panel.locator("[data-health-said]")).to_contain_text("No answer")
        mara.page.keyboard.press("Escape")
        expect(mara.page.locator("[data-sync-state] button")).to_be_focused()
