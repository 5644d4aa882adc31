"""/api/uploads/: uploads that are cut, locked, expired or given up."""

import asyncio

import pytest

from accounts import sessions
from accounts.models import User
from syncwatch.lib import redis
from videos import store as keys
from videos.models import Upload, Video
from videos.services import video_delete, video_purge
from videos.storage import MissingError, store
from videos.tests.upload_client import FILM, MIB
from videos.tests.upload_fixtures import film_of, in_thread, left_over, stored, upload_at
from videos.uploads import locks, sinks, tus, wire
from videos.uploads.services import uploads_prune

pytestmark = pytest.mark.django_db(transaction=True)


async def test_what_came_before_a_cut_is_kept(mara, place):
    film = FILM * 12
    path = await mara.created(len(film))
    request = mara.patching(path, 0, len(film))
    await request.piece(film[: 9 * MIB + 17])
    await request.cut()
    assert await mara.offset(path) == 9 * MIB + 17
    answer = await mara.patch(path, 9 * MIB + 17, film[9 * MIB + 17 :])
    assert answer.status == 204
    assert await in_thread(stored, answer.headers["video-id"]) == film


async def test_a_cut_after_the_last_byte_finishes_the_film(mara):
    path = await mara.created(5)
    request = mara.patching(path, 0, 5)
    await request.piece(b"rabbi")
    await request.cut()
    assert await mara.offset(path) == 5
    assert (await Video.objects.aget()).state == "queued"


async def test_a_stopping_server_keeps_what_came(mara):
    path = await mara.created(2 * MIB)
    request = mara.patching(path, 0, 2 * MIB)
    await request.piece(FILM)
    await request.taken()
    request.task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await request.task
    assert await mara.offset(path) == MIB
    assert (await mara.patch(path, MIB, FILM)).status == 204


async def test_a_long_piece_is_written_down_on_its_way(mara, place):
    """A killed server costs a sender 32 MiB at most."""
    path = await mara.created(100 * MIB)
    request = mara.patching(path, 0, 100 * MIB)
    for _ in range(40):
        await request.piece(FILM)
    await request.taken()
    assert (await upload_at(path)).offset >= 32 * MIB
    await request.cut()


async def test_a_second_writer_finds_it_locked(mara, monkeypatch):
    monkeypatch.setattr(locks, "PAUSE_S", 0.001)
    path = await mara.created(2 * MIB)
    first = mara.patching(path, 0, 2 * MIB)
    await first.piece(FILM)
    await first.taken()
    second = await mara.patch(path, 0, FILM)
    assert (second.status, second.code) == (423, "upload_locked")
    assert (await mara.tus("DELETE", path).end()).status == 423
    assert (await first.end(FILM)).status == 204
    assert await mara.offset(path) == 2 * MIB


async def test_a_second_writer_waits_for_one_that_is_being_cut(mara):
    path = await mara.created(2 * MIB)
    first = mara.patching(path, 0, 2 * MIB)
    await first.piece(FILM)
    await first.taken()
    second = mara.patching(path, MIB, MIB)
    await second.piece(FILM, more=False)
    await first.cut()
    assert (await second.answer()).status == 204


async def test_a_writer_fallen_silent_is_replaced_and_writes_nothing_more(frozen_clock, mara):
    """Half-open connections: the sender has gone on from another network."""
    path = await mara.created(3 * MIB)
    ghost = mara.patching(path, 0, 3 * MIB)
    await ghost.piece(FILM)
    await ghost.taken()
    key = f"upload:{path.rpartition('/')[2]}:lock"
    await in_thread(redis.sync().pexpire, key, keys.LOCK_MS - keys.SILENT_MS - 1)

    answer = await mara.patch(path, 0, b"\0" * (2 * MIB))
    assert (answer.status, answer.headers["upload-offset"]) == (204, str(2 * MIB))
    frozen_clock.advance(5_000)
    late = await ghost.end(FILM)
    assert (late.status, late.code) == (423, "upload_locked")
    assert await mara.offset(path) == 2 * MIB
    answer = await mara.patch(path, 2 * MIB, FILM)
    assert await in_thread(stored, answer.headers["video-id"]) == b"\0" * (2 * MIB) + FILM


