"""Cookies, CSRF and Origin: what a page of ours may do, and another site's may not"""

import pytest

from accounts import origin
from accounts.tests.conftest import PASSWORD

ME = "/api/auth/me/"
LOGIN = "/api/auth/login/"
BODY = {"username": "ana", "password": PASSWORD}
ORIGINS = [
    ("http://testserver", True),
    ("http://TESTSERVER", True),
    ("http://testserver:80", True),
    ("https://testserver", False),
    ("http://testserver:8000", False),
    ("http://sub.testserver", False),
    ("http://testserver.evil.example", False),
    ("http://eviltestserver", False),
    ("http://user@testserver.evil.example", False),
    ("https://evil.example", False),
    ("null", False),
    ("", False),
    ("file://", False),
    ("http://[::1", False),
    ("http://testserver, https://evil.example", False),
]


@pytest.mark.parametrize(("sent", "ours"), ORIGINS)
def test_signing_in_is_for_pages_of_this_site(api, ana, code_of, sent, ours):
    response = api()("POST", LOGIN, BODY, Origin=sent)
    assert response.status_code == (200 if ours else 403)
    if not ours:
        assert code_of(response) == "origin_refused"
        assert not response.cookies


@pytest.mark.parametrize("path", ["register/", "guest/", "login/", "refresh/"])
def test_every_open_door_looks_at_the_origin(api, db, path, code_of):
    response = api()("POST", f"/api/auth/{path}", {}, Origin="https://evil.example")
    assert code_of(response) == "origin_refused"


def test_a_client_without_a_browser_sends_no_origin(api, ana):
    assert api()("POST", LOGIN, BODY).status_code == 200


def test_the_operator_may_list_another_site(api, ana, settings):
    settings.CORS_ALLOWED_ORIGINS = ["https://app.example"]
    assert api()("POST", LOGIN, BODY, Origin="https://app.example").status_code == 200
    assert api()("POST", LOGIN, BODY, Origin="https://app.example.evil").status_code == 403


def test_the_public_address_counts_behind_a_proxy_that_renames_the_host(settings):
    settings.PUBLIC_URL = "https://watch.example"
    assert origin.is_same("https://watch.example", "10.0.0.7:8000", secure=False)
    assert not origin.is_same("http://watch.example", "10.0.0.7:8000", secure=False)


@pytest.mark.parametrize(
    ("headers", "host"),
    [
        ({"host": "testserver"}, "testserver"),
        ({"host": "evil.example"}, ""),
        ({"host": "testserver, evil.example"}, ""),
        ({"host": "a b"}, ""),
        ({}, ""),
    ],
)
def test_a_host_that_nobody_allowed_makes_no_origin_the_same(settings, headers, host):
    settings.ALLOWED_HOSTS = ["testserver"]
    assert origin.host_of(headers) == host


# --- who speaks: cookie or header ----------------------------------------------------------


def test_reading_by_cookie_needs_no_csrf_token(tab, ana):
    caller = tab(ana)
    del caller.headers["X-CSRFToken"]
    assert caller("GET", ME).status_code == 200


@pytest.mark.parametrize("token", [None, "", "d" * 32, "\u00fc"])
def test_writing_by_cookie_needs_the_right_one(tab, ana, token, code_of):
    caller = tab(ana)
    caller.headers.pop("X-CSRFToken")
    if token is not None:
        caller.headers["X-CSRFToken"] = token
    response = caller("PATCH", ME, {"theme": "dark"})
    assert response.status_code == 403
    assert code_of(response) == "csrf_failed"


def test_the_right_one_writes(tab, ana):
    assert tab(ana)("PATCH", ME, {"theme": "dark"}).status_code == 200


def test_a_bearer_token_needs_none(api, ana):
    assert api(ana)("PATCH", ME, {"theme": "dark"}).status_code == 200


def test_if_both_come_the_header_wins(tab, ana, bob, signed_in):
    caller = tab(ana)
    caller.token = signed_in(bob).access
    assert caller("GET", ME).json()["username"] == "bob"


def test_a_bad_header_is_no_reason_to_look_at_the_cookie(tab, ana):
    caller = tab(ana)
    caller.token = "forged"
    assert caller("GET", ME).status_code == 401


def test_another_scheme_in_the_header_belongs_to_a_proxy(tab, ana):
    assert tab(ana)("GET", ME, Authorization="Basic dXNlcjpwYXNz").status_code == 200


def test_an_answer_to_one_person_is_kept_from_shared_caches(tab, ana):
    assert "Cookie" in tab(ana)("GET", ME)["Vary"]


def test_under_tls_a_planted_plain_cookie_is_not_looked_at(tab, ana, settings):
    caller = tab(ana)
    settings.SERVED_OVER_TLS = True
    assert caller("GET", ME).status_code == 401


def test_signing_in_changes_the_csrf_token(tab, ana):
    caller = tab()
    assert caller("POST", LOGIN, BODY).cookies["csrftoken"].value not in {"", "c" * 32}


def test_signing_in_by_page_hides_the_tokens(tab, ana):
    assert set(tab()("POST", LOGIN, BODY).json()) == {"user", "expires_at"}
