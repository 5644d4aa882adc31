"""Rights of one person over the API: given, taken, for a time, taken back; and by whom."""

import datetime

import pytest

from rooms import memberships, rights, services, store
from rooms.models import Membership, Right, Room
from rooms.rights import Change
from syncwatch.lib import clock

TEN_MINUTES = {"allowed": True, "for_s": 600}


@pytest.fixture
def room(room):
    """Mara's room, where she alone holds the remote."""
    Room.objects.filter(pk=room.pk).update(control="owner")
    room.refresh_from_db()
    return room


@pytest.fixture
def url(room):
    return lambda target: f"/api/rooms/{room.code}/members/{target.id}/"


@pytest.fixture
def change(api, url):
    """`change(actor, target, **body)`: the response of a PATCH."""
    return lambda actor, target, **body: api(actor).patch(url(target), body, format="json")


@pytest.fixture
def grant(change):
    """`grant(actor, target, capability=…)`: the response of a PATCH of rights."""

    def send(actor, target, **grants):
        return change(actor, target, grants=grants)

    return send


@pytest.fixture
def told(monkeypatch, django_capture_on_commit_callbacks):
    """`told(work)`: what the room hears of members while `work` runs."""
    heard = []
    monkeypatch.setattr(store, "update_sync", lambda code, member: heard.append(member))

    def run(work):
        heard.clear()
        with django_capture_on_commit_callbacks(execute=True):
            work()
        return heard

    return run


def iso(ms_from_now):
    return (clock.now() + datetime.timedelta(milliseconds=ms_from_now)).isoformat()


# --- works ---------------------------------------------------------------------------------


def test_the_remote_for_ten_minutes(grant, people, frozen_clock):
    response = grant(people.owner, people.guest, control=TEN_MINUTES)
    assert response.status_code == 200
    member = response.json()
    ends_ms = clock.server_ms() + 600_000
    assert member["rights"] == [
        {
            "capability": "control",
            "allowed": True,
            "until": ends_ms,
            "by": str(people.owner.id),
            "stands_in": False,
        }
    ]
    assert member["capabilities"] == ["chat", "control", "queue", "voice"]


def test_it_ends_by_itself_whether_or_not_anybody_noticed(api, grant, people, room, frozen_clock):
    grant(people.owner, people.guest, control=TEN_MINUTES)
    frozen_clock.advance(599_999)
    url = f"/api/rooms/{room.code}/"
    assert "control" in api(people.guest).get(url).json()["me"]["capabilities"]
    frozen_clock.advance(1)
    me = api(people.guest).get(url).json()["me"]
    assert "control" not in me["capabilities"]
    assert me["rights"] == []
    assert Right.objects.count() == 1, "the row is still there"


def test_until_somebody_takes_it_back(grant, people):
    assert (
        grant(people.owner, people.guest, control={"allowed": True}).json()["rights"][0]["until"]
        is None
    )
    member = grant(people.owner, people.guest, control=None).json()
    assert member["rights"] == []
    assert "control" not in member["capabilities"]
    assert not Right.objects.exists()


def test_until_a_moment(grant, people, frozen_clock):
    until = iso(90_000)
    member = grant(people.owner, people.guest, voice={"allowed": False, "until": until}).json()
    assert member["rights"][0]["until"] == clock.server_ms() + 90_000
    assert "voice" not in member["capabilities"]


def test_muted_until_is_the_short_way_to_say_it(change, people, frozen_clock):
    member = change(people.owner, people.guest, muted_until=iso(60_000)).json()
    [right] = member["rights"]
    assert (right["capability"], right["allowed"]) == ("chat", False)
    assert "chat" not in member["capabilities"]
    assert change(people.owner, people.guest, muted_until=None).json()["rights"] == []


def test_a_role_and_rights_in_one_call(change, people):
    member = change(
        people.owner, people.guest, role="member", grants={"control": {"allowed": True}}
    ).json()
    assert (member["role"], "control" in member["capabilities"]) == ("member", True)