async def test_a_silent_sender_is_told_to_come_back(mara, monkeypatch):
    monkeypatch.setattr(tus, "IDLE_S", 0.05)
    monkeypatch.setattr(wire, "DRAIN_S", 0.01)
    path = await mara.created(2 * MIB)
    request = mara.patching(path, 0, 2 * MIB)
    await request.piece(FILM)
    answer = await request.answer()
    assert (answer.status, answer.code) == (503, "unavailable")
    assert await mara.offset(path) == MIB


async def test_a_slow_senders_bytes_do_not_wait_for_a_whole_mib(frozen_clock, mara):
    path = await mara.created(10)
    request = mara.patching(path, 0, 10)
    await request.piece(b"rab")
    await request.taken()
    frozen_clock.advance(3_000)
    await request.piece(b"b")
    await request.taken()
    assert store().size(f"uploads/{path.rpartition('/')[2]}") == 4
    assert (await request.end(b"it ran")).status == 204


async def test_an_upload_lives_a_day_after_its_last_byte(frozen_clock, mara, place):
    path = await mara.created(10 * MIB)
    frozen_clock.advance(10 * 60_000)
    await mara.patch(path, 0, FILM * 9)
    upload = await upload_at(path)
    expires_ms = upload.expires_at.timestamp() * 1000
    frozen_clock.set(expires_ms - 1000)
    await fresh_token(mara, upload.owner_id)
    assert await mara.offset(path) == 9 * MIB
    frozen_clock.set(expires_ms + 1000)
    assert (await mara.head(path)).status == 410
    answer = await mara.patch(path, 9 * MIB, FILM)
    assert (answer.status, answer.code) == (410, "upload_expired")

    assert await in_thread(uploads_prune) == 1
    assert not await Video.objects.aexists()
    assert await in_thread(left_over) == []
    assert (await mara.head(path)).status == 404


async def fresh_token(client, user_id):
    user = await User.objects.aget(pk=user_id)
    opened = await in_thread(sessions.session_open, user=user, agent="test")
    client.headers["authorization"] = f"Bearer {opened.access}"


async def test_the_sweep_leaves_a_finished_film_alone(frozen_clock, mara):
    path = await mara.created(5)
    answer = await mara.patch(path, 0, b"rabbi")
    frozen_clock.advance(25 * 3_600_000)
    assert await in_thread(uploads_prune) == 1
    assert not await Upload.objects.aexists()
    assert await in_thread(stored, answer.headers["video-id"]) == b"rabbi"


async def test_delete_gives_up_and_nothing_stays(mara, place):
    path = await mara.created(12 * MIB)
    await mara.patch(path, 0, FILM * 9)
    assert (await mara.tus("DELETE", path).end()).status == 204
    assert not await Video.objects.aexists()
    assert await in_thread(left_over) == []
    assert (await mara.head(path)).status == 404
    assert (await mara.tus("DELETE", path).end()).status == 404


async def test_delete_of_a_finished_upload_keeps_the_film(mara):
    path = await mara.created(5)
    answer = await mara.patch(path, 0, b"rabbi")
    assert (await mara.tus("DELETE", path).end()).status == 204
    assert await in_thread(stored, answer.headers["video-id"]) == b"rabbi"
    assert (await film_of(answer.headers["video-id"])).state == "queued"


async def test_a_film_deleted_while_it_comes_takes_its_upload_along(mara, place):
    path = await mara.created(10 * MIB)
    request = mara.patching(path, 0, 10 * MIB)
    await request.piece(FILM * 9)
    await request.taken()
    video = await Video.objects.aget()
    await in_thread(video_delete, video=video)
    await in_thread(video_purge, video_id=video.pk)
    answer = await request.end(FILM)
    assert (answer.status, answer.code) == (404, "not_found")
    assert (await mara.head(path)).status == 404
    assert await in_thread(left_over) == []
    with pytest.raises(MissingError):
        await in_thread(stored, video.pk)


async def test_an_owner_erased_at_the_last_byte_leaves_nothing(mara, people, monkeypatch):
    path = await mara.created(5)
    complete = sinks.FileSink.complete

    def complete_too_late(self):
        complete(self)
        people.owner.delete()

    monkeypatch.setattr(sinks.FileSink, "complete", complete_too_late)
    assert (await mara.patch(path, 0, b"rabbi")).status == 404
    assert await in_thread(store().keys, "originals") == []
