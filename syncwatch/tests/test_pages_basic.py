"""Pages of the site itself: the start, the API for reading, and those for when all else fails."""

import json
import re

import pytest
from django.test import RequestFactory, override_settings

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


def test_the_import_map_leads_every_module_to_a_file(client):
    page = client.get("/").content.decode()
    raw = re.search(r'<script type="importmap"[^>]*>(.*?)</script>', page)[1]
    imports = json.loads(raw)["imports"]
    assert imports["/static/js/pages/landing.js"].startswith("/static/js/pages/landing")
    assert "lit" in imports
    assert "hls.js" in imports
    assert not any(name.endswith(".test.js") for name in imports)


def test_what_is_not_there_is_said_in_a_page_for_people(client):
    answer = client.get("/nowhere")
    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith("text/html")


def test_what_is_not_there_is_said_in_json_to_programs(client):
    answer = client.get("/api/nowhere/")
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "not_found"


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