def test_all_of_a_call_or_nothing(change, grant, cast, people):
    before = grant(people.owner, people.guest, voice={"allowed": False}).json()
    assert before["rights"]
    response = change(
        cast["moderator"], people.guest, role="member",
        grants={"chat": {"allowed": False}, "settings": {"allowed": True}},
    )  # fmt: skip
    assert response.status_code == 403
    place = Membership.objects.get(user=people.guest)
    assert place.role == "guest"
    assert [right.capability for right in place.rights.all()] == ["voice"]


def test_what_the_role_says_anyway_is_not_kept_without_an_end(grant, people):
    grant(people.owner, people.guest, chat={"allowed": True}, control={"allowed": False})
    assert not Right.objects.exists()
    grant(people.owner, people.guest, chat={"allowed": False})
    grant(people.owner, people.guest, chat={"allowed": True})
    assert not Right.objects.exists(), "a mute is over"


def test_the_same_again_changes_nothing_and_tells_nobody(grant, people, told, frozen_clock):
    deny = {"allowed": False, "until": iso(60_000)}
    [member] = told(lambda: grant(people.owner, people.guest, chat=deny))
    assert member["rights"][0]["capability"] == "chat"
    assert told(lambda: grant(people.owner, people.guest, chat=deny)) == []
    assert len(told(lambda: grant(people.owner, people.guest, chat=None))) == 1
    assert told(lambda: grant(people.owner, people.guest, chat=None)) == []


def test_again_for_a_time_starts_the_time_anew(grant, people, frozen_clock):
    grant(people.owner, people.guest, control=TEN_MINUTES)
    frozen_clock.advance(300_000)
    member = grant(people.owner, people.guest, control=TEN_MINUTES).json()
    assert [right["until"] for right in member["rights"]] == [clock.server_ms() + 600_000]


def test_everybody_sees_who_has_what(api, grant, people, room):
    grant(people.owner, people.guest, control={"allowed": True})
    rows = api(people.member).get(f"/api/rooms/{room.code}/members/").json()["results"]
    assert {row["role"]: len(row["rights"]) for row in rows} == {
        "owner": 0, "member": 0, "guest": 1,
    }  # fmt: skip


# --- who may not ---------------------------------------------------------------------------


def test_nobody_and_strangers(api, grant, url, people, refusal):
    response = api().patch(url(people.guest), {"grants": {"chat": None}}, format="json")
    assert refusal(response) == (401, "not_signed_in")
    assert refusal(grant(people.stranger, people.guest, chat=None)) == (403, "not_a_member")


@pytest.mark.parametrize("actor", ["member", "guest"])
def test_members_and_guests_give_nothing(grant, cast, refusal, actor):
    response = grant(cast[actor], cast["target"], control=TEN_MINUTES)
    assert refusal(response) == (403, "no_moderate")
    assert "Mara (host)" in response.json()["error"]["message"]


def test_a_moderator_gives_the_remote_that_the_room_keeps_from_them(grant, cast):
    member = grant(cast["moderator"], cast["target"], control=TEN_MINUTES).json()
    assert "control" in member["capabilities"]


@pytest.mark.parametrize("target", ["owner", "moderator"])
@pytest.mark.parametrize("allowed", [True, False])
def test_nobody_touches_their_equals_or_better(grant, cast, refusal, target, allowed):
    response = grant(cast["moderator"], cast[target], voice={"allowed": allowed})
    assert refusal(response) == (403, "forbidden")


@pytest.mark.parametrize("capability", ["moderate", "settings"])
@pytest.mark.parametrize("grant_in", [{"allowed": True}, {"allowed": False}, None])
def test_the_owners_two_are_the_owners(grant, cast, refusal, capability, grant_in):
    refused = grant(cast["moderator"], cast["target"], **{capability: grant_in})
    assert refusal(refused) == (403, "forbidden")
    assert grant(cast["owner"], cast["target"], **{capability: grant_in}).status_code == 200


