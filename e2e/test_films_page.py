"""The library of films: its pictures and titles, what failed, and what is deleted for a moment."""

import json
import re

import pytest
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


@pytest.mark.long
def test_a_film_gets_another_poster_and_another_title(cast):
    people = cast(viewport=DESK)
    page, mara = people.host()
    film = people.with_film(mara)
    page.goto(f"/videos/{film}")
    settle(page)
    frames = page.get_by_role("group", name="Poster").get_by_role("button")
    expect(frames).to_have_count(len(mara.video(film)["posters"]))
    other = frames.and_(page.locator("[aria-pressed=false]")).last
    address = other.locator("img").get_attribute("src")
    other.click()
    expect(page.locator("[data-screen] img")).to_have_attribute("src", address)
    expect(frames.and_(page.locator("[aria-pressed=true]"))).to_have_count(1)

    page.goto("/videos")
    settle(page)
    frame = address.rsplit("/", 1)[-1]
    card = page.locator("sw-film")
    expect(card.locator(".poster img")).to_have_attribute("src", re.compile(re.escape(frame)))
    page.get_by_role("button", name="More about Sunday rabbit").click()
    page.get_by_role("menuitem", name="Rename").click()
    page.get_by_role("dialog").get_by_label("Title").fill("Monday hare")
    page.get_by_role("dialog").get_by_role("button", name="Rename").click()
    expect(card.get_by_role("link", name="Monday hare")).to_be_visible()
    page.reload()
    expect(card.get_by_role("link", name="Monday hare")).to_be_visible()
    expect(card.locator(".poster img")).to_have_attribute("src", re.compile(re.escape(frame)))


def test_a_film_that_failed_says_why_and_is_tried_again(cast):
    """Which failures may be tried again, the tests of `videos` show; here one is held still."""
    page, mara = cast(viewport=DESK).host()
    film = mara.upload_what_is_no_film()
    page.goto("/videos")
    card = page.locator("sw-film")
    expect(card).to_contain_text("Failed")
    expect(card.locator(".film-why")).not_to_be_empty()
    expect(card.get_by_role("button", name="Retry")).to_have_count(0)

    def retryable(route):
        answer = route.fetch()
        films = answer.json()
        films["results"][0]["retryable"] = True
        route.fulfill(response=answer, body=json.dumps(films))

    page.route("**/api/videos/", retryable)
    again = mara.video(film) | {"state": "queued", "error": None, "retryable": False}
    page.route("**/retry/", lambda route: route.fulfill(body=json.dumps(again)))
    page.reload()
    card.get_by_role("button", name="Retry").click()
    expect(page.locator("[data-jobs] article")).to_contain_text("Letters")
    expect(page.locator("[data-jobs] article")).not_to_contain_text("Failed")
