"""Invitations: made, shown, taken back, used"""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from accounts.models import User
from rooms import invites
from rooms.models import Invite, Membership, Room
from syncwatch.lib import clock
from syncwatch.lib.errors import ApiError


@pytest.fixture
def make(api, room):
    """`make(user, **body)`: the response to making an invitation."""
    return lambda user, **body: api(user).post(
        f"/api/rooms/{room.code}/invites/", body, format="json"
    )


@pytest.fixture
def accept(api):
    return lambda user, token: api(user).post(f"/api/invites/{token}/accept/")


def test_it_is_a_link_with_a_role(make, people):
    response = make(people.owner)
    assert response.status_code == 201
    body = response.json()
    assert set(body) == {
        "id", "token", "path", "role", "expires_at", "max_uses", "uses", "state", "created_by",
        "created_at",
    }  # fmt: skip
    assert (body["role"], body["state"], body["uses"]) == ("member", "ok", 0)
    assert body["path"] == f"/i/{body['token']}"
    assert len(body["token"]) >= 32, "far more than 60 bits"


@pytest.mark.parametrize(
    ("role", "gives"),
    [
        ("owner", {"moderator", "member", "guest"}),
        ("moderator", {"member", "guest"}),
        ("member", {"member", "guest"}),
    ],
)
def test_nobody_invites_above_themselves(make, cast, role, gives):
    given = {
        each: make(cast[role], role=each).status_code for each in ("moderator", "member", "guest")
    }
    assert {each for each, status in given.items() if status == 201} == gives
    assert set(given.values()) <= {201, 403}


@pytest.mark.parametrize(
    "body",
    [
        {"role": "owner"}, {"role": "king"}, {"role": None}, {"max_uses": 0}, {"max_uses": -1},
        {"max_uses": 10_001}, {"max_uses": "many"}, {"max_uses": 1.5}, {"expires_at": "soon"},
        {"expires_at": 7}, {"token": "mine"}, {"uses": -5},
    ],
)  # fmt: skip
def test_what_makes_no_sense_makes_no_link(make, people, refusal, body):
    assert refusal(make(people.owner, **body)) == (400, "invalid")
    assert not Invite.objects.exists()


def test_members_see_their_own_links_and_moderators_all(api, make, cast, room):
    for role in ("owner", "moderator", "member"):
        make(cast[role])
    counts = {
        role: len(api(cast[role]).get(f"/api/rooms/{room.code}/invites/").json()["results"])
        for role in ("owner", "moderator", "member")
    }
    assert counts == {"owner": 3, "moderator": 3, "member": 1}


def test_a_member_takes_back_their_own(api, make, people, room, refusal):
    link = make(people.member).json()
    url = f"/api/rooms/{room.code}/invites/{link['id']}/"
    assert api(people.member).delete(url).status_code == 204
    assert refusal(api(people.member).delete(url)) == (404, "not_found")
    assert refusal(api(people.stranger).get(f"/api/invites/{link['token']}/")) == (
        410, "invite_revoked",
    )  # fmt: skip


def test_a_link_of_another_room_is_not_here(api, make, people, room, refusal):
    link = make(people.owner).json()
    other = api(people.owner).post("/api/rooms/", {"name": "Other"}, format="json").json()
    response = api(people.owner).delete(f"/api/rooms/{other['code']}/invites/{link['id']}/")
    assert refusal(response) == (404, "not_found")


@pytest.mark.parametrize("invite_id", ["0", "x", "00000000-0000-0000-0000-000000000000"])
def test_what_is_no_link_is_404(api, people, room, refusal, invite_id):
    response = api(people.owner).delete(f"/api/rooms/{room.code}/invites/{invite_id}/")
    assert refusal(response) == (404, "not_found")


# --- the door ------------------------------------------------------------------------------


def test_anybody_with_the_link_sees_the_door_even_of_a_private_room(api, make, people):
    Room.objects.update(visibility="private")
    token = make(people.owner, role="guest").json()["token"]
    body = api().get(f"/api/invites/{token}/").json()
    assert body["role"] == "guest"
    assert set(body["room"]) == {
        "code", "name", "host", "head_count", "locked", "locked_in", "asks", "seats", "visibility",
    }  # fmt: skip


@pytest.mark.parametrize("token", ["x", "a" * 300, "%00", "..%2f", "\u00fc"])
def test_an_unknown_link_is_404(api, db, refusal, token):
    assert refusal(api().get(f"/api/invites/{token}/"))[0] == 404


def test_looking_for_links_is_counted(api, db, refusal):
    client = api()
    answers = [refusal(client.get(f"/api/invites/guess{n}/"))[0] for n in range(11)]
    assert answers == [404] * 10 + [429]


