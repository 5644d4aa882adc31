"""`manage.py closerooms`: rooms that nobody uses are closed, and no others."""

import datetime

import pytest
from asgiref.sync import sync_to_async

from accounts.models import AuditEntry
from chat.models import Message
from playback.models import QueueItem, RoomPlayback
from rooms import services
from rooms.models import Membership, Room
from syncwatch.lib import clock
from syncwatch.tests.operators import command, manage, untouched

LONG_AGO = datetime.timedelta(days=40)


def quiet(room):
    """As if nothing had happened in it for forty days."""
    past = clock.now() - LONG_AGO
    Room.objects.filter(pk=room.pk).update(created_at=past, active_at=past)
    Membership.objects.filter(room=room).update(joined_at=past)
    return room


@pytest.fixture
def idle(room):
    return quiet(room)


def closed(room):
    room.refresh_from_db()
    return room.closed_at is not None


@pytest.mark.django_db
def test_a_room_that_nobody_uses_is_closed_and_that_is_written_down(idle, people):
    lively = services.room_create(owner=people.owner, name="Lively")
    said = command("closerooms", idle=30)
    assert said.code == 0
    assert "Going to close 1 room:" in said.out
    assert f"{idle.code}  “Sunday Rabbit Club”, 3 members" in said.out
    assert "Closed 1 room." in said.out
    assert (closed(idle), closed(lively)) == (True, False)
    assert AuditEntry.objects.get(action="room.close").target == str(idle.pk)


@pytest.mark.django_db
def test_said_twice_there_is_nothing_left_to_do(idle):
    command("closerooms", idle=30)
    said = command("closerooms", idle=30)
    assert (said.code, said.out) == (0, "Nothing to do: no room to close.\n")
    assert AuditEntry.objects.filter(action="room.close").count() == 1


@pytest.mark.django_db
def test_a_dry_run_names_the_room_and_changes_nothing(idle):
    with untouched():
        said = command("closerooms", idle=30, dry_run=True)
    assert "Would close 1 room:" in said.out
    assert idle.code in said.out
    assert "Dry run: nothing was changed." in said.out


def talked(room, people):
    Message.objects.create(room=room, author=people.member, body="Hello", nonce="1")


def came(room, people):
    Membership.objects.create(room=room, user=people.stranger, role="member")


def listed(room, people):
    QueueItem.objects.create(
        room=room, source="file", url="https://a.example/a.mp4", title="A", rank=1
    )


def watched(room, people):
    now_ms = int(clock.now().timestamp() * 1000)
    RoomPlayback.objects.create(room=room, alive_ms=now_ms)


def loaded(room, people):
    services.now_playing_set(room_id=str(room.pk), now_playing=None)


@pytest.mark.django_db
@pytest.mark.parametrize("life", [talked, came, listed, watched, loaded])
def test_a_sign_of_life_keeps_a_room_open(idle, people, life):
    life(idle, people)
    assert command("closerooms", idle=30).code == 0
    assert not closed(idle)


async def test_a_room_with_somebody_in_it_stays_open(transactional_db, people, room, sockets):
    await sync_to_async(quiet)(room)
    await sockets.open(people.member, room.code)
    said = await sync_to_async(command)("closerooms", idle=30)
    assert "Nothing to do" in said.out


@pytest.mark.django_db(transaction=True)
def test_it_is_a_command_of_manage_py(idle):
    said = manage("closerooms", "--idle", "30")
    assert (said.code, said.err) == (0, "")
    assert "Closed 1 room." in said.out
    assert closed(idle)


@pytest.mark.django_db
def test_one_that_fails_keeps_no_other_open_and_the_end_says_so(idle, people, monkeypatch):
    other = quiet(services.room_create(owner=people.owner, name="Other"))
    close = services.room_close

    def stumble(*, room, by):
        if room.pk == idle.pk:
            raise OSError("the wire broke")
        close(room=room, by=by)

    monkeypatch.setattr(services, "room_close", stumble)
    said = command("closerooms", idle=30)
    assert said.code == 1
    assert "OSError: the wire broke" in said.err
    assert "Closed 1 room." in said.out
    assert (closed(idle), closed(other)) == (False, True)
