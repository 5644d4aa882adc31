"""Staff in front of a real browser: a report is taken and settled, a room hears an announcement."""

import os
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from e2e import axe
from syncwatch.tests.stack import ROOT

PASSWORD = "correct-horse-7"
# Django's own pages: the glass that labels the search, and tips beside lists of groups.
NOT_OURS = ("label-title-only", "aria-prohibited-attr")


@pytest.fixture
def chief(stack, watcher):
    """A superuser, signed in to /admin/."""
    environment = {
        **os.environ, "SYNCWATCH_DATA": str(stack.data), "DJANGO_SUPERUSER_PASSWORD": PASSWORD,
    }  # fmt: skip
    argv = [sys.executable, "manage.py", "createsuperuser", "--noinput", "--username", "chief"]
    subprocess.run(argv, cwd=ROOT, env=environment, check=False, capture_output=True)
    one = watcher("chief", viewport={"width": 390, "height": 844})
    one.page.goto("/admin/login/")
    one.page.get_by_label("Username").fill("chief")
    one.page.get_by_label("Password").fill(PASSWORD)
    one.page.keyboard.press("Enter")
    expect(one.page.get_by_role("heading", name="Staff")).to_be_visible()
    return one


def is_fine(one):
    """It fits a phone, and axe finds nothing of ours."""
    one.page.wait_for_load_state()
    assert one.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    one.expect_no_complaints()
    found = [line for line in axe.violations(one.page) if not line.startswith(NOT_OURS)]
    assert found == []
    one.complaints.clear()  # what axe itself tried against the page's policy


def test_a_room_hears_what_staff_does(evening, chief):
    mara = evening.host(film="paused")
    ana = evening.guest("Ana")
    a_report_is_settled_and_a_room_hears_staff(mara, ana, chief)
    evening.plan(in_s=86_400, title="Stolen night")
    an_evening_is_called_off_and_its_room_hears_so(mara, chief)


def a_report_is_settled_and_a_room_hears_staff(mara, ana, chief):
    ana.page.get_by_role("tab", name="People").click()
    ana.page.get_by_role("button", name="More about Mara").click()
    ana.page.get_by_role("menuitem", name="Report…").click()
    dialog = ana.page.get_by_role("dialog", name="Report Mara")
    dialog.get_by_label("What is wrong").select_option("spoiler")
    dialog.get_by_role("button", name="Report").click()
    expect(ana.page.locator(".toasts")).to_contain_text("The moderators look at it")

    desk = chief.page
    desk.goto("/admin/chat/report/")
    is_fine(chief)
    desk.locator("#result_list tbody a").first.click()
    expect(desk.get_by_role("button", name="Settle…")).to_be_visible()
    is_fine(chief)
    desk.get_by_role("button", name="Settle…").click()
    expect(desk.get_by_role("button", name="Settle", exact=True)).to_be_visible()
    is_fine(chief)
    desk.get_by_role("button", name="Settle", exact=True).click()
    expect(desk.locator(".messagelist")).to_contain_text("Settled: 1.")
    expect(desk.get_by_role("button", name="Settle…")).to_have_count(0)

    desk.goto("/admin/rooms/room/announce/")
    desk.get_by_label("What to say").fill("Back at <b>nine</b>")
    desk.get_by_role("button", name="Announce", exact=True).click()
    for one in (mara, ana):
        words = "From the people who run this server: Back at <b>nine</b>"
        expect(one.page.locator(".toasts")).to_contain_text(words)


def an_evening_is_called_off_and_its_room_hears_so(mara, chief):
    expect(mara.page.locator("[data-evening]")).to_contain_text("Stolen night")
    desk = chief.page
    desk.goto("/admin/rooms/evening/?state=planned&q=Stolen")
    expect(desk.locator("#result_list tbody tr")).to_have_count(1)
    is_fine(chief)
    desk.locator("#result_list tbody a").first.click()
    expect(desk.get_by_role("button", name="Call off…")).to_be_visible()
    is_fine(chief)
    desk.get_by_role("button", name="Call off…").click()
    expect(desk.get_by_text("It does not take place")).to_be_visible()
    is_fine(chief)
    desk.get_by_label("Reason").fill("Stolen film")
    desk.get_by_role("button", name="Call off").click()
    expect(desk.get_by_text("Called off: 1.")).to_be_visible()
    expect(mara.page.locator("[data-evening]")).to_be_hidden()
    expect(mara.page.locator("[data-chat-log]")).to_contain_text("The evening was called off")