def test_who_was_denied_something_cannot_give_it(grant, cast, refusal):
    grant(cast["owner"], cast["moderator"], voice={"allowed": False})
    response = grant(cast["moderator"], cast["target"], voice={"allowed": True, "for_s": 60})
    assert refusal(response) == (403, "forbidden")


def test_a_moderator_without_that_right_manages_nobody(grant, api, cast, refusal, url):
    grant(cast["owner"], cast["moderator"], moderate={"allowed": False})
    assert refusal(grant(cast["moderator"], cast["target"], chat=None)) == (403, "no_moderate")
    assert api(cast["moderator"]).delete(url(cast["target"])).status_code == 403


def test_a_right_opens_the_door_it_names(api, grant, cast, room):
    at = f"/api/rooms/{room.code}/"
    assert api(cast["guest"]).post(f"{at}invites/").status_code == 403
    grant(cast["owner"], cast["guest"], invite={"allowed": True}, settings={"allowed": True})
    made = api(cast["guest"]).post(f"{at}invites/")
    assert (made.status_code, made.json()["role"]) == (201, "guest")
    assert api(cast["guest"]).patch(at, {"name": "Ilya's"}, format="json").status_code == 200


# --- malformed -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        {}, {"grants": {}}, {"grants": None}, {"grants": []}, {"grants": "control"},
        {"grants": {"fly": {"allowed": True}}}, {"grants": {"control": True}},
        {"grants": {"control": {}}}, {"grants": {"control": {"allowed": None}}},
        {"grants": {"control": {"allowed": 1}}}, {"grants": {"control": {"allowed": "true"}}},
        {"grants": {"control": {"allowed": True, "for_s": 0}}},
        {"grants": {"control": {"allowed": True, "for_s": 86_401}}},
        {"grants": {"control": {"allowed": True, "for_s": 1.5}}},
        {"grants": {"control": {"allowed": True, "for_s": None}}},
        {"grants": {"control": {"allowed": True, "until": 5}}},
        {"grants": {"control": {"allowed": True, "until": "soon"}}},
        {"grants": {"control": {"allowed": True, "until": "2999-01-01T00:00Z", "for_s": 5}}},
        {"grants": {"control": {"allowed": True, "until": "2001-01-01T00:00:00Z"}}},
        {"grants": {"control": {"allowed": True, "why": "so"}}},
        {"muted_until": "2001-01-01T00:00:00Z"}, {"muted_until": "x"}, {"muted_until": 7},
        {"muted_until": None, "grants": {"chat": None}},
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_in_words(change, people, refusal, body):
    response = change(people.owner, people.guest, **body)
    assert refusal(response) == (400, "invalid"), body
    assert not Right.objects.exists()


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999"])
def test_numbers_that_are_none_are_refused(api, url, people, number):
    text = f'{{"grants": {{"control": {{"allowed": true, "for_s": {number}}}}}}}'
    response = api(people.owner).patch(url(people.guest), text, content_type="application/json")
    assert response.status_code == 400


# --- coming and going ----------------------------------------------------------------------


def test_who_was_sent_out_has_no_rights_and_gets_none(grant, people, room, refusal):
    grant(people.owner, people.guest, control={"allowed": True})
    owner, guest = (
        Membership.objects.select_related("user", "room").get(user=who)
        for who in (people.owner, people.guest)
    )
    memberships.member_kick(actor=owner, target=guest)
    assert not Right.objects.exists()
    response = grant(people.owner, people.guest, control={"allowed": True})
    assert refusal(response) == (404, "not_found")
    assert "not in the room" in response.json()["error"]["message"]


