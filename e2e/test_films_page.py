"""The library of films: what is deleted can be taken back for a moment."""

import re

from playwright.sync_api import expect

from e2e.looks import DESK
from e2e.register.own import settle


def open_library(cast):
    page, mara = cast(viewport=DESK).host()
    film = mara.upload_what_is_no_film()
    page.goto("/videos")
    settle(page)
    expect(page.get_by_role("link", name="Letters")).to_be_visible()
    return page, mara, film


def delete(page):
    page.get_by_role("button", name=re.compile("More about Letters")).click()
    page.get_by_role("menuitem", name="Delete").click()
    expect(page.get_by_role("link", name="Letters")).to_have_count(0)


def test_a_deleted_film_comes_back_by_undo(cast):
    page, mara, film = open_library(cast)
    delete(page)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("link", name="Letters")).to_be_visible()
    page.reload()
    expect(page.get_by_role("link", name="Letters")).to_be_visible()
    assert mara.video(film)["state"] == "failed"


def test_deleted_and_left_it_is_gone(cast):
    page, mara, film = open_library(cast)
    delete(page)
    page.goto("/home")
    mara.wait_until_gone(film)


def test_deleted_on_its_own_page_the_way_back_is_in_the_library(cast):
    page, mara, film = open_library(cast)
    page.goto(f"/videos/{film}")
    settle(page)
    page.get_by_role("button", name="Delete").first.click()
    page.wait_for_url("**/videos")
    expect(page.get_by_role("link", name="Letters")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("link", name="Letters")).to_be_visible()
    assert mara.video(film)["state"] == "failed"
