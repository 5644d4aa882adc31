"""GET, PATCH and DELETE /api/auth/me/"""

import datetime

import pytest

from accounts.models import AuditEntry, RefreshSession
from accounts.tests.conftest import PASSWORD

URL = "/api/auth/me/"


def test_it_shows_the_account_and_nothing_secret(api, ana):
    body = api(ana)("GET", URL).json()
    assert set(body) == {
        "id", "display_name", "guest", "avatar", "username", "email", "language", "theme",
        "presence_shown", "staff", "created_at", "picture",
    }  # fmt: skip
    assert (body["id"], body["username"], body["staff"]) == (str(ana.id), "Ana", False)


@pytest.mark.parametrize("verb", ["GET", "PATCH", "DELETE"])
def test_nobody_is_nobody(api, db, verb, code_of):
    response = api()(verb, URL)
    assert response.status_code == 401
    assert code_of(response) == "not_signed_in"
    assert response["WWW-Authenticate"].startswith("Bearer")


def test_name_language_theme_and_address_can_be_changed(api, ana):
    changes = {"display_name": " Ana  B. ", "email": "a@example.org", "language": "en",
               "theme": "dark"}  # fmt: skip
    caller = api(ana)
    body = caller("PATCH", URL, changes).json()
    assert body["display_name"] == "Ana B."
    assert caller("GET", URL).json() == body
    assert (body["theme"], body["language"], body["email"]) == ("dark", "en", "a@example.org")


def test_the_same_change_twice_is_the_same(api, ana):
    caller = api(ana)
    first = caller("PATCH", URL, {"theme": "light"}).json()
    assert caller("PATCH", URL, {"theme": "light"}).json() == first


def test_no_change_is_fine(api, ana):
    assert api(ana)("PATCH", URL, {}).status_code == 200


def test_a_guest_may_change_their_name(api, visitor):
    assert api(visitor)("PATCH", URL, {"display_name": "G."}).json()["display_name"] == "G."


@pytest.mark.parametrize(
    "changes",
    [
        {"display_name": ""}, {"display_name": "\u202e"}, {"display_name": "x" * 41},
        {"display_name": None}, {"theme": "pink"}, {"language": "xx"}, {"email": "nobody"},
        {"username": "other"}, {"is_staff": True}, {"staff": True}, {"guest": False},
        {"password": "a-long-enough-one"}, {"id": "0"}, {"avatar": 3}, {"picture": "/x"},
    ],
)  # fmt: skip
def test_what_cannot_be_changed_is_refused_and_nothing_changes(api, ana, code_of, changes):
    caller = api(ana)
    before = caller("GET", URL).json()
    response = caller("PATCH", URL, {"theme": "dark", **changes})
    assert response.status_code == 400
    assert code_of(response) == "invalid"
    assert caller("GET", URL).json() == before


# --- closing -------------------------------------------------------------------------------


def test_closing_signs_out_everywhere_and_says_until_when_it_can_be_undone(api, ana):
    caller, other = api(ana), api(ana)
    response = caller("DELETE", URL, {"password": PASSWORD})
    assert response.status_code == 200
    body = response.json()
    deleted = datetime.datetime.fromisoformat(body["deleted_at"])
    until = datetime.datetime.fromisoformat(body["grace_until"])
    assert until - deleted == datetime.timedelta(days=14)
    assert body["recoverable"] is True
    assert [each("GET", URL).status_code for each in (caller, other)] == [401, 401]
    assert not RefreshSession.objects.filter(revoked_at=None).exists()
    assert AuditEntry.objects.get().action == "account.close"
    assert response.cookies["access"].value == ""


@pytest.mark.parametrize("body", [{}, {"password": "wrong-password"}])
def test_closing_asks_for_the_password_again(api, ana, code_of, body):
    caller = api(ana)
    response = caller("DELETE", URL, body)
    assert response.status_code == 403
    assert code_of(response) == "wrong_password"
    assert response.json()["error"]["fields"]["password"]
    assert caller("GET", URL).status_code == 200


def test_a_stolen_session_cannot_guess_the_password_here(api, ana, code_of):
    caller = api(ana)
    codes = [caller("DELETE", URL, {"password": f"no-{n}"}).status_code for n in range(6)]
    assert codes == [403] * 5 + [429]
    assert caller("DELETE", URL, {"password": PASSWORD}).status_code == 429


def test_a_guest_just_goes(api, visitor):
    body = api(visitor)("DELETE", URL).json()
    assert body["recoverable"] is False


def test_an_unknown_field_closes_nothing(api, ana, code_of):
    response = api(ana)("DELETE", URL, {"password": PASSWORD, "now": True})
    assert code_of(response) == "invalid"
    ana.refresh_from_db()
    assert ana.deleted_at is None


def test_names_change_so_often_and_no_more(api, ana, code_of):
    """Each is told to every room and friend of the person."""
    caller = api(ana)

    def rename(name):
        return caller("PATCH", URL, {"display_name": name})

    assert {rename(f"Ana {n}").status_code for n in range(10)} == {200}
    refused = rename("Ana 10")
    assert (refused.status_code, code_of(refused)) == (429, "rate_limited")
    assert rename("Ana 9").status_code == 200, "the same again is no other name"
    assert caller("PATCH", URL, {"theme": "dark"}).status_code == 200