def test_a_kick_at_the_same_moment_wins(people, room):
    owner, guest = (
        Membership.objects.select_related("user", "room").get(user=who)
        for who in (people.owner, people.guest)
    )
    memberships.member_kick(actor=owner, target=guest)
    from syncwatch.lib.errors import NotFound

    with pytest.raises(NotFound, match="not in the room"):
        rights.rights_set(actor=owner, target=guest, changes=[Change("chat", allowed=False)])
    assert not Right.objects.exists()


def test_leaving_ends_rights(api, grant, people, room):
    grant(people.owner, people.guest, control={"allowed": True})
    api(people.guest).post(f"/api/rooms/{room.code}/leave/")
    assert not Right.objects.exists()


def test_a_new_host_starts_without_old_rights(grant, people, room):
    grant(people.owner, people.member, chat={"allowed": False})
    place = Membership.objects.get(user=people.member)
    services.ownership_transfer(room=room, by=people.owner, to=place)
    assert not Right.objects.exists()


def test_who_gave_it_may_go_and_the_right_stays(grant, cast):
    grant(cast["moderator"], cast["target"], control={"allowed": True})
    cast["moderator"].delete()
    assert Right.objects.get().given_by is None


# --- the end -------------------------------------------------------------------------------


def test_an_end_is_told_once_and_only_what_is_over_goes(grant, people, room, told, frozen_clock):
    grant(people.owner, people.guest, control=TEN_MINUTES, chat={"allowed": False})
    grant(people.owner, people.member, voice={"allowed": False, "for_s": 900})
    frozen_clock.advance(600_000)
    [member] = told(lambda: rights.rights_end(room.code))
    assert member["user"]["id"] == str(people.guest.id)
    assert [right["capability"] for right in member["rights"]] == ["chat"]
    assert {right.capability for right in Right.objects.all()} == {"chat", "voice"}
    assert told(lambda: rights.rights_end(room.code)) == []


def test_one_that_was_made_longer_meanwhile_stays(grant, people, room, told, frozen_clock):
    grant(people.owner, people.guest, control=TEN_MINUTES)
    frozen_clock.advance(599_000)
    grant(people.owner, people.guest, control=TEN_MINUTES)
    frozen_clock.advance(1_000)
    assert told(lambda: rights.rights_end(room.code)) == []
    assert Right.objects.count() == 1


# --- refusals name people ------------------------------------------------------------------


@pytest.fixture
def refused(api, room):
    """`refused(user)`: what they hear who may not change the room."""

    def words(user):
        response = api(user).patch(f"/api/rooms/{room.code}/", {"name": "X"}, format="json")
        assert response.status_code == 403
        return response.json()["error"]["message"]

    return words


def test_what_the_host_alone_can_give_names_the_host_alone(refused, cast):
    assert "Only Mara (host) can let you." in refused(cast["guest"])


def test_few_are_named_and_many_are_not(api, grant, cast, room):
    invite = lambda: api(cast["guest"]).post(f"/api/rooms/{room.code}/invites/").json()  # noqa: E731
    assert "Only Mara (host) or Mo can let you." in invite()["error"]["message"]
    from accounts.models import User

    for name in ("Bo", "Cy"):
        one = User.objects.create_guest(name)
        memberships.place_take(user=one, room=room, role="moderator")
    assert "Only the host or a moderator can let you." in invite()["error"]["message"]


def test_somebody_with_rights_of_their_own_is_named_once(grant, api, cast, room):
    grant(cast["owner"], cast["moderator"], settings={"allowed": True}, voice={"allowed": False})
    message = api(cast["guest"]).post(f"/api/rooms/{room.code}/invites/").json()["error"]["message"]
    assert "Only Mara (host) or Mo can let you." in message


def test_who_cannot_give_it_is_not_named(grant, api, cast, room):
    grant(cast["owner"], cast["moderator"], invite={"allowed": False})
    message = api(cast["guest"]).post(f"/api/rooms/{room.code}/invites/").json()["error"]["message"]
    assert "Only Mara (host) can let you." in message
