"""Members of a room: the list, roles, sending out, handing the room over"""

import pytest

from rooms import memberships, policy, rules, services, store
from rooms.models import Membership, Room
from rooms.signals import member_removed, room_closed

ROLES = ("owner", "moderator", "member", "guest")


@pytest.fixture
def members(api, room):
    """`members(user)`: the list as that person sees it."""
    return lambda user: api(user).get(f"/api/rooms/{room.code}/members/").json()["results"]


@pytest.fixture
def set_role(api, room):
    return lambda actor, target, role: api(actor).patch(
        f"/api/rooms/{room.code}/members/{target.id}/", {"role": role}, format="json"
    )


@pytest.fixture
def kick(api, room):
    return lambda actor, target: api(actor).delete(f"/api/rooms/{room.code}/members/{target.id}/")


@pytest.fixture
def transfer(api, room):
    return lambda actor, target: api(actor).post(
        f"/api/rooms/{room.code}/transfer/", {"user_id": str(target.id)}, format="json"
    )


def test_the_list_has_everybody_the_longest_there_first(members, people):
    rows = members(people.guest)
    assert [row["role"] for row in rows] == ["owner", "member", "guest"]
    assert {row["presence"] for row in rows} == {"offline"}
    assert set(rows[0]) == {"user", "role", "capabilities", "rights", "presence"}
    assert set(rows[0]["user"]) == {"id", "display_name", "guest", "avatar", "picture"}


@pytest.mark.parametrize("actor", ROLES)
@pytest.mark.parametrize("held", ROLES)
@pytest.mark.parametrize("given", ["moderator", "member", "guest"])
def test_roles_go_downwards_only(set_role, cast, room, actor, held, given):
    """Only to people below oneself, and only roles below one's own."""
    target = cast["owner"] if held == "owner" else cast["target"]
    if held != "owner":
        Membership.objects.filter(user=target).update(role=held)
    response = set_role(cast[actor], target, given)
    rank = rules.RANK
    may = (
        "moderate" in policy.ROLES[actor] and rank[actor] > rank[held] and rank[actor] > rank[given]
    )
    assert response.status_code == (200 if may else 403)
    now = Membership.objects.get(room=room, user=target).role
    assert now == (given if may else held)
    if may:
        assert response.json()["role"] == given
        assert response.json()["presence"] == "offline"


@pytest.mark.parametrize("role", ["owner", "king", "", None, ["guest"], 3])
def test_what_is_no_role_to_give_is_refused(set_role, people, refusal, role):
    assert refusal(set_role(people.owner, people.guest, role)) == (400, "invalid")


def test_the_same_role_again_changes_nothing_and_tells_nobody(
    set_role, people, monkeypatch, django_capture_on_commit_callbacks
):
    told = []
    monkeypatch.setattr(store, "update_sync", lambda *what: told.append(what))
    with django_capture_on_commit_callbacks(execute=True):
        set_role(people.owner, people.guest, "guest")
    assert told == []


@pytest.mark.parametrize("target", ["0", "x", "00000000-0000-0000-0000-000000000000"])
@pytest.mark.parametrize("verb", ["patch", "delete"])
def test_who_is_not_in_the_room_is_404(api, people, room, refusal, target, verb):
    client = api(people.owner)
    url = f"/api/rooms/{room.code}/members/{target}/"
    response = getattr(client, verb)(url, {"role": "guest"}, format="json")
    assert refusal(response) == (404, "not_found")


@pytest.mark.parametrize("actor", ROLES)
@pytest.mark.parametrize("held", ROLES)
def test_people_are_sent_out_downwards_only(kick, cast, room, actor, held):
    target = cast["owner"] if held == "owner" else cast["target"]
    if held != "owner":
        Membership.objects.filter(user=target).update(role=held)
    response = kick(cast[actor], target)
    if cast[actor] == target:
        assert response.status_code == 409
        return
    may = "moderate" in policy.ROLES[actor] and rules.RANK[actor] > rules.RANK[held]
    assert response.status_code == (204 if may else 403)
    assert Membership.objects.get(room=room, user=target).active is not may


def test_apps_above_hear_of_a_removal_and_of_a_closed_room(
    kick, people, room, django_capture_on_commit_callbacks
):
    heard = []

    def listen(**fact):
        heard.append({name: fact[name] for name in fact if name not in {"signal", "sender"}})

    member_removed.connect(listen)
    room_closed.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            kick(people.owner, people.guest)
            services.room_close(room=room, by=people.owner)
            services.room_close(room=room, by=people.owner)
    finally:
        member_removed.disconnect(listen)
        room_closed.disconnect(listen)
    removed = {"room_code": room.code, "user_id": str(people.guest.id), "reason": "kicked"}
    assert heard == [removed, {"room_code": room.code}]


def test_a_change_stands_even_where_nobody_can_be_told(
    kick, people, room, settings, django_capture_on_commit_callbacks, monkeypatch
):
    from syncwatch.lib.redis import RedisConnectionError

    def away(*_, **__):
        raise RedisConnectionError("away")

    monkeypatch.setattr(store, "remove_sync", away)
    with django_capture_on_commit_callbacks(execute=True):
        assert kick(people.owner, people.guest).status_code == 204
    assert not Membership.objects.get(room=room, user=people.guest).active


# --- handing over --------------------------------------------------------------------------


def test_the_room_goes_to_another_member_and_the_old_host_stays(transfer, people, room):
    body = transfer(people.owner, people.member).json()
    assert body["host"]["id"] == str(people.member.id)
    roles = dict(Membership.objects.values_list("user__username", "role"))
    assert (roles["ana"], roles["mara"]) == ("owner", "moderator")
    assert transfer(people.owner, people.guest).status_code == 403
    assert transfer(people.member, people.owner).status_code == 200, "and it can go back"


def test_to_oneself_changes_nothing(transfer, people):
    assert transfer(people.owner, people.owner).status_code == 200
    assert Membership.objects.get(user=people.owner).role == "owner"


def test_to_a_stranger_it_cannot_go(transfer, people, refusal):
    assert refusal(transfer(people.owner, people.stranger)) == (404, "not_found")


def test_who_left_cannot_get_it(api, transfer, people, room, refusal):
    api(people.member).post(f"/api/rooms/{room.code}/leave/")
    assert refusal(transfer(people.owner, people.member)) == (404, "not_found")


@pytest.mark.parametrize("body", [{}, {"user_id": "x"}, {"user_id": None}, {"user_id": ["a"]}])
def test_a_malformed_handover_is_refused(api, people, room, refusal, body):
    response = api(people.owner).post(f"/api/rooms/{room.code}/transfer/", body, format="json")
    assert refusal(response) == (400, "invalid")


def test_a_room_has_one_owner_at_any_time(people, room):
    from django.db import IntegrityError, transaction

    place = Membership.objects.get(room=room, user=people.member)
    place.role = "owner"
    with pytest.raises(IntegrityError), transaction.atomic():
        place.save()
    assert Room.objects.get().owner == people.owner


def test_a_better_place_is_never_lost_by_coming_in_again(people, room):
    again = memberships.place_take(user=people.member, room=room, role="guest")
    assert again.role == "member"
