"""GET /api/auth/export/, and what is left of a person after the days of grace"""

import datetime
import json

import pytest
from django.contrib.auth.models import Group

from accounts import own_data, services, tasks
from accounts.models import AuditEntry, RefreshSession, User
from syncwatch.lib import clock

URL = "/api/auth/export/"


def test_it_is_a_file_with_everything_about_me(api, ana, monkeypatch):
    part = own_data.Part(export=lambda user: [user.display_name], erase=lambda user: None)
    monkeypatch.setitem(own_data._parts, "things", part)
    response = api(ana)("GET", URL)
    assert response.status_code == 200
    assert "attachment" in response["Content-Disposition"]
    assert response["Cache-Control"] == "no-store"
    body = response.json()
    assert body["account"]["username"] == "Ana"
    assert len(body["sessions"]) == 1
    assert body["things"] == ["Ana"]


def test_it_holds_no_secrets_and_nobody_else(api, ana, bob, signed_in):
    opened = signed_in(ana)
    text = json.dumps(api(ana)("GET", URL).json())
    for secret in (opened.session.jti, ana.password, "bob", str(bob.id)):
        assert secret not in text


def test_nobody_exports_nothing(api, db, code_of):
    assert code_of(api()("GET", URL)) == "not_signed_in"


def long_closed(user):
    over = clock.now() - datetime.timedelta(days=14)
    User.objects.filter(id=user.id).update(deleted_at=over)


def test_after_the_grace_nothing_names_the_person(ana, signed_in, monkeypatch):
    erased = []
    part = own_data.Part(export=lambda user: None, erase=erased.append)
    monkeypatch.setitem(own_data._parts, "things", part)
    signed_in(ana)
    ana.groups.add(Group.objects.create(name="g"))
    long_closed(ana)
    tasks.sweep()
    ana.refresh_from_db()
    assert (ana.username, ana.display_name, ana.email) == (None, "Erased person", "")
    assert (ana.is_active, ana.is_staff, ana.has_usable_password()) == (False, False, False)
    assert not ana.groups.exists()
    assert not RefreshSession.objects.exists()
    assert erased == [ana]
    assert AuditEntry.objects.get(action="account.erase").target == str(ana.id)


def test_the_sweep_is_repeatable_and_leaves_the_living_alone(ana, bob, visitor):
    long_closed(ana)
    tasks.sweep()
    tasks.sweep()
    bob.refresh_from_db()
    visitor.refresh_from_db()
    assert AuditEntry.objects.filter(action="account.erase").count() == 1
    assert (bob.username, visitor.display_name) == ("bob", "Gustav")


def test_within_the_grace_nothing_is_erased(ana):
    services.account_close(user=ana)
    tasks.sweep()
    ana.refresh_from_db()
    assert ana.username == "Ana"


def test_a_closed_guest_is_erased_too(visitor):
    long_closed(visitor)
    tasks.sweep()
    visitor.refresh_from_db()
    assert (visitor.display_name, visitor.is_guest) == ("Erased person", False)


def test_an_erased_name_is_free_again(api, ana):
    services.account_erase(user=ana)
    body = {"username": "Ana", "password": "a-long-enough-one"}
    assert api()("POST", "/api/auth/register/", body).status_code == 201


def test_an_app_that_fails_half_way_leaves_the_person_for_the_next_sweep(ana, monkeypatch):
    def fail(user):
        raise OSError("the bucket is away")

    monkeypatch.setitem(own_data._parts, "films", own_data.Part(lambda user: None, fail))
    long_closed(ana)
    with pytest.raises(OSError, match="bucket"):
        tasks.sweep()
    assert services.accounts_due() == [ana]
