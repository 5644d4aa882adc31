"""POST /api/auth/refresh/: one token, one successor, and what happens to a copied one"""

import threading
import time

import pytest
from django.db import connection

from accounts import services, sessions, suspension
from accounts.models import AuditEntry, RefreshSession, User
from syncwatch.lib import clock
from syncwatch.lib.errors import ApiError

URL = "/api/auth/refresh/"
ME = "/api/auth/me/"


@pytest.fixture
def refresh(api):
    caller = api()
    return lambda token: caller("POST", URL, {"refresh": token})


def knows(api, access):
    return api()("GET", ME, Authorization=f"Bearer {access}").status_code == 200


def test_it_gives_a_new_pair_of_the_same_session(refresh, ana, signed_in, api):
    before = signed_in(ana)
    response = refresh(before.refresh)
    assert response.status_code == 200
    body = response.json()
    assert set(body) == {"access", "refresh", "expires_at"}
    assert body["refresh"] != before.refresh
    assert knows(api, body["access"])
    assert RefreshSession.objects.get().id == before.session.id
    assert response.cookies["refresh"].value == body["refresh"]
    assert response["Cache-Control"] == "no-store"


def test_the_chain_goes_on(refresh, ana, signed_in, frozen_clock):
    token = signed_in(ana).refresh
    for _ in range(5):
        frozen_clock.advance(6 * 86_400_000)  # each time before the seven days are over
        token = refresh(token).json()["refresh"]
    assert RefreshSession.objects.filter(revoked_at=None).count() == 1


def test_after_seven_days_unused_it_is_over(refresh, ana, signed_in, frozen_clock, code_of):
    token = signed_in(ana).refresh
    frozen_clock.advance(7 * 86_400_000)
    response = refresh(token)
    assert response.status_code == 401
    assert code_of(response) == "not_signed_in"


def test_two_tabs_within_ten_seconds_get_the_same_successor(refresh, ana, signed_in, frozen_clock):
    first = signed_in(ana).refresh
    one = refresh(first).json()["refresh"]
    frozen_clock.advance(10_000)
    assert refresh(first).json()["refresh"] == one
    assert RefreshSession.objects.get().revoked_at is None


def test_a_copied_token_used_later_ends_the_whole_family(
    refresh, ana, signed_in, frozen_clock, api
):
    opened = signed_in(ana)
    successor = refresh(opened.refresh).json()
    frozen_clock.advance(10_001)
    assert refresh(opened.refresh).status_code == 401
    assert refresh(successor["refresh"]).status_code == 401, "the thief's line is dead too"
    assert not knows(api, successor["access"])
    row = AuditEntry.objects.get()
    assert (row.action, row.target) == ("session.reuse", str(opened.session.id))


def test_a_token_two_steps_back_is_no_second_tab(refresh, ana, signed_in, api):
    opened = signed_in(ana)
    second = refresh(opened.refresh).json()["refresh"]
    third = refresh(second).json()
    assert refresh(opened.refresh).status_code == 401
    assert not knows(api, third["access"])


def test_reuse_ends_no_other_sign_in_of_the_same_person(refresh, ana, signed_in, frozen_clock, api):
    stolen, other = signed_in(ana), signed_in(ana)
    refresh(stolen.refresh)
    frozen_clock.advance(11_000)
    refresh(stolen.refresh)
    assert knows(api, other.access)


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_get_one_successor(ana, signed_in):
    token = signed_in(ana).refresh
    found, failed = [], []
    start = threading.Barrier(20)

    def go():
        start.wait()
        try:
            found.append(sessions.session_rotate(refresh=token).refresh)
        except Exception as error:  # noqa: BLE001  whatever it is, the test shows it
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=go) for _ in range(20)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert failed == []
    assert len(found) == 20
    assert len(set(found)) == 1
    assert found[0] != token
    row = RefreshSession.objects.get()
    assert row.revoked_at is None
    assert sessions.session_rotate(refresh=found[0]).refresh not in {token, found[0]}


