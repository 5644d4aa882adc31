"""Pages of films: upload and library, one film."""

import re

import pytest
from django.test import Client

from accounts import sessions
from videos.models import State, Video


@pytest.fixture
def visit(db):
    def make(user=None):
        client = Client()
        if user is not None:
            client.cookies["access"] = sessions.session_open(user=user, agent="test").access
        return client

    return make


@pytest.fixture
def film(people):
    return Video.objects.create(owner=people.owner, title="<b>Lock</b>", state=State.UPLOADING)


@pytest.mark.parametrize("path", ["/videos", "/videos/anything"])
def test_strangers_sign_in_first_and_come_back(visit, path):
    assert visit().get(path)["Location"] == f"/login?next={path}"


def test_the_upload_page_knows_how_much_a_file_may_have(visit, people, settings):
    settings.MAX_UPLOAD_BYTES = 12_345
    text = visit(people.guest).get("/videos").content.decode()
    assert 'data-limit="12345"' in text


def test_only_pages_that_upload_know_where_the_upload_library_is(visit, people, film):
    client = visit(people.owner)
    loads = [
        bool(
            re.search(r'<link rel="x-tus" href="[^"]*vendor/tus', client.get(path).content.decode())
        )
        for path in ("/videos", f"/videos/{film.pk}", "/home")
    ]
    assert loads == [True, False, False]


def test_the_owner_sees_the_film_and_its_title_is_only_text(visit, people, film):
    page = visit(people.owner).get(f"/videos/{film.pk}")
    assert page.status_code == 200
    text = page.content.decode()
    assert "&lt;b&gt;Lock&lt;/b&gt;" in text
    assert f'data-one="{film.pk}"' in text


def test_absent_and_foreign_films_look_the_same(visit, people, film):
    answers = [
        visit(people.stranger).get(f"/videos/{film.pk}"),
        visit(people.owner).get("/videos/nonsense"),
    ]
    assert [answer.status_code for answer in answers] == [404, 404]


@pytest.mark.parametrize("path", ["/videos", "/home"])
def test_a_page_brings_no_style_and_no_script_of_its_own(visit, people, path):
    page = visit(people.owner).get(path)
    text = page.content.decode()
    assert " style=" not in text
    assert re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*\bnonce=)", text) == []
    assert "unsafe-inline" not in page["Content-Security-Policy"]
