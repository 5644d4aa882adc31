"""Who has the room: given by its host, left behind by an account, and never locked out"""

import datetime

import pytest

from accounts import suspension
from accounts.models import Notice, User
from rooms import bans, memberships, own, rules, services
from rooms.models import Membership, Role, Room
from rooms.rules import Candidate, successor
from syncwatch.lib import clock
from syncwatch.lib.errors import Conflict, Forbidden, NotFound

EARLY = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
LATE = EARLY + datetime.timedelta(days=1)


@pytest.mark.parametrize(
    ("candidates", "heir"),
    [
        ([], None),
        ([("ana", "member", LATE, True)], "ana"),
        ([("ana", "member", EARLY, True), ("mo", "moderator", LATE, True)], "mo"),
        ([("ana", "member", LATE, True), ("ben", "member", EARLY, True)], "ben"),
        ([("mo", "moderator", EARLY, False), ("ana", "member", LATE, True)], "ana"),
        ([("ilya", "guest", EARLY, True)], None),
        ([("mo", "moderator", EARLY, False)], None),
    ],
)
def test_the_highest_in_rank_with_an_account_the_longest_there(candidates, heir):
    found = successor(Candidate(*each) for each in candidates)
    assert (found and found.key) == heir


@pytest.mark.parametrize(
    ("days", "gives"), [(None, True), (7, True), (365, True), (6, False), (0, False)]
)
def test_a_short_suspension_costs_nobody_their_room(days, gives):
    until = None if days is None else EARLY + datetime.timedelta(days=days)
    assert rules.gives_up(until=until, now=EARLY) is gives


def place(room, user):
    return Membership.objects.select_related("room", "user").get(room=room, user=user)


@pytest.fixture
def transfer(api, room):
    def give(by, to):
        body = {"user_id": str(to.id)}
        return api(by).post(f"/api/rooms/{room.code}/transfer/", body, format="json")

    return give


def test_given_the_room_is_theirs(transfer, people, room):
    assert transfer(people.owner, people.member).json()["host"]["display_name"] == "Ana"
    assert place(room, people.member).role == "owner"
    assert place(room, people.owner).role == "moderator"


def test_given_twice_it_is_given_once(transfer, people, room, refusal):
    transfer(people.owner, people.member)
    assert refusal(transfer(people.owner, people.guest)) == (403, "forbidden")
    assert transfer(people.member, people.member).status_code == 200
    assert place(room, people.member).role == "owner"


def test_who_left_meanwhile_does_not_get_it(people, room):
    ana = place(room, people.member)
    memberships.room_leave(membership=place(room, people.member))
    with pytest.raises(NotFound):
        services.ownership_transfer(room=room, by=people.owner, to=ana)
    assert place(room, people.owner).role == "owner"


def test_of_two_who_give_it_at_once_the_second_has_it_no_more(people, room):
    ilya = place(room, people.guest)
    services.ownership_transfer(room=room, by=people.owner, to=place(room, people.member))
    with pytest.raises(Forbidden):
        services.ownership_transfer(room=room, by=people.owner, to=ilya)


# --- never locked out ------------------------------------------------------------------------


def test_no_deed_sends_a_host_out(people, room):
    moderator = User.objects.create_user("mo", "correct horse", display_name="Mo")
    mo = memberships.place_take(user=moderator, room=room, role="moderator")
    for deed in (
        lambda: memberships.member_kick(actor=mo, target=place(room, people.owner)),
        lambda: bans.member_ban(actor=mo, user=people.owner),
        lambda: memberships.room_leave(membership=place(room, people.owner)),
    ):
        with pytest.raises((Forbidden, Conflict)):
            deed()
    assert place(room, people.owner).active


def test_who_became_host_a_moment_ago_is_not_sent_out(people, room):
    """The kick was decided while Ana was a member still."""
    ana = place(room, people.member)
    services.ownership_transfer(room=room, by=people.owner, to=place(room, people.member))
    assert memberships.place_end(ana, "kicked") is False
    assert place(room, people.member).active


def test_lock_and_seats_do_not_stop_a_host(api, people, room):
    Room.objects.update(locked_in=True, seats=2, visibility="private", password="x")
    assert api(people.owner).post(f"/api/rooms/{room.code}/join/").status_code == 200


# --- left behind -----------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "host"), [(None, "Ana"), (30, "Ana"), (1, "Mara")])
def test_suspended_for_long_the_room_goes_on(people, room, days, host):
    until = None if days is None else clock.now() + datetime.timedelta(days=days)
    suspension.account_suspend(actor=None, user=people.owner, until=until)
    room.refresh_from_db()
    assert room.owner.display_name == host
    assert place(room, room.owner).role == Role.OWNER
    suspension.account_suspend(actor=None, user=people.owner, until=until)  # said again
    room.refresh_from_db()
    assert room.owner.display_name == host


def test_where_nobody_can_have_it_the_room_waits(people, room):
    memberships.room_leave(membership=place(room, people.member))
    suspension.account_suspend(actor=None, user=people.owner)
    room.refresh_from_db()
    assert (room.owner, room.closed_at) == (people.owner, None)


def test_a_closed_room_is_nobodys_to_inherit(people, room):
    services.room_close(room=room, by=people.owner)
    suspension.account_suspend(actor=None, user=people.owner)
    room.refresh_from_db()
    assert room.owner == people.owner


def test_erased_the_room_goes_to_the_heir_with_its_people(people, room):
    own.erase(people.owner)
    room.refresh_from_db()
    assert room.owner == people.member
    assert place(room, people.guest).active


# --- the bell --------------------------------------------------------------------------------


def given(user):
    return list(Notice.objects.filter(user=user, kind="room_given"))


def test_the_new_host_reads_it_under_the_bell(api, people, room):
    to = {"user_id": str(people.member.pk)}
    path = f"/api/rooms/{room.code}/transfer/"
    assert api(people.owner).post(path, to, format="json").status_code == 200
    (told,) = given(people.member)
    assert (told.from_user, told.data) == (people.owner, {"code": room.code, "name": room.name})
    assert api(people.owner).post(path, to, format="json").status_code == 403
    assert len(given(people.member)) == 1
    assert not given(people.owner)


def test_a_guest_has_no_bell(api, people, room):
    to = {"user_id": str(people.guest.pk)}
    answer = api(people.owner).post(f"/api/rooms/{room.code}/transfer/", to, format="json")
    assert answer.status_code == 200
    assert not given(people.guest)
