"""Pages of the site itself: the start, the API for reading, and those for when all else fails."""

import json
import re

import pytest
from django.test import Client, RequestFactory, override_settings

from accounts import sessions
from syncwatch import errors

pytestmark = pytest.mark.django_db


def foreign_addresses(html):
    """What a browser would load from elsewhere."""
    loaded = re.findall(
        r"""<(?:script|link|img|source|video)\b[^>]*(?:src|href)="([^"]+)\"""", html
    )
    return [address for address in loaded if re.match(r"(?:https?:)?//", address)]


@pytest.mark.parametrize("path", ["/", "/login", "/register", "/api/docs/", "/nowhere"])
def test_a_page_is_whole_and_loads_nothing_from_elsewhere(client, path):
    html = client.get(path).content.decode()
    assert html.startswith("<!doctype html>")
    assert "<title>" in html
    assert 'name="viewport"' in html
    assert '<main id="main"' in html
    assert foreign_addresses(html) == []
    assert not re.search(r"\son\w+=\"|javascript:|\sstyle=\"", html)


def test_the_api_for_reading_reads_the_document_of_this_server(client):
    page = client.get("/api/docs/").content.decode()
    source = re.search(r'data-source="([^"]+)"', page)[1]
    document = client.get(source)
    assert document.status_code == 200
    paths = json.loads(document.content)["paths"]
    assert "post" in paths["/api/auth/guest/"]
    assert "post" in paths["/api/rooms/"]


def modules_of(page):
    """`(import map, what is fetched at once, what runs)` of a page."""
    html = page.content.decode()
    raw = re.search(r'<script type="importmap"[^>]*>(.*?)</script>', html)[1]
    fetched = re.findall(r'<link rel="modulepreload" href="([^"]+)">', html)
    return (
        json.loads(raw)["imports"],
        fetched,
        re.findall(r'<script type="module" src="([^"]+)"', html),
    )


def test_a_page_names_its_own_modules_and_no_others(client):
    imports, fetched, run = modules_of(client.get("/"))
    assert run == ["/static/js/pages/landing.js", "/static/js/lib/shell.js"]
    assert set(fetched) == set(imports.values()) >= set(run)
    assert not {"lit", "hls.js"} & set(imports)


@pytest.fixture
def room_page(client, room, people):
    """`room_page(**headers)`: the page of Mara's room, as she gets it."""
    client.cookies["access"] = sessions.session_open(user=people.owner, agent="test").access
    return lambda **headers: client.get(f"/r/{room.code}", headers=headers)


def test_a_room_knows_its_player_and_does_not_fetch_it_at_once(room_page):
    imports, fetched, run = modules_of(room_page())
    assert run == ["/static/js/pages/room.js", "/static/js/lib/shell.js"]
    assert imports["hls.js"] not in fetched
    assert {imports["lit"], imports["#words"]} <= set(fetched)


def test_a_page_in_another_language_has_its_words(room_page):
    imports, fetched, _ = modules_of(room_page(**{"accept-language": "de"}))
    assert imports["#words"] == "/static/words/de.js"
    assert imports["#words"] in fetched


def test_what_is_not_there_is_said_in_a_page_for_people(client):
    answer = client.get("/nowhere")
    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith("text/html")


def test_what_is_not_there_is_said_in_json_to_programs(client):
    answer = client.get("/api/nowhere/")
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "not_found"


def test_a_form_without_its_token_is_answered_by_our_page():
    answer = Client(enforce_csrf_checks=True).post("/logout")
    assert answer.status_code == 403
    assert "This is not open to you" in answer.content.decode()


def test_a_fault_of_ours_has_a_page_that_needs_nothing():
    request = RequestFactory().get("/")
    answer = errors.server_error(request)
    assert answer.status_code == 500
    assert b"<!doctype html>" in answer.content


def test_a_fault_of_ours_is_told_to_programs_without_details():
    answer = errors.server_error(RequestFactory().get("/api/rooms/"))
    assert json.loads(answer.content)["error"]["code"] == "server_error"


@override_settings(ALLOWED_HOSTS=["watch.example.org"])
def test_a_name_that_is_not_ours_is_refused(client):
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400
    assert client.get("/", headers={"host": "watch.example.org"}).status_code == 200
