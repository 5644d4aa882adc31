"""/api/rooms/ and /api/rooms/{code}/"""

import json

import pytest

from rooms import services
from rooms.models import Membership, Room
from syncwatch.lib.errors import NotFound

URL = "/api/rooms/"


def send(client, verb, url, body):
    """JSON as the standard library writes it, which may hold half a character."""
    return client.generic(verb, url, json.dumps(body), content_type="application/json")


def create(api, user, **body):
    return send(api(user), "POST", URL, {"name": "Film club", **body})


def test_a_room_needs_only_a_name(api, people):
    response = create(api, people.owner)
    assert response.status_code == 201
    body = response.json()
    assert set(body) == {
        "id", "code", "name", "visibility", "control", "locked", "wait", "host", "now_playing",
        "capabilities", "created_at", "slow_mode_s", "new_guest_delay_s", "locked_in",
        "knocks", "seats", "welcome", "address", "temporary", "stand_in", "loop",
    }  # fmt: skip
    assert (body["visibility"], body["control"], body["locked"]) == ("unlisted", "everyone", False)
    assert body["wait"] == {"mode": "off", "grace_ms": 500, "quorum": 1.0, "cap_s": 15}
    assert body["host"]["id"] == str(people.owner.id)
    assert len(body["code"]) == 12
    assert set(body["code"]) <= set("0123456789abcdefghjkmnpqrstvwxyz")
    place = Membership.objects.get()
    assert (place.user, place.role) == (people.owner, "owner")


def test_a_guest_may_open_one(api, people):
    assert create(api, people.guest).status_code == 201


def test_everything_can_be_chosen(api, people):
    chosen = {
        "name": "  Film\u200b  club ", "visibility": "private", "control": "owner",
        "password": " secret ", "wait": {"mode": "on", "cap_s": 30},
    }  # fmt: skip
    body = create(api, people.owner, **chosen).json()
    assert (body["name"], body["visibility"], body["control"]) == ("Film club", "private", "owner")
    assert body["locked"] is True
    assert body["wait"] == {"mode": "on", "grace_ms": 500, "quorum": 1.0, "cap_s": 30}
    assert "secret" not in str(body)
    assert "secret" not in Room.objects.get().password


BAD = [
    {"name": ""}, {"name": "   "}, {"name": None}, {"name": "x" * 81}, {"name": "\u202e"},
    {"name": "\ud800"}, {"name": ["a"]}, {"name": {"a": 1}}, {"visibility": "secret"},
    {"visibility": None}, {"control": "me"}, {"password": "x" * 129}, {"password": None},
    {"wait": "on"}, {"wait": {"mode": "maybe"}}, {"wait": {"grace_ms": 1}},
    {"wait": {"grace_ms": 20_000}}, {"wait": {"quorum": 0}}, {"wait": {"quorum": 1.1}},
    {"wait": {"cap_s": 0}}, {"wait": {"cap_s": 61}}, {"wait": {"other": 1}},
    {"owner": "me"}, {"code": "aaaaaaaaaaaa"}, {"id": "1"},
]  # fmt: skip


@pytest.mark.parametrize("body", BAD)
def test_what_makes_no_sense_opens_no_room(api, people, refusal, body):
    assert refusal(create(api, people.owner, **body)) == (400, "invalid")
    assert not Room.objects.exists()


@pytest.mark.parametrize("body", BAD)
def test_what_makes_no_sense_changes_no_room(api, people, room, refusal, body):
    before = Room.objects.values().get()
    url, changes = f"{URL}{room.code}/", {"control": "owner", **body}
    assert refusal(send(api(people.owner), "PATCH", url, changes)) == (400, "invalid")
    assert Room.objects.values().get() == before


@pytest.mark.parametrize("raw", ["{{{", "null", "[1]", '"a"', '{"name": NaN}', "\xff"])
def test_a_body_that_is_no_object_is_malformed(api, people, refusal, raw):
    response = api(people.owner).post(URL, raw.encode("latin-1"), content_type="application/json")
    assert refusal(response) == (400, "malformed")


def test_the_owner_changes_what_they_like(api, people, room):
    changes = {"name": "Other", "control": "moderators", "visibility": "public",
               "wait": {"grace_ms": 900}}  # fmt: skip
    body = api(people.owner).patch(f"{URL}{room.code}/", changes, format="json").json()
    assert (body["name"], body["control"], body["visibility"]) == ("Other", "moderators", "public")
    assert body["wait"]["grace_ms"] == 900
    assert body["code"] == room.code