def test_a_refresh_token_opens_no_door_itself(ana, signed_in, api):
    assert not knows(api, signed_in(ana).refresh)


@pytest.mark.parametrize("raw", ["", "abc", "a.b.c", None, 7, ["x"], {"a": 1}, "x" * 3000])
def test_what_is_no_refresh_token_is_refused_in_words(refresh, db, raw, code_of):
    response = refresh(raw)
    assert response.status_code in {400, 401}
    assert code_of(response) in {"invalid", "not_signed_in"}


def test_an_access_token_cannot_be_refreshed(refresh, ana, signed_in, code_of):
    response = refresh(signed_in(ana).access)
    assert response.status_code == 401
    assert code_of(response) == "not_signed_in"


def test_an_unknown_field_is_refused(api, ana, signed_in, code_of):
    body = {"refresh": signed_in(ana).refresh, "remember": True}
    assert code_of(api()("POST", URL, body)) == "invalid"


@pytest.mark.parametrize(
    "fate",
    [
        lambda user: services.account_erase(user=user),
        lambda user: services.account_close(user=user),
        lambda user: suspension.account_suspend(actor=None, user=user),
        lambda user: User.objects.filter(id=user.id).delete(),
        lambda user: User.objects.filter(id=user.id).update(is_active=False),
        lambda user: User.objects.filter(id=user.id).update(deleted_at=clock.now()),
    ],
    ids=["erased", "closed", "suspended", "row gone", "only inactive", "only marked"],
)
def test_who_is_gone_gets_a_clean_401(refresh, ana, signed_in, fate, code_of):
    token = signed_in(ana).refresh
    fate(ana)
    response = refresh(token)
    assert response.status_code == 401
    assert code_of(response) == "not_signed_in"


def test_one_family_may_be_refreshed_thirty_times_a_minute(refresh, ana, bob, signed_in, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "api_write": (1000, 1, 1000)}
    token, began_s, passed = signed_in(ana).refresh, time.monotonic(), 0
    while (response := refresh(token)).status_code == 200:
        token, passed = response.json()["refresh"], passed + 1
    again = (time.monotonic() - began_s) / 2  # Redis counts time, and one is back every 2 s
    assert response.status_code == 429
    assert 30 <= passed <= 31 + again
    assert int(response["Retry-After"]) >= 1
    assert refresh(signed_in(bob).refresh).status_code == 200, "nobody else waits"


def test_without_redis_people_stay_signed_in(refresh, ana, signed_in, settings):
    token = signed_in(ana).refresh
    settings.REDIS_URL = "unix:///nowhere/redis.sock"
    assert refresh(token).status_code == 200


# --- in a browser --------------------------------------------------------------------------


def test_a_page_refreshes_by_cookie_and_gets_no_tokens_to_read(tab, ana):
    caller = tab(ana)
    response = caller("POST", URL)
    assert response.status_code == 200
    assert set(response.json()) == {"expires_at"}
    assert response.cookies["refresh"].value
    assert response.cookies["refresh"]["httponly"]


def test_a_cookie_alone_refreshes_nothing(tab, ana, code_of):
    caller = tab(ana)
    del caller.headers["X-CSRFToken"]
    response = caller("POST", URL)
    assert response.status_code == 403
    assert code_of(response) == "csrf_failed"
    assert RefreshSession.objects.get().previous_jti == ""


def test_nobody_refreshes_with_nothing(tab, db, code_of):
    response = tab()("POST", URL)
    assert response.status_code == 401
    assert code_of(response) == "not_signed_in"


def test_another_sites_page_cannot_refresh(tab, ana, code_of):
    response = tab(ana)("POST", URL, None, Origin="https://evil.example")
    assert response.status_code == 403
    assert code_of(response) == "origin_refused"


def test_the_refusal_of_a_reused_token_says_what_happened(ana, signed_in, frozen_clock):
    token = signed_in(ana).refresh
    sessions.session_rotate(refresh=token)
    frozen_clock.advance(11_000)
    with pytest.raises(ApiError, match="used twice"):
        sessions.session_rotate(refresh=token)
