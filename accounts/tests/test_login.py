"""POST /api/auth/login/"""

import datetime

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher

from accounts.models import User
from accounts.tests.conftest import PASSWORD
from syncwatch.lib import clock

URL = "/api/auth/login/"


@pytest.fixture
def login(api):
    caller = api()
    return lambda username, password=PASSWORD, **headers: caller(
        "POST", URL, {"username": username, "password": password}, **headers
    )


@pytest.mark.parametrize("name", ["Ana", "ana", "ANA"])
def test_name_and_password_sign_in_whatever_the_case_of_the_name(login, ana, name):
    response = login(name)
    assert response.status_code == 200
    assert response.json()["user"]["id"] == str(ana.id)
    assert response.json()["access"]
    assert response.cookies["refresh"].value


@pytest.mark.parametrize("name", ["ana", "nobody", "", "an\u0430", "x" * 90, "%", "an_", "Gustav"])
def test_every_wrong_pair_gets_the_same_words(login, ana, visitor, code_of, name):
    response = login(name or "-", "wrong-password")
    assert response.status_code == 401
    assert code_of(response) == "wrong_credentials"
    assert response.content == login("ana", "also-wrong").content


def test_every_wrong_pair_costs_the_same_work(login, ana, monkeypatch):
    """Counted, not timed: as many hashes for a name nobody has as for a wrong password."""
    hashed = []
    original = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *a: hashed.append(1) or original(*a))

    def cost(name):
        hashed.clear()
        assert login(name, "wrong-password").status_code == 401
        return len(hashed)

    User.objects.create_user("shut", PASSWORD, is_active=False)
    blank = User.objects.create_user("blank", PASSWORD)
    blank.set_unusable_password()
    blank.save()
    assert [cost(name) for name in ("ana", "nobody", "adm\u0131n", "shut", "blank")] == [1] * 5


def test_without_the_password_nobody_learns_that_somebody_is_suspended(login, ana, code_of):
    User.objects.update(is_active=False)
    assert code_of(login("ana", "wrong-password")) == "wrong_credentials"
    assert code_of(login("ana")) == "account_suspended"


def test_fifty_bad_tries_lock_that_address_and_nobody_else(login, ana, code_of):
    answers = [login("ana", f"guess-{number}") for number in range(50)]
    assert [answer.status_code for answer in answers[:5]] == [401] * 5
    assert {answer.status_code for answer in answers[5:]} == {429}
    assert int(answers[-1]["Retry-After"]) >= 1
    assert code_of(answers[-1]) == "rate_limited"
    assert login("ana").status_code == 429, "the right one waits too, or guessing would pay"


def test_the_right_one_from_elsewhere_still_works(login, ana, settings):
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    elsewhere = {"X-Forwarded-For": "203.0.113.9"}
    for number in range(50):
        login("ana", f"guess-{number}", **{"X-Forwarded-For": "203.0.113.8"})
    assert login("ana", **{"X-Forwarded-For": "203.0.113.8"}).status_code == 429
    assert login("ana", **elsewhere).status_code == 200


def test_the_case_of_the_name_gives_no_further_tries(login, ana):
    codes = [login(name, "wrong-password").status_code for name in ["ana", "ANA"] * 3]
    assert codes == [401] * 5 + [429]


def test_many_names_from_one_address_are_counted_too(login, ana, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "login_ip": (3, 60, 3)}
    codes = [login(f"name{number}", "wrong-password").status_code for number in range(4)]
    assert codes == [401] * 3 + [429]


def test_without_redis_nobody_may_guess(login, ana, settings, code_of):
    settings.REDIS_URL = "unix:///nowhere/redis.sock"
    response = login("ana")
    assert response.status_code == 503
    assert code_of(response) == "unavailable"


@pytest.mark.parametrize(
    "body",
    [
        {}, {"username": "ana"}, {"password": PASSWORD}, {"username": None, "password": PASSWORD},
        {"username": "ana", "password": PASSWORD, "remember": True},
        {"username": ["ana"], "password": PASSWORD},
        {"username": "\ud800", "password": PASSWORD}, {"username": "ana", "password": "\ud800"},
        {"username": "a\x00na", "password": PASSWORD},
    ],
)  # fmt: skip
def test_a_malformed_body_is_refused(api, ana, code_of, body):
    response = api()("POST", URL, body)
    assert response.status_code == 400
    assert code_of(response) in {"invalid", "malformed"}


def test_a_form_of_another_site_is_no_json(ana):
    from django.test import Client

    response = Client().post(URL, {"username": "ana", "password": PASSWORD})
    assert response.status_code == 415


def test_a_dead_cookie_does_not_keep_anybody_from_signing_in(login, ana, tab):
    caller = tab()
    caller.client.cookies["access"] = "expired"
    body = {"username": "ana", "password": PASSWORD}
    assert caller("POST", URL, body).status_code == 200


def test_signing_in_within_the_grace_brings_a_closed_account_back(login, ana):
    User.objects.update(deleted_at=clock.now() - datetime.timedelta(days=13))
    assert login("ana").status_code == 200
    ana.refresh_from_db()
    assert ana.deleted_at is None


def test_a_page_can_ask_before_it_brings_the_account_back(api, ana, code_of):
    body = {"username": "ana", "password": PASSWORD, "if_closed": "ask"}
    assert api()("POST", URL, body).status_code == 200, "open accounts need no question"
    User.objects.update(deleted_at=clock.now() - datetime.timedelta(days=13))
    for _ in range(2):
        response = api()("POST", URL, body)
        assert (response.status_code, code_of(response)) == (409, "account_closing")
    ana.refresh_from_db()
    assert ana.deleted_at is not None
    assert not response.cookies.get("access")
    wrong = api()("POST", URL, body | {"password": "wrong-password"})
    assert code_of(wrong) == "wrong_credentials"
    assert code_of(api()("POST", URL, body | {"if_closed": "never"})) == "invalid"


def test_after_the_grace_the_account_is_gone(login, ana, code_of):
    User.objects.update(deleted_at=clock.now() - datetime.timedelta(days=14))
    assert code_of(login("ana")) == "wrong_credentials"


def test_the_right_password_of_a_closed_account_alone_brings_it_back(login, ana):
    User.objects.update(deleted_at=clock.now())
    assert login("ana", "wrong-password").status_code == 401
    ana.refresh_from_db()
    assert ana.deleted_at is not None
