"""When the days of grace are over nothing of a person is left, in database, Redis or storage"""

import io
import json
import uuid
from pathlib import Path

import pytest
from channels.db import database_sync_to_async
from django.core.files.storage import default_storage
from django.core.management import call_command

from accounts import friends, notices, services, sessions, suspension, tasks
from accounts.models import AuditEntry, Notice, User
from accounts.pictures.services import picture_set
from accounts.tests.pictures import drawn
from chat import polls, reports
from chat import services as chat
from chat.pins import pin
from chat.protocol import OpenPoll
from chat.reactions import react
from chat.unheard.models import ShadowMute
from playback.services import item_add
from rooms import invites, memberships
from rooms import services as rooms
from rooms.access import place_in
from rooms.models import Membership
from rooms.places import addresses, knocks
from syncwatch.lib import redis
from videos.storage import original_key, store
from videos.tests.library import film

pytestmark = [pytest.mark.django_db(transaction=True)]
in_db = database_sync_to_async
MARK = "marker-7f3a"
GRACE_MS = services.GRACE_DAYS * 86_400_000


def say(room, who, body, **more):
    return chat.message_send(
        room_id=str(room.pk), author_id=str(who.pk), body=body, nonce=uuid.uuid4().hex, **more
    )


def lives(marked, people, room):
    """What a person does in a year, with the mark in everything that takes words."""
    mara = people.owner
    memberships.place_take(user=marked, room=room, role="moderator")
    picture_set(user=marked, raw=drawn())
    services.account_update(user=marked, changes={"email": f"{MARK}@example.org"})
    sessions.session_open(user=marked, agent=MARK)
    friends.friend_ask(user=marked, other=people.member)
    notices.notice_give(
        user=mara, kind=Notice.Kind.ROOM_INVITED, from_user=marked, data={"name": MARK}
    )
    said = say(room, marked, f"{MARK} says")
    chat.message_edit(message=say(room, marked, f"{MARK} was here"), body=f"{MARK} is here")
    answer = say(room, mara, f"@{marked.display_name} quite so", reply_to=str(said.pk))
    react(message=answer, user_id=str(marked.pk), emoji="🔥", on=True)
    pin(message=answer, by=str(marked.pk), on=True)
    asked = OpenPoll(question=f"{MARK}?", options=[MARK, "no"], nonce=uuid.uuid4().hex)
    polls.poll_open(room_id=str(room.pk), by=str(marked.pk), frame=asked, moderates=True)
    reports.report_file(
        place=place_in(marked, room.code), kind="spam", note=MARK, message_id=answer.pk
    )
    reports.report_file(place=place_in(mara, room.code), kind="spam", message_id=said.pk)
    ShadowMute.objects.create(room=room, user=marked, by=mara, reason=MARK)
    assert say(room, marked, f"{MARK} unheard").unheard
    own = rooms.room_create(owner=marked, name=MARK)
    addresses.address_take(room=own, by=marked, word=MARK)
    invites.invite_create(room=own, by=Membership.objects.get(room=own))
    video = film(marked, title=MARK)
    store().put(original_key(video.pk), MARK.encode())
    item_add(room=room, by=marked, video_id=str(video.pk))
    item_add(room=own, by=marked, video_id=str(video.pk))
    item_add(room=room, by=marked, url="https://example.org/a.mp4", title=MARK)
    other = rooms.room_create(owner=mara, name="Noir", visibility="private", knocks=True)
    knocks.knock_make(user=marked, room=other)
    suspension.account_suspend(actor=None, user=marked, reason=MARK)
    suspension.account_restore(actor=None, user=marked)
    services.account_close(user=User.objects.get(pk=marked.pk))


def found():
    """Where the mark is, by the place it lies in."""
    rows = io.StringIO()
    call_command("dumpdata", stdout=rows)
    tables = {row["model"] for row in json.loads(rows.getvalue()) if MARK in json.dumps(row)}
    client = redis.sync()
    keys = {key.decode() for key in client.scan_iter() if _holds(client, key)}
    root = Path(default_storage.location)
    files = {str(path) for path in root.rglob("*") if path.is_file() and _told(path)}
    return tables, keys, files


def _holds(client, key):
    return MARK.encode() in key or MARK.encode() in _content(client, key)


def _content(client, key):
    """Not the dump of a key: Redis packs what is long."""
    read = {
        b"string": lambda: client.get(key),
        b"hash": lambda: client.hgetall(key),
        b"list": lambda: client.lrange(key, 0, -1),
        b"set": lambda: client.smembers(key),
        b"zset": lambda: client.zrange(key, 0, -1),
        b"stream": lambda: client.xrange(key),
    }
    return repr(read[client.type(key)]()).encode()


def _told(path):
    return MARK in path.name or MARK.encode() in path.read_bytes()


def beneath(name):
    root = Path(default_storage.location) / name
    return {path for path in root.rglob("*") if path.is_file()}


async def test_nothing_is_left(sockets, people, room, frozen_clock):
    marked = await in_db(User.objects.create_user)("marker-7f3a", "correct horse")
    await in_db(memberships.place_take)(user=marked, room=room, role="moderator")
    mara = await sockets.open(people.owner, room.code)
    theirs = await sockets.open(marked, room.code)
    before = beneath("faces"), beneath("originals")
    await in_db(lives)(marked, people, room)
    await theirs.closing_code()
    tables, keys, files = await in_db(found)()
    assert {"accounts.user", "chat.message", "rooms.room", "videos.video", "chat.report",
            "chat.shadowmute"} <= tables  # fmt: skip
    assert keys
    assert files
    assert beneath("faces") != before[0]
    await mara.close()

    frozen_clock.advance(GRACE_MS - 60_000)
    await in_db(tasks.sweep)()
    kept = tables - {"accounts.refreshsession"}  # their week is over
    assert (await in_db(found)())[0] == kept, "within the grace nothing is erased"
    frozen_clock.advance(60_000)
    await in_db(tasks.sweep)()
    assert await in_db(found)() == (set(), set(), set())
    # the sweep also takes what other tests left
    assert beneath("faces") <= before[0]
    assert beneath("originals") <= before[1]


async def test_the_audit_keeps_ids_alone(people, room):
    marked = await in_db(User.objects.create_user)("marker-7f3a", "correct horse")
    await in_db(lives)(marked, people, room)
    await in_db(services.account_erase)(user=await in_db(User.objects.get)(pk=marked.pk))
    kept = await in_db(lambda: list(AuditEntry.objects.values()))()
    assert {row["action"] for row in kept} >= {"account.close", "account.erase"}
    assert MARK not in str(kept)
