"""Ways around what was decided about a person: leaving and coming back, old links, being quicker"""

import pytest

from accounts import friends
from accounts.models import Notice
from rooms import memberships, services
from rooms.models import Membership, Room
from syncwatch.lib.errors import Forbidden, NotFound


@pytest.fixture
def place():
    return lambda user: Membership.objects.select_related("user", "room").get(user=user)


@pytest.fixture
def grant(api, room):
    def send(actor, target, **grants):
        path = f"/api/rooms/{room.code}/members/{target.pk}/"
        return api(actor).patch(path, {"grants": grants}, format="json")

    return send


@pytest.fixture
def away_and_back(api, room):
    """Leave the room and come in again by its code; answers how one stands then."""

    def go(user):
        assert api(user).post(f"/api/rooms/{room.code}/leave/").status_code == 204
        return api(user).post(f"/api/rooms/{room.code}/join/", {}, format="json").json()

    return go


# --- leaving and coming back ---------------------------------------------------------------


def test_who_was_muted_is_muted_still_after_coming_back(grant, away_and_back, people):
    grant(people.owner, people.guest, chat={"allowed": False}, control={"allowed": True})
    stands = away_and_back(people.guest)
    assert "chat" not in stands["capabilities"]
    assert [right["capability"] for right in stands["rights"]] == ["chat"], "what was given is over"


def test_a_mute_for_a_time_goes_on_to_its_end_and_no_longer(
    grant, away_and_back, api, people, room, frozen_clock
):
    grant(people.owner, people.guest, chat={"allowed": False, "for_s": 600})
    frozen_clock.advance(300_000)
    assert "chat" not in away_and_back(people.guest)["capabilities"]
    frozen_clock.advance(300_000)
    me = api(people.guest).get(f"/api/rooms/{room.code}/").json()["me"]
    assert "chat" in me["capabilities"]


def test_a_short_ban_does_not_shorten_a_long_mute(grant, api, people, room, frozen_clock):
    grant(people.owner, people.guest, chat={"allowed": False})
    path = f"/api/rooms/{room.code}/members/{people.guest.pk}/ban/"
    api(people.owner).post(path, {"for_s": 60}, format="json")
    frozen_clock.advance(61_000)
    back = api(people.guest).post(f"/api/rooms/{room.code}/join/", {}, format="json").json()
    assert "chat" not in back["capabilities"]


# --- old links -----------------------------------------------------------------------------


@pytest.fixture
def link(api, room):
    def make(by, **body):
        answer = api(by).post(f"/api/rooms/{room.code}/invites/", body, format="json")
        return f"/api/invites/{answer.json()['token']}/accept/"

    return make


@pytest.fixture
def set_role(api, room):
    def send(by, user, role):
        path = f"/api/rooms/{room.code}/members/{user.pk}/"
        return api(by).patch(path, {"role": role}, format="json")

    return send


def test_an_old_link_gives_nobody_back_what_they_were_made_less_of(
    api, link, set_role, away_and_back, people, frozen_clock
):
    old = link(people.owner, role="moderator")
    frozen_clock.advance(1_000)
    assert api(people.member).post(old).json()["role"] == "moderator"
    frozen_clock.advance(1_000)
    set_role(people.owner, people.member, "guest")
    assert api(people.member).post(old).json()["role"] == "guest"
    assert away_and_back(people.member)["role"] == "guest"
    assert api(people.member).post(old).json()["role"] == "guest"
    frozen_clock.advance(1_000)
    fresh = link(people.owner, role="moderator")
    frozen_clock.advance(1_000)
    assert api(people.member).post(fresh).json()["role"] == "moderator", "a newer one does"
    assert api(people.stranger).post(old).json()["role"] == "moderator", "it is open to others"


# --- being quicker -------------------------------------------------------------------------


def test_a_handed_over_room_keeps_its_host(cast, people, room, place):
    """The role of somebody who became the host a moment ago is not theirs to change who read it
    before.
    """
    actor, target = place(cast["moderator"]), place(people.member)
    services.ownership_transfer(room=room, by=people.owner, to=place(people.member))
    with pytest.raises(Forbidden):
        memberships.role_set(actor=actor, target=target, role="guest")
    assert place(people.member).role == "owner"
    assert Room.objects.get(pk=room.pk).owner_id == people.member.pk


def test_who_was_sent_out_a_moment_ago_gets_no_role(people, room, place):
    actor, target = place(people.owner), place(people.guest)
    memberships.member_kick(actor=actor, target=place(people.guest))
    with pytest.raises(NotFound):
        memberships.role_set(actor=actor, target=target, role="moderator")
    assert place(people.guest).role == "guest"


# --- a block -------------------------------------------------------------------------------


@pytest.fixture
def invited(api, people, room):
    """Ana has invited Jonas, a friend, to Mara's private room."""
    Room.objects.filter(pk=room.pk).update(visibility="private")
    friends.friend_ask(user=people.member, other=people.stranger)
    friends.friend_accept(user=people.stranger, other=people.member)
    path = f"/api/rooms/{room.code}/invites/people/"
    asked = {"user_id": str(people.stranger.pk)}
    assert api(people.member).post(path, asked, format="json").status_code == 201
    notice = Notice.objects.get(kind="room_invited")
    return f"/api/invites/{notice.data['path'].removeprefix('/i/')}/"


@pytest.mark.parametrize("blocker", ["member", "stranger"])
def test_a_block_takes_back_what_one_invited_the_other_to(api, people, invited, refusal, blocker):
    one, other = people.member, people.stranger
    if blocker == "stranger":
        one, other = other, one
    friends.block_add(user=one, other=other)
    assert not Notice.objects.filter(kind="room_invited").exists()
    jonas = api(people.stranger)
    assert refusal(jonas.post(f"{invited}accept/")) == (410, "invite_revoked")
    assert refusal(jonas.get(invited)) == (410, "invite_revoked")


def test_taken_back_before_it_is_used_a_block_leaves_the_invitation(api, people, invited):
    friends.block_add(user=people.stranger, other=people.member)
    friends.block_remove(user=people.stranger, other_id=people.member.pk)
    assert api(people.stranger).post(f"{invited}accept/").status_code == 200


def test_a_block_says_nothing_about_links_for_everybody(api, link, people):
    path = link(people.member)
    friends.block_add(user=people.member, other=people.stranger)
    assert api(people.stranger).post(path).status_code == 200
