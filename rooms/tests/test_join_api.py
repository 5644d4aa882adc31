"""Coming in by the code, leaving, being sent out, and who gets back in"""

import pytest

from rooms import invites, memberships
from rooms.models import Membership, Room
from syncwatch.lib import clock


@pytest.fixture
def join(api, room):
    return lambda user, **body: api(user).post(f"/api/rooms/{room.code}/join/", body, format="json")


@pytest.fixture
def kick(room, people):
    def run(user):
        places = Membership.objects.select_related("room", "user")
        memberships.member_kick(
            actor=places.get(room=room, user=people.owner), target=places.get(room=room, user=user)
        )

    return run


def place(room, user):
    return Membership.objects.get(room=room, user=user)


@pytest.mark.parametrize("visibility", ["unlisted", "public"])
def test_whoever_knows_the_code_is_a_guest(join, people, room, visibility):
    Room.objects.update(visibility=visibility)
    response = join(people.stranger)
    assert response.status_code == 200
    body = response.json()
    assert body == {
        "role": "guest", "capabilities": ["chat", "control", "queue", "voice"], "rights": [],
    }  # fmt: skip


def test_a_private_room_is_absent(join, people, room, refusal):
    Room.objects.update(visibility="private")
    assert refusal(join(people.stranger)) == (404, "not_found")
    assert join(people.member).status_code == 200, "who belongs just keeps their place"


def test_joining_again_changes_nothing(join, people, room):
    first = join(people.stranger).json()
    assert join(people.stranger).json() == first
    assert join(people.owner).json()["role"] == "owner"
    assert Membership.objects.filter(room=room).count() == 4


def test_a_locked_room_asks_for_its_password(api, join, people, room, refusal):
    api(people.owner).patch(f"/api/rooms/{room.code}/", {"password": "sesam "}, format="json")
    for given in ({}, {"password": ""}, {"password": "sesam"}, {"password": "Sesam "}):
        response = join(people.stranger, **given)
        assert refusal(response) == (403, "wrong_password")
        assert response.json()["error"]["fields"]["password"]
    assert join(people.stranger, password="sesam ").status_code == 200
    assert join(people.member).status_code == 200, "who is in is not asked"


def test_guessing_a_rooms_password_is_counted(api, join, people, room, refusal):
    api(people.owner).patch(f"/api/rooms/{room.code}/", {"password": "sesam"}, format="json")
    answers = [refusal(join(people.stranger, password=f"no-{n}")) for n in range(11)]
    assert answers == [(403, "wrong_password")] * 10 + [(429, "rate_limited")]


def test_without_redis_no_room_password_can_be_guessed(api, people, room, settings):
    Room.objects.update(password="md5$a$b")
    client = api(people.stranger)
    settings.REDIS_URL = "unix:///nowhere/redis.sock"
    response = client.post(f"/api/rooms/{room.code}/join/", {"password": "x"}, format="json")
    assert response.status_code == 503


@pytest.mark.parametrize("body", [{"password": None}, {"password": "x" * 129}, {"role": "owner"}])
def test_a_malformed_body_lets_nobody_in(join, people, room, refusal, body):
    assert refusal(join(people.stranger, **body)) == (400, "invalid")
    assert not Membership.objects.filter(user=people.stranger).exists()


def test_leaving_and_coming_back_by_the_code(api, join, people, room, refusal):
    member = api(people.member)
    assert member.post(f"/api/rooms/{room.code}/leave/").status_code == 204
    assert refusal(member.post(f"/api/rooms/{room.code}/leave/")) == (403, "not_a_member")
    assert refusal(member.get(f"/api/rooms/{room.code}/members/")) == (403, "not_a_member")
    assert join(people.member).json()["role"] == "guest"


def test_the_owner_stays(api, people, room, refusal):
    response = api(people.owner).post(f"/api/rooms/{room.code}/leave/")
    assert refusal(response) == (409, "owner_stays")


# --- sent out ------------------------------------------------------------------------------


def test_a_kick_voids_the_code(join, kick, people, room, refusal):
    kick(people.guest)
    assert refusal(join(people.guest)) == (403, "removed")
    assert place(room, people.guest).ending == "kicked"


@pytest.mark.parametrize(
    ("by", "before", "gets_in"),
    [
        ("owner", True, False),
        ("owner", False, True),
        ("member", True, False),
        ("member", False, False),
    ],
)
def test_only_a_moderators_later_invite_brings_somebody_back(
    api, join, kick, people, room, frozen_clock, by, before, gets_in
):
    maker = place(room, getattr(people, by))

    def invite():
        frozen_clock.advance(1000)
        return invites.invite_create(room=room, by=maker)

    early = invite()
    frozen_clock.advance(1000)
    kick(people.guest)
    link = early if before else invite()
    answer = api(people.guest).post(f"/api/invites/{link.token}/accept/")
    assert (answer.status_code == 200) is gets_in
    assert (join(people.guest).status_code == 200) is gets_in
    link.refresh_from_db()
    assert link.uses == int(gets_in), "a refused person uses nothing up"


def test_whoever_was_let_back_in_is_barred_no_more(api, join, kick, people, room, frozen_clock):
    kick(people.guest)
    frozen_clock.advance(1000)
    link = invites.invite_create(room=room, by=place(room, people.owner))
    api(people.guest).post(f"/api/invites/{link.token}/accept/")
    api(people.guest).post(f"/api/rooms/{room.code}/leave/")
    assert join(people.guest).status_code == 200


def test_sent_out_of_a_private_room_it_is_absent(kick, api, people, room, refusal):
    Room.objects.update(visibility="private")
    kick(people.guest)
    assert refusal(api(people.guest).get(f"/api/rooms/{room.code}/")) == (404, "not_found")


def test_a_second_kick_finds_nobody(api, kick, people, room, refusal):
    kick(people.guest)
    response = api(people.owner).delete(f"/api/rooms/{room.code}/members/{people.guest.id}/")
    assert refusal(response) == (404, "not_found")


def test_the_time_of_a_kick_is_kept(kick, people, room, frozen_clock):
    kick(people.guest)
    assert place(room, people.guest).barred_at == clock.now()
