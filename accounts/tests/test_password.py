"""POST /api/auth/password/"""

import pytest

from accounts.models import AuditEntry
from accounts.tests.conftest import PASSWORD

URL = "/api/auth/password/"
ME = "/api/auth/me/"
NEW = "another-good-one-8"


def change(caller, current=PASSWORD, new=NEW, **more):
    return caller("POST", URL, {"current_password": current, "new_password": new, **more})


def test_it_changes_the_password_and_signs_out_everywhere_else(api, ana):
    here, there = api(ana), api(ana)
    response = change(here)
    assert response.status_code == 200
    assert response.json() == {"sessions_ended": 1}
    assert here("GET", ME).status_code == 200
    assert there("GET", ME).status_code == 401
    login = {"username": "ana", "password": NEW}
    assert api()("POST", "/api/auth/login/", login).status_code == 200
    old = {"username": "ana", "password": PASSWORD}
    assert api()("POST", "/api/auth/login/", old).status_code == 401
    assert AuditEntry.objects.get().action == "account.password"


def test_the_current_one_must_be_right(api, ana, code_of):
    there = api(ana)
    response = change(api(ana), current="wrong-password")
    assert response.status_code == 403
    assert code_of(response) == "wrong_password"
    assert there("GET", ME).status_code == 200


def test_guessing_the_current_one_is_counted(api, ana):
    caller = api(ana)
    codes = [change(caller, current=f"no-{n}").status_code for n in range(6)]
    assert codes == [403] * 5 + [429]


@pytest.mark.parametrize("new", ["short", "password", "1357924680", "x" * 257, "Ana-Ana-Ana"[:3]])
def test_a_weak_new_one_is_refused_by_name(api, ana, new):
    response = change(api(ana), new=new)
    assert response.status_code == 400
    assert response.json()["error"]["fields"]["new_password"]


@pytest.mark.parametrize(
    "body",
    [{}, {"current_password": PASSWORD}, {"new_password": NEW},
     {"current_password": PASSWORD, "new_password": None},
     {"current_password": PASSWORD, "new_password": NEW, "username": "other"}],
)  # fmt: skip
def test_a_malformed_body_changes_nothing(api, ana, body, code_of):
    response = api(ana)("POST", URL, body)
    assert response.status_code == 400
    assert code_of(response) == "invalid"
    ana.refresh_from_db()
    assert ana.check_password(PASSWORD)


def test_a_guest_has_none(api, visitor, code_of):
    response = change(api(visitor), current="")
    assert response.status_code in {400, 403}
    response = change(api(visitor), current="anything")
    assert response.status_code == 403
    assert code_of(response) == "account_needed"


def test_nobody_changes_nothing(api, db, code_of):
    assert code_of(change(api())) == "not_signed_in"
