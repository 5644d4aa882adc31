"""GET /api/auth/sessions/ and DELETE /api/auth/sessions/{id}/"""

import pytest

from accounts.models import RefreshSession

URL = "/api/auth/sessions/"
ME = "/api/auth/me/"


def listed(caller):
    return caller("GET", URL).json()["results"]


def test_it_lists_where_i_am_signed_in_and_which_one_this_is(api, ana, bob, signed_in):
    signed_in(ana, "Firefox on a laptop")
    signed_in(bob, "somebody else")
    here = signed_in(ana, "here")
    caller = api()
    caller.token = here.access
    rows = listed(caller)
    assert {row["agent"] for row in rows} == {"Firefox on a laptop", "here"}
    assert [row["agent"] for row in rows if row["current"]] == ["here"]
    assert set(rows[0]) == {
        "id", "agent", "created_at", "last_used_at", "expires_at", "current",
    }  # fmt: skip


def test_ended_and_expired_ones_are_not_listed(api, ana, frozen_clock):
    old = api(ana)
    frozen_clock.advance(8 * 86_400_000)
    ended, here = api(ana), api(ana)
    ended("POST", "/api/auth/logout/")
    assert len(listed(here)) == 1
    assert old("GET", ME).status_code == 401


def test_one_device_can_be_signed_out(api, ana):
    here, there = api(ana), api(ana)
    other = next(row["id"] for row in listed(here) if not row["current"])
    assert here("DELETE", f"{URL}{other}/").status_code == 204
    assert there("GET", ME).status_code == 401
    assert here("GET", ME).status_code == 200


def test_signing_this_device_out_drops_its_cookies(tab, ana):
    caller = tab(ana)
    here = listed(caller)[0]["id"]
    response = caller("DELETE", f"{URL}{here}/")
    assert response.status_code == 204
    assert response.cookies["access"].value == ""
    assert caller("GET", ME).status_code == 401


def test_twice_is_404(api, ana, code_of):
    here, _there = api(ana), api(ana)
    other = next(row["id"] for row in listed(here) if not row["current"])
    here("DELETE", f"{URL}{other}/")
    assert code_of(here("DELETE", f"{URL}{other}/")) == "not_found"


def test_somebody_elses_does_not_exist(api, ana, bob, signed_in, code_of):
    foreign = signed_in(bob).session
    response = api(ana)("DELETE", f"{URL}{foreign.id}/")
    assert response.status_code == 404
    assert code_of(response) == "not_found"
    foreign.refresh_from_db()
    assert foreign.revoked_at is None


@pytest.mark.parametrize(
    "sid", ["0", "not-an-id", "\u0661", "00000000-0000-0000-0000-000000000000"]
)
def test_what_is_no_session_is_404(api, ana, sid, code_of):
    assert code_of(api(ana)("DELETE", f"{URL}{sid}/")) == "not_found"


@pytest.mark.parametrize(("verb", "url"), [("GET", URL), ("DELETE", f"{URL}0/")])
def test_nobody_sees_nothing(api, db, verb, url, code_of):
    assert code_of(api()(verb, url)) == "not_signed_in"


def test_the_agent_is_cut_and_cleaned(ana, signed_in):
    session = signed_in(ana, "Fox\x00\x1b[31m\n" + "x" * 500).session
    assert session.agent.startswith("Fox[31mx")
    assert len(session.agent) == 200


def test_signing_in_forgets_what_ran_out_long_ago(ana, signed_in, frozen_clock):
    signed_in(ana)
    frozen_clock.advance(8 * 86_400_000)
    signed_in(ana)
    assert RefreshSession.objects.count() == 1
