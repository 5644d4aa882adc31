"""POST /api/rooms/{code}/invites/people/: one tap, for one friend"""

import pytest

from accounts import friends, notices
from accounts.models import Notice, User
from rooms import memberships
from rooms.models import Invite, Membership
from syncwatch.lib import clock


@pytest.fixture
def jonas(people):
    """The stranger is a friend of Ana, who is a member of Mara's room."""
    friends.friend_ask(user=people.member, other=people.stranger)
    friends.friend_accept(user=people.stranger, other=people.member)
    return people.stranger


def invite(api, room, by, friend):
    return api(by).post(
        f"/api/rooms/{room.code}/invites/people/", {"user_id": str(friend.id)}, format="json"
    )


def told(user):
    return [each for each in notices.notices_of(user) if each["kind"] == "room_invited"]


def accept(api, user, path):
    return api(user).post(f"/api/invites/{path.removeprefix('/i/')}/accept/")


def test_it_arrives_in_the_friends_list_and_lets_them_in(api, people, room, jonas):
    response = invite(api, room, people.member, jonas)
    assert response.status_code == 201
    assert response.json()["user"]["display_name"] == "Jonas"
    [notice] = told(jonas)
    assert notice["from"]["display_name"] == "Ana"
    assert (notice["data"]["code"], notice["data"]["name"]) == (room.code, room.name)
    assert accept(api, jonas, notice["data"]["path"]).json()["role"] == "member"


def test_the_link_works_for_them_alone(api, people, room, jonas, refusal, client):
    invite(api, room, people.member, jonas)
    path = told(jonas)[0]["data"]["path"]
    other = User.objects.create_user("cleo", "x")
    assert refusal(accept(api, other, path)) == (403, "invite_for_another")
    door = f"/api/invites/{path.removeprefix('/i/')}/"
    for user in (other, None):
        assert refusal(api(user).get(door)) == (403, "invite_for_another")
    assert api(jonas).get(door).status_code == 200
    assert client.get(path).status_code == 403
    assert Invite.objects.get(for_user=jonas).uses == 0


def test_it_is_used_up_once(api, people, room, jonas, refusal):
    invite(api, room, people.member, jonas)
    path = told(jonas)[0]["data"]["path"]
    assert accept(api, jonas, path).status_code == accept(api, jonas, path).status_code == 200
    memberships.room_leave(membership=Membership.objects.get(user=jonas, room=room))
    assert refusal(accept(api, jonas, path)) == (410, "invite_used_up")


def test_it_is_no_link_among_links_and_no_ticket_for_guests(api, people, room, jonas):
    invite(api, room, people.member, jonas)
    listed = api(people.owner).get(f"/api/rooms/{room.code}/invites/").json()
    assert listed["results"] == []
    from rooms.selectors import opens_a_door

    assert not opens_a_door(Invite.objects.get(for_user=jonas).token)


def test_said_again_it_is_still_one_until_it_was_seen(api, people, room, jonas, frozen_clock):
    for _ in range(3):
        assert invite(api, room, people.member, jonas).status_code == 201
    assert len(told(jonas)) == Invite.objects.filter(for_user=jonas).count() == 1
    notices.notices_read(user=jonas)
    invite(api, room, people.member, jonas)
    assert len(told(jonas)) == 2
    frozen_clock.advance(8 * 86_400_000)
    invite(api, room, people.member, jonas)
    assert len(told(jonas)) == 3, "the one before has expired"


def test_who_belongs_to_the_room_is_called_without_a_key(api, people, room, jonas):
    memberships.place_take(user=jonas, room=room, role="guest")
    invite(api, room, people.member, jonas)
    assert told(jonas)[0]["data"]["path"] == f"/r/{room.code}"
    assert not Invite.objects.exists()


def test_only_friends(api, people, room, refusal):
    assert refusal(invite(api, room, people.owner, people.stranger)) == (403, "not_friends")


def test_after_a_block_they_are_no_friends(api, people, room, jonas, refusal):
    friends.block_add(user=jonas, other=people.member)
    assert refusal(invite(api, room, people.member, jonas)) == (403, "not_friends")
    assert not Notice.objects.filter(user=jonas).exists()


def test_who_may_not_invite(api, people, room, jonas, refusal):
    Membership.objects.filter(user=people.member).update(role="guest")
    assert refusal(invite(api, room, people.member, jonas)) == (403, "no_invite")
    assert refusal(invite(api, room, jonas, people.member)) == (403, "not_a_member")
    assert refusal(invite(api, room, None, jonas)) == (401, "not_signed_in")


@pytest.mark.parametrize("body", [{}, {"user_id": "x"}, {"user_id": None}, {"username": "jonas"}])
def test_what_is_malformed_is_refused(api, people, room, refusal, body):
    path = f"/api/rooms/{room.code}/invites/people/"
    assert refusal(api(people.owner).post(path, body, format="json")) == (400, "invalid")


def test_nobody_is_there_by_this_id(api, people, room, refusal):
    User.objects.filter(pk=people.stranger.pk).update(deleted_at=clock.now())
    assert refusal(invite(api, room, people.owner, people.stranger)) == (404, "not_found")


def test_invites_have_a_limit(api, people, room, jonas, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "friend_invite": (1, 600, 1)}
    answers = [invite(api, room, people.member, jonas).status_code for _ in range(2)]
    assert answers == [201, 429]
