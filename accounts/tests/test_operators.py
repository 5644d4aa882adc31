"""`manage.py` for people: guests that nobody uses go, a person goes, a person is shut out."""

import datetime

import pytest
from asgiref.sync import sync_to_async

from accounts import sessions, tasks, upkeep
from accounts.models import AuditEntry, RefreshSession, User
from accounts.tests.conftest import PASSWORD
from chat.models import Message
from playback.models import QueueItem
from rooms import services as room_services
from rooms.models import Membership, Room
from syncwatch.lib import clock
from syncwatch.tests.operators import command, manage, untouched
from videos.models import Video

LONG_AGO = datetime.timedelta(days=40)


def long_here(user):
    User.objects.filter(pk=user.pk).update(created_at=clock.now() - LONG_AGO)
    return user


@pytest.fixture
def old_guest(visitor):
    return long_here(visitor)


def is_gone(user):
    user.refresh_from_db()
    return upkeep.is_erased(user)


# --- pruneguests -----------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_guest_whom_nobody_uses_goes_with_everything(old_guest, ana):
    fresh = User.objects.create_guest("Fresh")
    room = room_services.room_create(owner=ana, name="Club")
    place = Membership.objects.create(room=room, user=old_guest, role="guest")
    Membership.objects.filter(pk=place.pk).update(joined_at=clock.now() - LONG_AGO)
    said = command("pruneguests", idle=30)
    assert said.code == 0
    assert f"{old_guest.pk}  Gustav (guest)" in said.out
    assert "Erased 1 guest." in said.out
    assert (is_gone(old_guest), is_gone(fresh), is_gone(ana)) == (True, False, False)
    assert not Membership.objects.filter(user=old_guest).exists()
    assert AuditEntry.objects.get(action="account.erase").target == str(old_guest.pk)
    assert "Nothing to do" in command("pruneguests", idle=30).out


def seen(guest, ana):
    sessions.session_open(user=guest, agent="test")


def owns_a_room(guest, ana):
    room = room_services.room_create(owner=guest, name="Mine")
    Membership.objects.update(joined_at=clock.now() - LONG_AGO)
    Room.objects.filter(pk=room.pk).update(created_at=clock.now() - LONG_AGO)


def film_is_listed(guest, ana):
    room = room_services.room_create(owner=ana, name="Club")
    film = Video.objects.create(owner=guest, title="A")
    Video.objects.update(created_at=clock.now() - LONG_AGO)
    QueueItem.objects.create(room=room, source="video", video=film, title="A", rank=1)


def talked(guest, ana):
    room = room_services.room_create(owner=ana, name="Club")
    Message.objects.create(room=room, author=guest, body="Hello", nonce="1")


def uploads(guest, ana):
    Video.objects.create(owner=guest, title="A")


@pytest.mark.django_db
@pytest.mark.parametrize("reason", [seen, owns_a_room, film_is_listed, talked, uploads])
def test_a_guest_who_is_needed_stays(old_guest, ana, reason):
    reason(old_guest, ana)
    assert "Nothing to do" in command("pruneguests", idle=30).out
    assert not is_gone(old_guest)


@pytest.mark.django_db
def test_a_guest_with_a_room_that_is_over_goes(old_guest, ana):
    owns_a_room(old_guest, ana)
    Room.objects.update(closed_at=clock.now())
    assert "Erased 1 guest." in command("pruneguests", idle=30).out


@pytest.mark.django_db
def test_a_guest_who_comes_back_in_the_last_moment_stays(old_guest):
    since = clock.now() - datetime.timedelta(days=30)
    assert upkeep.idle_guests(since=since) == [old_guest]
    sessions.session_open(user=old_guest, agent="test")
    assert upkeep.guest_prune(user=old_guest, since=since) is False
    assert not is_gone(old_guest)


