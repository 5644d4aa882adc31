"""Every page carries its policy and the other headers that keep it safe."""

import re

import pytest

pytestmark = pytest.mark.django_db


def policy_of(answer):
    rules = answer.headers["Content-Security-Policy"].split("; ")
    return {rule.split(" ")[0]: rule.split(" ")[1:] for rule in rules}


def test_a_page_may_run_only_what_carries_its_nonce(client):
    answer = client.get("/")
    policy = policy_of(answer)
    (nonce,) = [word[7:-1] for word in policy["script-src"] if word.startswith("'nonce-")]
    assert policy["script-src"] == ["'self'", f"'nonce-{nonce}'"]
    inline = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", answer.content.decode())
    assert inline
    assert all(f'nonce="{nonce}"' in tag for tag in inline)


def test_a_nonce_is_used_once(client):
    assert policy_of(client.get("/"))["script-src"] != policy_of(client.get("/"))["script-src"]


def test_nothing_else_is_allowed_that_was_not_asked_for(client):
    policy = policy_of(client.get("/"))
    assert policy["default-src"] == ["'none'"]
    assert policy["style-src"] == ["'self'"]
    assert policy["connect-src"] == ["'self'"]
    assert policy["media-src"] == ["'self'", "blob:"]
    assert policy["frame-ancestors"] == policy["base-uri"] == policy["object-src"] == ["'none'"]
    assert policy["form-action"] == ["'self'"]


def test_only_room_pages_may_reach_films_outside_and_only_when_that_is_on(client, settings):
    outside = policy_of(client.get("/r/abcdefghjkmn"))
    assert outside["media-src"] == ["'self'", "blob:", "https:"]
    assert outside["connect-src"] == ["'self'", "https:"]
    assert outside["frame-src"] == ["https://www.youtube-nocookie.com"]
    assert policy_of(client.get("/"))["frame-src"] == ["'none'"]
    settings.EXTERNAL_SOURCES = False
    assert policy_of(client.get("/r/abcdefghjkmn"))["frame-src"] == ["'none'"]
    assert policy_of(client.get("/r/abcdefghjkmn"))["media-src"] == ["'self'", "blob:"]


def test_films_behind_a_cdn_are_allowed_from_there(client, settings):
    settings.MEDIA_CDN_URL = "https://cdn.example.org"
    policy = policy_of(client.get("/"))
    assert "https://cdn.example.org" in policy["media-src"]
    assert "https://cdn.example.org" in policy["img-src"]


def test_a_page_is_neither_framed_nor_guessed_nor_kept(client):
    headers = client.get("/").headers
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "microphone=(self)" in headers["Permissions-Policy"]
    assert headers["Cache-Control"] == "no-store"


def test_over_tls_browsers_are_told_to_stay_there(client, settings):
    settings.SECURE_HSTS_SECONDS, settings.SECURE_SSL_REDIRECT = 31_536_000, True
    assert client.get("/").status_code == 301
    answer = client.get("/", secure=True)
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_the_api_carries_the_headers_too(client):
    headers = client.get("/api/schema/").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
