"""The rooms of a person who goes: handed on or closed, and nothing of them left behind."""

import pytest

from accounts import own_data
from accounts.models import User
from rooms import invites, memberships, services
from rooms.access import member_in
from rooms.models import Invite, Membership, Room

pytestmark = pytest.mark.django_db


@pytest.fixture
def gone(django_capture_on_commit_callbacks):
    """Twice, because it may be cut off half-way and begun again."""

    def erase(user):
        for _ in range(2):
            with django_capture_on_commit_callbacks(execute=True):
                own_data.erase_all(user)

    return erase


def test_an_export_names_rooms_places_and_invitations(room, people):
    invites.invite_create(room=room, by=member_in(room, str(people.owner.id)))
    mine = own_data.export_all(people.owner)["rooms"]
    assert [row["name"] for row in mine["owned"]] == [room.name]
    assert [(row["room"], row["role"]) for row in mine["places"]] == [(room.name, "owner")]
    assert [row["room"] for row in mine["invites"]] == [room.name]
    assert own_data.export_all(people.member)["rooms"]["owned"] == []


def test_a_room_goes_to_the_highest_in_rank_who_stays(room, people, gone):
    memberships.place_take(user=people.stranger, room=room, role="moderator")
    gone(people.owner)
    room.refresh_from_db()
    assert (room.owner, room.closed_at) == (people.stranger, None)
    roles = Membership.objects.filter(room=room).values_list("user__display_name", "role")
    assert sorted(roles) == [("Ana", "member"), ("Ilya", "guest"), ("Jonas", "owner")]


def test_a_room_without_anybody_to_keep_it_is_gone(people, gone):
    mine = services.room_create(owner=people.owner, name="marker-7f3a")
    memberships.place_take(user=people.guest, room=mine, role="guest")
    gone(people.owner)
    assert not Room.objects.exists()


def test_a_closed_room_is_not_handed_on(room, people, gone):
    services.room_close(room=room, by=people.owner)
    gone(people.owner)
    assert not Room.objects.exists()


def test_a_person_who_goes_too_is_no_heir(room, people, gone):
    User.objects.filter(pk=people.member.pk).update(is_active=False)
    gone(people.owner)
    assert not Room.objects.exists()


def test_invitations_and_places_of_the_person_are_gone(room, people, gone):
    invites.invite_create(room=room, by=member_in(room, str(people.member.id)))
    gone(people.member)
    assert not Invite.objects.exists()
    assert not Membership.objects.filter(user=people.member).exists()
    assert Room.objects.get().owner == people.owner