@pytest.mark.django_db(transaction=True)
def test_pruning_guests_is_a_command_of_manage_py(old_guest):
    with untouched():
        assert "Would erase 1 guest" in command("pruneguests", idle=30, dry_run=True).out
    said = manage("pruneguests", "--idle", "30")
    assert (said.code, is_gone(old_guest)) == (0, True), said.err


# --- erasemember -----------------------------------------------------------------------------


@pytest.fixture
def busy(ana, bob, signed_in):
    """Ana with a room that Bob can take, one that nobody can, a film, words and a sign-in."""
    signed_in(ana)
    shared = room_services.room_create(owner=ana, name="Shared")
    Membership.objects.create(room=shared, user=bob, role="moderator")
    own = room_services.room_create(owner=ana, name="Alone")
    film = Video.objects.create(owner=ana, title="Rabbit", bytes=3 * 1024**2)
    QueueItem.objects.create(
        room=shared, source="video", video=film, title="Rabbit", rank=1, added_by=ana
    )
    Message.objects.create(room=shared, author=ana, body="marker-in-words", nonce="1")
    return {"shared": shared, "own": own, "film": film}


@pytest.mark.django_db
def test_what_goes_is_said_and_then_all_of_it_is_gone(ana, bob, busy):
    said = command("erasemember", "ANA")
    assert said.code == 0, said.err
    for words in (
        "1 sign-in",
        f"room {busy['shared'].code} “Shared”: goes to bob (moderator)",
        f"room {busy['own'].code} “Alone”: closed and deleted with its history",
        f"film {busy['film'].pk} “Rabbit”, 3.0 MiB",
        "1 line of chat",
        "1 on the lists of rooms",
        "Erased 1 person.",
    ):
        assert words in said.out
    assert is_gone(ana)
    assert upkeep.belongings(ana) == []
    assert not RefreshSession.objects.filter(user=ana).exists()
    assert list(Room.objects.values_list("owner", "closed_at")) == [(bob.pk, None)]
    assert not Message.objects.filter(body="marker-in-words").exists()
    assert AuditEntry.objects.filter(action="account.erase", target=str(ana.pk)).exists()


@pytest.mark.django_db
def test_what_the_storage_keeps_for_now_is_said_and_is_a_failure(ana, busy):
    later = clock.now() + datetime.timedelta(minutes=1)
    Video.objects.update(lease_until=later)  # a worker is at it
    said = command("erasemember", "ana")
    assert said.code == 1
    assert f"film {busy['film'].pk}" in said.out.partition("Still there")[2]


@pytest.mark.django_db
@pytest.mark.parametrize("word", ["nobody", "0193f9b2-0000-7000-8000-000000000000", "", "%"])
def test_a_name_that_nobody_has_is_wrong_use(ana, word):
    for name in ("erasemember", "banuser"):
        said = command(name, word)
        assert (said.code, said.out) == (2, "")
        assert "There is nobody named" in said.err


@pytest.mark.django_db
def test_nobody_is_erased_twice(ana):
    assert command("erasemember", str(ana.pk)).code == 0
    assert command("erasemember", str(ana.pk)).code == 2


@pytest.mark.django_db(transaction=True)
def test_erasing_is_a_command_of_manage_py(ana, busy):
    with untouched():
        said = command("erasemember", "ana", dry_run=True)
    assert "Would erase 1 person:" in said.out
    assert "goes to bob" in said.out
    said = manage("erasemember", "ana")
    assert (said.code, is_gone(ana)) == (0, True), said.err


# --- banuser ---------------------------------------------------------------------------------


@pytest.fixture
def login(api):
    caller = api()
    return lambda password=PASSWORD, **headers: caller(
        "POST", "/api/auth/login/", {"username": "ana", "password": password}, **headers
    )


