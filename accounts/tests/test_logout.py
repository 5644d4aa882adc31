"""POST /api/auth/logout/ and /api/auth/logout-all/: at once, everywhere"""

import pytest

from accounts.models import RefreshSession
from syncwatch.lib import redis

LOGOUT, ALL, ME, REFRESH = (
    "/api/auth/logout/", "/api/auth/logout-all/", "/api/auth/me/", "/api/auth/refresh/",
)  # fmt: skip


def test_the_access_token_is_dead_at_once(api, ana):
    caller = api(ana)
    assert caller("POST", LOGOUT).status_code == 204
    assert caller("GET", ME).status_code == 401


def test_the_refresh_token_is_dead_too(api, ana, signed_in):
    opened = signed_in(ana)
    api()("POST", LOGOUT, Authorization=f"Bearer {opened.access}")
    assert api()("POST", REFRESH, {"refresh": opened.refresh}).status_code == 401


def test_other_sign_ins_go_on(api, ana):
    here, there = api(ana), api(ana)
    here("POST", LOGOUT)
    assert there("GET", ME).status_code == 200


def test_a_refresh_token_alone_is_enough_to_sign_out(api, ana, signed_in):
    opened = signed_in(ana)
    assert api()("POST", LOGOUT, {"refresh": opened.refresh}).status_code == 204
    assert api()("GET", ME, Authorization=f"Bearer {opened.access}").status_code == 401


def test_the_previous_refresh_token_signs_out_as_well(api, ana, signed_in):
    opened = signed_in(ana)
    api()("POST", REFRESH, {"refresh": opened.refresh})
    assert api()("POST", LOGOUT, {"refresh": opened.refresh}).status_code == 204
    assert RefreshSession.objects.get().revoked_at is not None


def test_a_second_logout_is_a_clean_401(api, ana, code_of):
    caller = api(ana)
    caller("POST", LOGOUT)
    response = caller("POST", LOGOUT)
    assert response.status_code == 401
    assert code_of(response) == "not_signed_in"


@pytest.mark.parametrize("body", [{}, {"refresh": "abc"}, {"refresh": 7}])
def test_nobody_can_sign_out_nobody(api, db, body):
    assert api()("POST", LOGOUT, body).status_code in {400, 401}


def test_logout_all_ends_every_sign_in_of_this_person_alone(api, ana, bob):
    here, there, other = api(ana), api(ana), api(bob)
    assert here("POST", ALL).status_code == 204
    assert [caller("GET", ME).status_code for caller in (here, there, other)] == [401, 401, 200]


def test_logout_all_needs_a_sign_in(api, db, code_of):
    assert code_of(api()("POST", ALL)) == "not_signed_in"


def test_the_cookies_go(tab, ana):
    response = tab(ana)("POST", LOGOUT)
    assert response.status_code == 204
    assert {response.cookies[name].value for name in ("access", "refresh")} == {""}
    assert {response.cookies[name]["max-age"] for name in ("access", "refresh")} == {0}


@pytest.mark.parametrize("url", [LOGOUT, ALL])
def test_another_site_cannot_sign_anybody_out(tab, ana, code_of, url):
    caller = tab(ana)
    del caller.headers["X-CSRFToken"]
    response = caller("POST", url)
    assert response.status_code == 403
    assert code_of(response) == "csrf_failed"
    assert caller("GET", ME).status_code == 200


def test_the_row_refuses_even_where_redis_forgot(api, ana):
    caller = api(ana)
    caller("POST", LOGOUT)
    redis.sync().flushall()
    assert caller("GET", ME).status_code == 401


def test_it_works_while_redis_is_away(api, ana, settings):
    caller = api(ana)
    settings.REDIS_URL = "unix:///nowhere/redis.sock"
    assert caller("POST", LOGOUT).status_code == 204
    assert caller("GET", ME).status_code == 401


def test_the_mark_stops_a_token_before_the_database_is_asked(api, ana, signed_in, monkeypatch):
    from accounts import store

    opened = signed_in(ana)
    store.mark_revoked(opened.session.id)
    monkeypatch.setattr("accounts.sessions._live", lambda *_: pytest.fail("the database was asked"))
    response = api()("GET", ME, Authorization=f"Bearer {opened.access}")
    assert response.status_code == 401


def test_open_sockets_are_told_in_every_process(
    api, ana, signed_in, django_capture_on_commit_callbacks, monkeypatch
):
    said = []
    monkeypatch.setattr("accounts.live.bus.publish_sync", lambda *what: said.append(what))
    opened = signed_in(ana)
    with django_capture_on_commit_callbacks(execute=True):
        api()("POST", LOGOUT, Authorization=f"Bearer {opened.access}")
    sid = str(opened.session.id)
    assert said == [("sessions", {"type": "session.revoked", "sid": sid})]
    assert redis.sync().exists(f"revoked:{sid}")
    assert redis.sync().ttl(f"revoked:{sid}") > 15 * 60, "longer than any access token lives"
