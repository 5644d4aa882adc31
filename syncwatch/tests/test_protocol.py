"""`manage.py protocol`: what is written down is what the server speaks."""

import json
import shutil
from io import StringIO

import msgspec
import pytest
from channels.db import database_sync_to_async
from django.conf import settings
from django.core.management import CommandError, call_command

from playback import services as playback_services
from rooms import gateway
from rooms.gateway.wire import kind_of
from syncwatch.lib import errors, redis
from syncwatch.management.protocol import shapes
from syncwatch.management.protocol.spoken import spoken, words_of
from syncwatch.realtime import MODULES
from videos.models import Video

# What the outside may rely on. Rows may be added; none may go without another PROTOCOL_VERSION.
PROMISED_FRAMES = {
    "room:resume", "auth:renew", "sync:ping", "sync:play", "sync:pause", "sync:seek", "sync:rate",
    "sync:load", "sync:status", "sync:request", "chat:send", "chat:edit", "chat:delete",
    "chat:typing", "react:burst", "sync:answer",
}  # fmt: skip
PROMISED_KEPT = {
    "sync:command", "chat:message", "chat:edited", "chat:deleted", "queue:updated",
    "room:member:joined", "room:member:left", "room:member:updated", "room:updated", "room:closed",
}  # fmt: skip
PROMISED_PASSING = {
    "sync:members", "chat:typing", "video:updated", "sync:request", "room:members",
    "react:burst", "sync:answer",
}  # fmt: skip
in_db = database_sync_to_async


def protocol(**options):
    said = StringIO()
    call_command("protocol", stdout=said, **options)
    return said.getvalue()


@pytest.fixture
def copy(tmp_path):
    """Both written files, somewhere where they may be spoilt."""
    for name in ("docs/protocol.md", "static/js/protocol.js"):
        (tmp_path / name).parent.mkdir(parents=True)
        shutil.copy(settings.BASE_DIR / name, tmp_path / name)
    protocol(root=tmp_path)
    return tmp_path


def test_both_files_are_up_to_date():
    assert "up to date" in protocol(check=True)


def test_a_file_that_is_out_of_date_is_shown_and_refused(copy):
    script = copy / "static/js/protocol.js"
    right = script.read_text()
    script.write_text(right.replace("4409", "4410"))
    said = StringIO()
    with pytest.raises(CommandError, match=r"protocol\.js out of date"):
        call_command("protocol", check=True, root=copy, stdout=said)
    assert "-  REPLACED: 4410," in said.getvalue()
    assert "+  REPLACED: 4409," in said.getvalue()
    protocol(root=copy)
    assert script.read_text() == right


def test_words_outside_the_written_part_stay_as_they_are(copy):
    page = copy / "docs/protocol.md"
    changed = page.read_text().replace("# The room socket", "# The socket of a room")
    page.write_text(changed)
    assert "up to date" in protocol(root=copy, check=True)


def test_everything_promised_is_spoken():
    said = spoken()
    assert {kind_of(frame.struct) for frame in said.frames} >= PROMISED_FRAMES
    assert {kind_of(event) for event in said.kept} >= PROMISED_KEPT
    assert {kind_of(event) for event in said.passing} >= PROMISED_PASSING


def test_every_wire_type_says_what_it_means():
    said = spoken()
    everything = [*(frame.struct for frame in said.frames), *said.kept, *said.passing]
    assert [each.__name__ for each in everything if not words_of(each)] == []


def test_one_code_means_one_thing():
    with pytest.raises(ValueError, match="not_found"):
        errors.register("not_found", status=410, when="It is gone.", recover="Nothing.")


@pytest.mark.django_db(transaction=True)
async def test_a_snapshot_looks_as_written_down(sockets, people, room):
    sockets.use(*MODULES)
    await in_db(put_film_on_list)(room, people.owner)
    socket = await sockets.open(people.owner, room.code)
    await socket.ask(type="chat:send", body="Hello", nonce="1")
    again = await sockets.open(people.member, room.code)
    snapshot = msgspec.convert(again.snapshot, shapes.Snapshot)
    assert snapshot.queue[0].video.state == "ready"
    assert [message.body for message in snapshot.messages][-1] == "Hello"


@pytest.mark.django_db(transaction=True)
async def test_plain_data_in_events_looks_as_written_down(sockets, people, room):
    sockets.use(*MODULES)
    socket = await sockets.open(people.owner, room.code)
    await sockets.open(people.member, room.code)
    await in_db(put_film_on_list)(room, people.owner)
    await socket.ask(type="chat:send", body="Hello", nonce="1")
    seen = set()
    for event in map(json.loads, redis.sync().lrange(gateway.key(room.code, "recent"), 0, -1)):
        for (kind, field), shape in shapes.PLAIN.items():
            if kind == event["type"]:
                msgspec.convert(event[field], shape)
                seen.add(kind)
    assert seen >= {"room:member:joined", "queue:updated", "chat:message"}


@pytest.mark.django_db(transaction=True)
async def test_a_refusal_looks_as_written_down(sockets, people, room):
    sockets.use(*MODULES)
    socket = await sockets.open(people.owner, room.code)
    refusal = await socket.ask(type="sync:seek", position=-1)
    assert msgspec.convert(refusal, shapes.Refusal).code == "invalid"


def put_film_on_list(room, owner):
    film = Video.objects.create(
        owner=owner, title="Big Buck Bunny", state="ready", playable=True, progress=100,
        duration=600.0, available_until=600.0,
    )  # fmt: skip
    playback_services.item_add(room=room, by=owner, video_id=str(film.id))
