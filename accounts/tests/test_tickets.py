"""POST /api/ws-ticket/: one socket for a client that can send neither cookie nor header"""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from accounts import sessions
from syncwatch.lib import redis
from syncwatch.lib.errors import NotSignedIn

URL = "/api/ws-ticket/"


def test_it_is_good_for_one_use(api, ana):
    response = api(ana)("POST", URL)
    assert response.status_code == 201
    assert response["Cache-Control"] == "no-store"
    body = response.json()
    assert body["expires_in"] == 30
    assert sessions.authenticate_ticket(body["ticket"]).user == ana
    with pytest.raises(NotSignedIn):
        sessions.authenticate_ticket(body["ticket"])


def test_of_many_who_use_it_at_once_one_gets_in(api, ana):
    from accounts import store

    ticket = api(ana)("POST", URL).json()["ticket"]
    start = threading.Barrier(10)

    def take(_):
        start.wait()
        return store.ticket_take(ticket)

    with ThreadPoolExecutor(10) as pool:
        taken = [each for each in pool.map(take, range(10)) if each]
    assert len(taken) == 1


def test_it_lives_half_a_minute(api, ana):
    ticket = api(ana)("POST", URL).json()["ticket"]
    assert 28 < redis.sync().ttl(f"ticket:{ticket}") <= 30


def test_it_lives_no_longer_than_the_access_token_behind_it(ana, signed_in, frozen_clock):
    access = sessions.authenticate_token(signed_in(ana).access)
    ticket = sessions.ticket_new(access)
    frozen_clock.advance(15 * 60_000)
    with pytest.raises(NotSignedIn):
        sessions.authenticate_ticket(ticket)


def test_it_dies_with_its_session(ana, signed_in):
    access = sessions.authenticate_token(signed_in(ana).access)
    ticket = sessions.ticket_new(access)
    sessions.session_end(access.session)
    with pytest.raises(NotSignedIn):
        sessions.authenticate_ticket(ticket)


@pytest.mark.parametrize("ticket", ["", "x", "x" * 10_000, "\u00fc", "a\r\nDEL b", "*"])
def test_what_is_no_ticket_opens_nothing(db, ticket):
    with pytest.raises(NotSignedIn):
        sessions.authenticate_ticket(ticket)


def test_nobody_gets_one(api, db, code_of):
    assert code_of(api()("POST", URL)) == "not_signed_in"


def test_without_redis_there_is_none(api, ana, settings, code_of):
    caller = api(ana)
    settings.REDIS_URL = "unix:///nowhere/redis.sock"
    response = caller("POST", URL)
    assert response.status_code == 503
    assert code_of(response) == "unavailable"
    assert response["Retry-After"]


def test_a_cookie_needs_its_csrf_token(tab, ana, code_of):
    caller = tab(ana)
    assert caller("POST", URL).status_code == 201
    del caller.headers["X-CSRFToken"]
    assert code_of(caller("POST", URL)) == "csrf_failed"