@pytest.mark.django_db
def test_a_suspended_person_is_out_and_reads_why_and_until_when(ana, api, login):
    inside = api(ana)
    assert inside("GET", "/api/auth/me/").status_code == 200
    said = command("banuser", "ana", "--reason", "Loud  at night", "--until", "2036-12-24T18:00")
    assert said.code == 0
    assert "Suspended 1 person." in said.out
    assert inside("GET", "/api/auth/me/").status_code == 401
    refused = login()
    assert refused.status_code == 403
    assert refused.json()["error"] == {
        "code": "account_suspended",
        "message": "This account is suspended until Dec. 24, 2036, 6 p.m. (UTC). "
        "The reason given: Loud at night",
    }
    assert login("wrong-password").json()["error"]["code"] == "wrong_credentials"
    row = AuditEntry.objects.get(action="account.suspend")
    assert (row.target, row.detail) == (str(ana.pk), {"until": "2036-12-24T18:00:00+00:00"})


@pytest.mark.django_db
def test_for_good_it_says_whom_to_ask(ana, login):
    command("banuser", str(ana.pk))
    words = login().json()["error"]["message"]
    assert words == "This account is suspended. Ask the people who run this site."


@pytest.mark.django_db
def test_said_twice_it_says_that_it_is_so_already(ana):
    terms = ("ana", "--reason", "Loud", "--until", "2036-12-24")
    assert "Suspended 1 person." in command("banuser", *terms).out
    for dry_run in (False, True):
        said = command("banuser", *terms, dry_run=dry_run)
        assert (said.code, said.out) == (0, "Ana is suspended already. Nothing was changed.\n")
    assert AuditEntry.objects.filter(action="account.suspend").count() == 1
    assert "Suspended 1 person." in command("banuser", "ana", "--reason", "Louder").out


@pytest.mark.django_db
def test_they_can_be_let_in_again_and_only_once(ana, login):
    command("banuser", "ana", "--reason", "Loud")
    said = command("banuser", "ana", "--lift")
    assert (said.code, login().status_code) == (0, 200)
    assert "Let in again 1 person." in said.out
    ana.refresh_from_db()
    assert (ana.suspended_until, ana.suspended_reason) == (None, "")
    assert AuditEntry.objects.filter(action="account.restore").count() == 1
    assert command("banuser", "ana", "--lift").code == 2


@pytest.mark.django_db
@pytest.mark.parametrize("lift", [lambda login: login(), lambda login: tasks.sweep()])
def test_when_its_time_is_over_it_ends_by_itself(ana, login, frozen_clock, lift):
    until = clock.now() + datetime.timedelta(hours=1)
    command("banuser", "ana", "--until", until.isoformat())
    assert login().status_code == 403
    tasks.sweep()
    assert login().status_code == 403
    frozen_clock.advance(3_600_001)
    lift(login)
    ana.refresh_from_db()
    assert (ana.is_active, ana.suspended_until) == (True, None)
    assert login().status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("when", ["yesterday", "2020-01-01", "24.12.2036"])
def test_a_time_that_makes_no_sense_is_wrong_use(ana, when):
    with untouched():
        assert command("banuser", "ana", "--until", when).code != 0


@pytest.mark.django_db
def test_a_dry_run_of_a_ban_changes_nothing(ana, signed_in):
    signed_in(ana)
    with untouched():
        said = command("banuser", "ana", dry_run=True)
    assert "Would suspend 1 person:" in said.out
    assert "sign-ins: 1" in said.out


async def test_their_sockets_close_within_a_second(transactional_db, people, room, sockets):
    """`manage.py` is another process: the news goes by way of Redis."""
    socket = await sockets.open(people.member, room.code)
    said = await sync_to_async(manage)("banuser", "ana", "--reason", "Loud")
    began_ms = clock.monotonic_ms()
    assert said.code == 0, said.err
    assert await socket.closing_code() == 4401
    assert clock.monotonic_ms() - began_ms < 1000
    assert await sync_to_async(still_signed_in)(people.member) == 0


def still_signed_in(user):
    return user.refresh_sessions.filter(revoked_at=None).count()