def test_guests_who_bring_an_open_link_are_counted_more_generously(api, make, people):
    link = make(people.owner).json()["token"]
    body = {"display_name": "G", "invite": link}
    codes = [api().post("/api/auth/guest/", body, format="json").status_code for _ in range(7)]
    assert codes == [201] * 7
    Invite.objects.update(max_uses=1, uses=1)
    codes = [api().post("/api/auth/guest/", body, format="json").status_code for _ in range(6)]
    assert codes == [201] * 5 + [429]


@pytest.mark.parametrize("invite", ["a\x00b", "\u00fc", "x" * 128])
def test_a_link_that_is_none_makes_a_guest_like_any_other(api, db, invite):
    body = {"display_name": "G", "invite": invite}
    assert api().post("/api/auth/guest/", body, format="json").status_code in {201, 400}


# --- coming in -----------------------------------------------------------------------------


def test_it_lets_in_with_its_role(make, accept, people, room):
    token = make(people.owner, role="moderator").json()["token"]
    body = accept(people.stranger, token).json()
    assert body["code"] == room.code
    assert body["role"] == "moderator"
    assert "moderate" in body["capabilities"]


def test_it_opens_a_private_and_a_locked_room(api, make, accept, people, room):
    Room.objects.update(visibility="private", password="x")
    token = make(people.owner).json()["token"]
    assert accept(people.stranger, token).status_code == 200
    assert api(people.stranger).get(f"/api/rooms/{room.code}/members/").status_code == 200


def test_twice_is_counted_once(make, accept, people):
    token = make(people.owner, max_uses=1).json()["token"]
    assert [accept(people.stranger, token).status_code for _ in range(2)] == [200, 200]
    assert Invite.objects.get().uses == 1


def test_it_never_makes_anybody_less(make, accept, people):
    token = make(people.owner, role="guest").json()["token"]
    assert accept(people.member, token).json()["role"] == "member"
    assert accept(people.owner, token).json()["role"] == "owner"
    assert Invite.objects.get().uses == 0


def test_it_raises_who_is_in_already(make, accept, people):
    token = make(people.owner, role="member").json()["token"]
    assert accept(people.guest, token).json()["role"] == "member"
    assert Invite.objects.get().uses == 1


def test_when_it_expires_it_is_over_to_the_millisecond(make, accept, people, refusal, frozen_clock):
    ends = clock.now() + timedelta(hours=1)
    token = make(people.owner, expires_at=ends.isoformat()).json()["token"]
    frozen_clock.advance(3_600_000 - 1)
    assert accept(people.stranger, token).status_code == 200
    frozen_clock.advance(1)
    newcomer = User.objects.create_guest("Late")
    assert refusal(accept(newcomer, token)) == (410, "invite_expired")
    assert accept(people.stranger, token).status_code == 200, "who is in stays in"


def test_used_up(make, accept, people, refusal):
    token = make(people.owner, max_uses=1).json()["token"]
    accept(people.stranger, token)
    assert refusal(accept(User.objects.create_guest("Late"), token)) == (410, "invite_used_up")


def test_of_a_closed_room_it_opens_nothing(make, accept, people, refusal):
    token = make(people.owner).json()["token"]
    Room.objects.update(closed_at=clock.now())
    assert refusal(accept(people.stranger, token)) == (410, "invite_revoked")


def test_an_unknown_link_lets_nobody_in(accept, people, refusal):
    assert refusal(accept(people.stranger, "x")) == (404, "not_found")


@pytest.mark.django_db(transaction=True)
def test_of_eight_at_once_two_get_the_two_places(people, room):
    owner = Membership.objects.select_related("user").get(room=room, user=people.owner)
    link = invites.invite_create(room=room, by=owner, max_uses=2)
    crowd = [User.objects.create_guest(f"G{number}") for number in range(8)]
    start, words = threading.Barrier(8), []

    def go(user):
        start.wait()
        try:
            invites.invite_accept(
                user=user, invite=Invite.objects.select_related("room").get(pk=link.pk)
            )
            words.append("in")
        except ApiError as error:
            words.append(error.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=(user,)) for user in crowd]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(words) == ["in"] * 2 + ["invite_used_up"] * 6
    assert Membership.objects.filter(room=room, role="member", ended_at=None).count() == 3
    assert Invite.objects.get().uses == 2


@pytest.mark.django_db(transaction=True)
def test_one_person_by_six_tabs_at_once_takes_one_place(people, room):
    """Whoever taps a link twice is in, once; no tab is told a database's words."""
    from rooms import memberships

    start, failed = threading.Barrier(6), []

    def go():
        start.wait()
        try:
            memberships.room_join(user=people.stranger, room=Room.objects.get(pk=room.pk))
        except Exception as error:  # noqa: BLE001  the test shows whatever it was
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=go) for _ in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert failed == []
    assert Membership.objects.filter(user=people.stranger).count() == 1
