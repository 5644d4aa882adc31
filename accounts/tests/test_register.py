"""POST /api/auth/register/"""

import pytest

from accounts.models import User

URL = "/api/auth/register/"
GOOD = {"username": "Nina", "password": "a-long-enough-one"}


@pytest.fixture
def register(api, db):
    caller = api()
    return lambda body, **headers: caller("POST", URL, body, **headers)


def test_it_makes_an_account_and_signs_in(register, api):
    response = register({**GOOD, "display_name": "Nina S.", "email": "n@example.org"})
    body = response.json()
    assert response.status_code == 201
    assert set(body) == {"user", "access", "refresh", "expires_at"}
    assert body["user"]["display_name"] == "Nina S."
    assert body["user"]["guest"] is False
    assert 1 <= body["user"]["avatar"] <= 12
    me = api()("GET", "/api/auth/me/", Authorization=f"Bearer {body['access']}")
    assert me.json()["username"] == "Nina"
    assert "password" not in str(me.json())


def test_the_cookies_are_out_of_reach_for_scripts(register):
    cookies = register(GOOD).cookies
    for name, age in (("access", 900), ("refresh", 7 * 86400)):
        assert cookies[name]["httponly"]
        assert cookies[name]["samesite"] == "Lax"
        assert cookies[name]["path"] == "/"
        assert cookies[name]["max-age"] == age
        assert not cookies[name]["domain"]
    assert not cookies["access"]["secure"]
    assert cookies["csrftoken"].value


def test_under_tls_the_cookies_are_secure_and_bound_to_the_host(register, settings):
    settings.SERVED_OVER_TLS = True
    cookies = register(GOOD).cookies
    assert cookies["__Host-access"]["secure"]
    assert cookies["__Host-refresh"]["secure"]
    assert "access" not in cookies


def test_a_page_gets_no_tokens_to_read(register):
    response = register(GOOD, **{"X-SyncWatch-Web": "1"})
    assert set(response.json()) == {"user", "expires_at"}
    assert response.cookies["access"].value
    assert response["Cache-Control"] == "no-store"


def test_the_password_is_hashed(register):
    register(GOOD)
    assert GOOD["password"] not in User.objects.get().password


def test_the_display_name_is_the_username_unless_given(register):
    assert register(GOOD).json()["user"]["display_name"] == "Nina"


@pytest.mark.parametrize("name", ["Nina", "nina", "NINA"])
def test_a_name_is_taken_in_whatever_case(register, code_of, name):
    assert register(GOOD).status_code == 201
    again = register({**GOOD, "username": name})
    assert again.status_code == 409
    assert code_of(again) == "username_taken"
    assert again.json()["error"]["fields"]["username"]
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"username": ""}, "username"),
        ({"username": None}, "username"),
        ({"username": "ab"}, "username"),
        ({"username": "x" * 33}, "username"),
        ({"username": "two words"}, "username"),
        ({"username": "nin\u0430"}, "username"),  # a Cyrillic letter that looks Latin
        ({"username": "nina\u202e"}, "username"),
        ({"username": "ni\nna"}, "username"),
        ({"username": "\ud800nina"}, "username"),
        ({"username": ["nina"]}, "username"),
        ({"username": {"$ne": ""}}, "username"),
        ({"password": "short"}, "password"),
        ({"password": "password"}, "password"),
        ({"password": "1357924680"}, "password"),
        ({"password": "nina-nina", "username": "nina-nina"}, "password"),
        ({"password": "x" * 257}, "password"),
        ({"password": "\ud800" * 12}, "password"),
        ({"password": "null\x00in-here"}, "password"),
        ({"email": "not-an-address"}, "email"),
        ({"display_name": "x" * 41}, "display_name"),
        ({"display_name": "\u202e\u200b"}, "display_name"),
        ({"display_name": "\udfff"}, "display_name"),
        ({"is_staff": True}, "is_staff"),
        ({"is_superuser": True}, "is_superuser"),
        ({"id": "0"}, "id"),
    ],
)
def test_what_makes_no_sense_is_refused_and_the_field_is_named(register, code_of, changes, where):
    response = register({**GOOD, **changes})
    assert response.status_code == 400, response.content
    assert code_of(response) == "invalid"
    assert where in response.json()["error"].get("fields", {where: 1})
    assert not User.objects.exists()


@pytest.mark.parametrize("raw", ["", "[]", "nonsense", '{"username": NaN}', '{"a":' * 2000])
def test_a_body_that_is_no_object_is_refused(register, raw):
    assert register(raw.encode()).status_code == 400


def test_hidden_characters_leave_the_display_name(register):
    body = register({**GOOD, "display_name": "\u202eNi\u200bna\x07  S\n"}).json()
    assert body["user"]["display_name"] == "Nina S"


def test_the_sixth_account_from_one_address_has_to_wait(register, code_of):
    for number in range(5):
        assert register({**GOOD, "username": f"nina{number}"}).status_code == 201
    refused = register({**GOOD, "username": "nina5"})
    assert refused.status_code == 429
    assert code_of(refused) == "rate_limited"
    assert int(refused["Retry-After"]) >= 60


def test_other_verbs_are_refused(api, db):
    assert api()("GET", URL).status_code == 405


def test_spaces_around_a_username_are_a_slip_of_the_keyboard(register):
    assert register({**GOOD, "username": " nina\n"}).json()["user"]["username"] == "nina"
