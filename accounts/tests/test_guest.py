"""POST /api/auth/guest/ and /api/auth/upgrade/"""

import pytest

from accounts import invited
from accounts.models import AuditEntry, RefreshSession, User

GUEST = "/api/auth/guest/"
UPGRADE = "/api/auth/upgrade/"
GOOD = {"username": "gustav", "password": "a-long-enough-one"}


def test_a_guest_needs_only_a_name(api, db):
    response = api()("POST", GUEST, {"display_name": " Gustav  Gans "})
    assert response.status_code == 201
    user = response.json()["user"]
    assert (user["display_name"], user["guest"], user["username"]) == ("Gustav Gans", True, None)
    stored = User.objects.get()
    assert str(stored.id) == user["id"]
    assert not stored.has_usable_password()


def test_two_guests_may_have_one_name(api, db):
    caller = api()
    ids = {caller("POST", GUEST, {"display_name": "G"}).json()["user"]["id"] for _ in range(2)}
    assert len(ids) == 2


@pytest.mark.parametrize(
    "body",
    [
        {}, {"display_name": ""}, {"display_name": "   "}, {"display_name": None},
        {"display_name": 5.5e400 if False else []}, {"display_name": "x" * 41},
        {"display_name": "\u2066\u2069"}, {"display_name": "\ud83d"},
        {"display_name": "G", "is_guest": False},
    ],
)  # fmt: skip
def test_a_name_nobody_could_read_is_refused(api, db, code_of, body):
    response = api()("POST", GUEST, body)
    assert response.status_code == 400
    assert code_of(response) == "invalid"


def test_guests_from_one_address_are_counted(api, db):
    caller = api()
    codes = [caller("POST", GUEST, {"display_name": "G"}).status_code for _ in range(6)]
    assert codes == [201] * 5 + [429]


def test_who_brings_a_valid_invite_is_counted_more_generously(api, db, monkeypatch):
    monkeypatch.setattr(invited, "_checks", [lambda token: token == "good"])
    caller = api()
    body = {"display_name": "G"}
    codes = [caller("POST", GUEST, {**body, "invite": "good"}).status_code for _ in range(8)]
    assert codes == [201] * 8
    codes = [caller("POST", GUEST, {**body, "invite": "bad"}).status_code for _ in range(6)]
    assert codes == [201] * 5 + [429]


def test_an_upgrade_keeps_the_id_and_the_session(api, visitor):
    caller = api(visitor)
    response = caller("POST", UPGRADE, {**GOOD, "email": "g@example.org"})
    assert response.status_code == 200
    user = response.json()["user"]
    assert user["id"] == str(visitor.id)
    assert (user["guest"], user["username"], user["display_name"]) == (False, "gustav", "Gustav")
    assert caller("GET", "/api/auth/me/").json()["guest"] is False
    assert api()("POST", "/api/auth/login/", GOOD).json()["user"]["id"] == str(visitor.id)
    assert AuditEntry.objects.get().action == "account.upgrade"


def test_an_upgrade_closes_what_else_the_guest_had_open(api, visitor):
    here, there = api(visitor), api(visitor)
    refresh = here("POST", UPGRADE, GOOD).json()["refresh"]
    assert there("GET", "/api/auth/me/").status_code == 401
    assert here("GET", "/api/auth/me/").status_code == 200
    assert here("POST", "/api/auth/refresh/", {"refresh": refresh}).status_code == 200
    assert RefreshSession.objects.filter(revoked_at=None).count() == 1


def test_nobody_upgrades_without_signing_in(api, db, code_of):
    response = api()("POST", UPGRADE, GOOD)
    assert response.status_code == 401
    assert code_of(response) == "not_signed_in"


def test_an_account_has_nothing_to_upgrade(api, ana, code_of):
    response = api(ana)("POST", UPGRADE, GOOD)
    assert response.status_code == 409
    assert code_of(response) == "not_a_guest"
    ana.refresh_from_db()
    assert ana.username == "Ana"


def test_a_second_upgrade_changes_nothing(api, visitor):
    caller = api(visitor)
    assert caller("POST", UPGRADE, GOOD).status_code == 200
    assert caller("POST", UPGRADE, {**GOOD, "username": "other"}).status_code == 409
    visitor.refresh_from_db()
    assert visitor.username == "gustav"


def test_a_taken_name_leaves_the_guest_as_they_were(api, visitor, ana, code_of):
    caller = api(visitor)
    response = caller("POST", UPGRADE, {**GOOD, "username": "ANA"})
    assert response.status_code == 409
    assert code_of(response) == "username_taken"
    assert caller("GET", "/api/auth/me/").json()["guest"] is True


def test_a_weak_password_leaves_the_guest_as_they_were(api, visitor):
    caller = api(visitor)
    assert caller("POST", UPGRADE, {**GOOD, "password": "12345678"}).status_code == 400
    assert caller("GET", "/api/auth/me/").json()["guest"] is True