def test_a_password_can_be_set_and_taken_away(api, people, room):
    owner, url = api(people.owner), f"{URL}{room.code}/"
    assert owner.patch(url, {"password": "x y"}, format="json").json()["locked"] is True
    assert owner.patch(url, {"name": "A"}, format="json").json()["locked"] is True
    assert owner.patch(url, {"password": ""}, format="json").json()["locked"] is False


def test_members_see_the_room_and_their_place(api, people, room):
    body = api(people.member).get(f"{URL}{room.code}/").json()
    assert body["me"] == {
        "role": "member", "capabilities": ["chat", "control", "invite", "queue", "voice"],
        "rights": [],
    }  # fmt: skip


def test_a_stranger_sees_the_door_alone(api, people, room):
    body = api(people.stranger).get(f"{URL}{room.code}/").json()
    assert set(body) == {
        "code", "name", "host", "head_count", "locked", "locked_in", "asks", "seats", "visibility",
    }  # fmt: skip


def test_the_code_is_read_in_any_case(api, people, room):
    assert api(people.member).get(f"{URL}{room.code.upper()}/").status_code == 200


@pytest.mark.parametrize("code", ["000000000000", "x", "%00", "\u0130" * 12, "a" * 500])
def test_no_such_room(api, people, room, refusal, code):
    assert refusal(api(people.owner).get(f"{URL}{code}/")) == (404, "not_found")


def test_closing_is_for_good_and_twice_is_404(api, people, room, refusal):
    owner, url = api(people.owner), f"{URL}{room.code}/"
    assert owner.delete(url).status_code == 204
    assert refusal(owner.delete(url)) == (404, "not_found")
    assert owner.get(URL).json()["results"] == []


# --- lists ---------------------------------------------------------------------------------


def test_my_rooms_are_those_i_belong_to_the_last_used_first(api, people, room, frozen_clock):
    second = create(api, people.member, name="Second").json()
    create(api, people.stranger, name="Not mine")
    rows = api(people.member).get(URL).json()["results"]
    assert {row["code"] for row in rows} == {second["code"], room.code}
    assert all(row["head_count"] == 0 for row in rows)


def test_a_room_i_left_is_not_mine_any_more(api, people, room):
    member = api(people.member)
    member.post(f"{URL}{room.code}/leave/")
    assert member.get(URL).json()["results"] == []


def test_public_rooms_are_shown_by_their_doors(api, people, room):
    create(api, people.owner, name="Open", visibility="public")
    create(api, people.owner, name="Hidden", visibility="private")
    rows = api(people.stranger).get(f"{URL}?public=1").json()["results"]
    assert [row["name"] for row in rows] == ["Open"]
    assert "id" not in rows[0]


def test_pages_follow_each_other_without_gaps(api, people):
    for number in range(5):
        create(api, people.owner, name=f"Room {number}")
    client, url, seen = api(people.owner), f"{URL}?limit=2", []
    while url:
        page = client.get(url).json()
        seen += [row["code"] for row in page["results"]]
        url = page["next"]
    assert len(seen) == len(set(seen)) == 5


@pytest.mark.parametrize("query", ["limit=0", "limit=-1", "limit=x", "limit=99999", "public=x"])
def test_odd_queries_are_no_fault_of_ours(api, people, room, query):
    assert api(people.owner).get(f"{URL}?{query}").status_code == 200


def test_a_made_up_cursor_is_refused(api, people, refusal):
    assert refusal(api(people.owner).get(f"{URL}?cursor=%00x"))[0] in {400, 404}


@pytest.mark.django_db(transaction=True)
def test_settings_saved_while_the_room_is_closed_do_not_open_it(api, people, room, refusal):
    stale = Room.objects.get(pk=room.pk)
    services.room_close(room=room, by=people.owner)
    with pytest.raises(NotFound):
        services.room_update(room=stale, by=people.owner, changes={"name": "Back again"})
    assert Room.objects.get(pk=room.pk).closed_at


def test_settings_saved_from_an_old_page_change_nothing_else(people, room):
    stale = Room.objects.get(pk=room.pk)
    services.now_playing_set(room_id=str(room.pk), now_playing={"title": "Sintel"})
    services.room_update(room=stale, by=people.owner, changes={"wait": {"mode": "on"}})
    services.room_update(room=stale, by=people.owner, changes={"wait": {"cap_s": 5}})
    kept = Room.objects.get(pk=room.pk)
    assert kept.now_playing == {"title": "Sintel"}
    assert (kept.wait["mode"], kept.wait["cap_s"]) == ("on", 5)
