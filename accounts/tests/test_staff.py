"""/admin/: absent for everybody but staff, its sign-in alone answers, and not often"""

import pytest
from django.test import Client

from accounts import audit
from accounts.models import AuditEntry, RefreshSession, User
from accounts.tests.conftest import PASSWORD

DOOR = "/admin/login/"


@pytest.fixture
def chief(db):
    return User.objects.create_superuser("chief", PASSWORD)


@pytest.fixture
def desk(chief):
    """A signed-in member of staff."""
    client = Client()
    client.force_login(chief, backend="accounts.backends.StaffBackend")
    return client


@pytest.mark.parametrize("path", ["/admin", "/admin/", "/admin/accounts/user/", "/admin/nothing/"])
def test_it_does_not_exist_for_others(ana, signed_in, path):
    client = Client()
    assert client.get(path).status_code == 404
    client.cookies["access"] = signed_in(ana).access
    assert client.get(path).status_code == 404


def test_a_token_of_staff_does_not_open_it(chief, signed_in):
    client = Client(headers={"Authorization": f"Bearer {signed_in(chief).access}"})
    client.cookies["access"] = signed_in(chief).access
    assert client.get("/admin/").status_code == 404


def test_its_door_answers_the_unsigned(db):
    assert Client().get(DOOR).status_code == 200


def test_staff_sign_in_apart_from_the_site(chief):
    client = Client()
    answer = client.post(DOOR, {"username": "CHIEF", "password": PASSWORD, "next": "/admin/"})
    assert answer.status_code == 302
    assert answer.cookies["staff"]["path"] == "/admin/"
    assert answer.cookies["staff"]["samesite"] == "Strict"
    assert client.get("/admin/").status_code == 200
    assert client.get("/account").status_code == 302, "no sign-in to the site comes with it"


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}])
def test_who_is_no_staff_any_more_is_out_at_the_next_page(desk, chief, change):
    assert desk.get("/admin/").status_code == 200
    User.objects.filter(id=chief.id).update(**change)
    assert desk.get("/admin/").status_code == 404


def test_five_tries_a_minute_from_one_address(chief):
    client = Client()
    codes = [
        client.post(DOOR, {"username": "chief", "password": f"no-{n}"}).status_code
        for n in range(6)
    ]
    assert codes == [200] * 5 + [429]
    answer = client.post(DOOR, {"username": "chief", "password": PASSWORD})
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) >= 1
    assert "Try again in" in answer.content.decode()
    assert client.get(DOOR).status_code == 200


def test_without_redis_staff_wait_too(chief, settings):
    settings.REDIS_URL = "unix:///nowhere/redis.sock"
    answer = Client().post(DOOR, {"username": "chief", "password": PASSWORD})
    assert answer.status_code == 503


@pytest.mark.parametrize("model", ["user", "refreshsession", "auditentry"])
def test_every_list_and_every_row_opens(desk, ana, signed_in, model):
    signed_in(ana)
    audit.record(ana, "test", ana.id)
    assert desk.get(f"/admin/accounts/{model}/").status_code == 200
    newest = {"user": User, "refreshsession": RefreshSession, "auditentry": AuditEntry}[model]
    row = newest.objects.first()
    assert desk.get(f"/admin/accounts/{model}/{row.pk}/change/").status_code == 200
    assert desk.get(f"/admin/accounts/{model}/{row.pk}/delete/").status_code == 403
    assert desk.get(f"/admin/accounts/{model}/add/").status_code == 403


def test_suspending_ends_every_session_and_is_written_down(desk, ana, chief, api):
    caller = api(ana)
    chosen = {"action": "suspend", "_selected_action": [str(ana.id), str(chief.id)],
              "confirmed": "yes"}  # fmt: skip
    desk.post("/admin/accounts/user/", chosen)
    assert caller("GET", "/api/auth/me/").status_code == 401
    chief.refresh_from_db()
    assert chief.is_active, "nobody suspends themselves"
    row = AuditEntry.objects.get(action="account.suspend")
    assert (row.actor_id, row.target) == (chief.id, str(ana.id))
    desk.post("/admin/accounts/user/", {**chosen, "action": "restore"})
    ana.refresh_from_db()
    assert ana.is_active


def test_staff_can_sign_a_device_out(desk, ana, signed_in, api):
    session = signed_in(ana).session
    chosen = {"action": "end", "_selected_action": [str(session.id)], "confirmed": "yes"}
    desk.post("/admin/accounts/refreshsession/", chosen)
    session.refresh_from_db()
    assert session.revoked_at is not None
    assert AuditEntry.objects.get().action == "staff.refreshsession.end"


def test_the_token_ids_stay_out_of_sight(desk, ana, signed_in):
    session = signed_in(ana).session
    page = desk.get(f"/admin/accounts/refreshsession/{session.id}/change/").content.decode()
    assert session.jti not in page


def test_a_password_is_changed_where_it_ends_other_sign_ins(desk, ana):
    assert desk.get("/admin/password_change/")["Location"] == "/account"
    assert desk.post("/admin/password_change/", {"old_password": PASSWORD}).status_code == 302
    assert Client().get("/admin/password_change/").status_code == 404
