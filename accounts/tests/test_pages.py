"""Pages: who asks, a fresh token where the old one ran out, and where one goes afterwards"""

import pytest
from django.test import Client

from accounts.models import RefreshSession
from accounts.tests.conftest import PASSWORD

STALE_MS = 15 * 60_000


@pytest.fixture
def visit(signed_in):
    """`visit(user)`: a browser with this person's two cookies."""

    def make(user=None):
        client = Client(enforce_csrf_checks=True)
        if user is not None:
            opened = signed_in(user)
            client.cookies["access"], client.cookies["refresh"] = opened.access, opened.refresh
        return client

    return make


def test_an_expired_access_cookie_is_renewed_on_the_way(visit, ana, frozen_clock):
    client = visit(ana)
    frozen_clock.advance(STALE_MS)
    before = client.cookies["refresh"].value
    response = client.get("/account")
    assert response.status_code == 200
    assert response.cookies["access"].value
    assert response.cookies["refresh"].value != before
    assert response["Cache-Control"] == "no-store"
    assert client.get("/account").cookies.get("access") is None, "the fresh one is used"


def test_two_tabs_that_load_at_once_both_stay_signed_in(visit, ana, frozen_clock):
    one, two = visit(ana), Client()
    two.cookies.update(one.cookies)
    frozen_clock.advance(STALE_MS)
    answers = [one.get("/account"), two.get("/account")]
    assert [each.status_code for each in answers] == [200, 200]
    assert len({each.cookies["refresh"].value for each in answers}) == 1


def test_dead_cookies_are_dropped(visit, ana):
    client = visit(ana)
    RefreshSession.objects.all().delete()
    response = client.get("/account")
    assert response.status_code == 302
    assert response["Location"] == "/login?next=/account"
    assert response.cookies["access"].value == ""
    assert response.cookies["refresh"].value == ""


def test_the_api_never_rotates_by_itself(visit, ana, frozen_clock):
    client = visit(ana)
    frozen_clock.advance(STALE_MS)
    response = client.get("/api/auth/me/")
    assert response.status_code == 401
    assert not response.cookies
    assert RefreshSession.objects.get().previous_jti == ""


def test_a_page_that_asks_nobody_stays_untouched(visit, ana, frozen_clock):
    client = visit(ana)
    frozen_clock.advance(STALE_MS)
    response = client.get("/healthz")
    assert not response.cookies
    assert RefreshSession.objects.get().previous_jti == ""


def test_a_known_page_gives_its_scripts_a_csrf_cookie(visit, ana):
    assert visit(ana).get("/account").cookies["csrftoken"].value


@pytest.mark.parametrize("path", ["/login", "/register"])
def test_whoever_has_an_account_is_let_through_and_a_guest_may_want_one(visit, ana, visitor, path):
    assert visit(ana).get(path)["Location"] == "/home"
    assert visit(visitor).get(path).status_code == 200
    assert visit().get(path).status_code == 200


@pytest.mark.parametrize(
    ("wanted", "goes"),
    [
        ("/r/0123456789ab", "/r/0123456789ab"),
        ("https://evil.example/", "/home"),
        ("//evil.example", "/home"),
        ("\\\\evil.example", "/home"),
        ("javascript:alert(1)", "/home"),
        ("http:///evil.example", "/home"),
        ("", "/home"),
    ],
)
def test_it_never_leads_to_another_site(visit, ana, wanted, goes):
    assert visit(ana).get("/login", {"next": wanted})["Location"] == goes


def test_signing_out_needs_a_post_and_its_token(visit, ana):
    client = visit(ana)
    assert client.get("/logout")["Location"] == "/account"
    assert client.post("/logout").status_code == 403
    token = client.get("/account").cookies["csrftoken"].value
    response = client.post("/logout", headers={"X-CSRFToken": token})
    assert response["Location"] == "/"
    assert response.cookies["access"].value == ""
    assert RefreshSession.objects.get().revoked_at is not None


def test_pages_are_read_only(visit, db):
    client = Client()
    assert [client.post(path).status_code for path in ("/login", "/register", "/account")] == [
        405, 405, 405,
    ]  # fmt: skip


def test_no_page_writes_a_password_down(visit, ana):
    page = visit(ana).get("/account").content.decode()
    assert PASSWORD not in page
    assert ana.password not in page
