"""/api/uploads/: faults of ours cost a sender no byte twice, and leave nothing behind."""

import pytest

from syncwatch.lib import redis
from videos import store as keys
from videos.models import Upload, Video
from videos.storage import StorageError, store
from videos.tests.upload_client import FILM, MIB, promised
from videos.tests.upload_fixtures import in_thread, left_over, stored, use_bucket
from videos.uploads import services, sinks

pytestmark = pytest.mark.django_db(transaction=True)


async def test_a_server_that_died_between_storage_and_database_catches_up(mara, place):
    """The object is whole, the row does not know it yet."""
    path = await mara.created(5)
    answer = await mara.patch(path, 0, b"rabbi")
    await Upload.objects.aupdate(finished_at=None, offset=0)
    await Video.objects.aupdate(state="uploading")
    assert await mara.offset(path) == 5
    assert (await Video.objects.aget()).state == "queued"
    assert await in_thread(stored, answer.headers["video-id"]) == b"rabbi"


async def test_a_file_that_lost_its_end_is_asked_for_it_again(mara):
    path = await mara.created(10)
    await mara.patch(path, 0, b"rabbit")
    (key,) = left_over()
    store().put(key, b"rab")
    assert await mara.offset(path) == 3
    answer = await mara.patch(path, 3, b"bits in")
    assert await in_thread(stored, answer.headers["video-id"]) == b"rabbits in"


@pytest.mark.s3
async def test_a_storage_that_is_away_costs_no_byte_twice(mara, monkeypatch, settings, s3_server):

    use_bucket(settings, s3_server)
    film = FILM * 17
    path = await mara.created(len(film))
    send = sinks.BucketSink._send

    def sometimes(self, part):
        if self._parts:
            raise StorageError(OSError("away"))
        send(self, part)

    with monkeypatch.context() as patched:
        patched.setattr(sinks.BucketSink, "_send", sometimes)
        answer = await mara.patch(path, 0, film)
    assert (answer.status, answer.code) == (503, "storage_unavailable")
    assert int(answer.headers["retry-after"]) >= 1
    assert await mara.offset(path) == 8 * MIB
    answer = await mara.patch(path, 8 * MIB, film[8 * MIB :])
    assert await in_thread(stored, answer.headers["video-id"]) == film


async def test_a_full_disk_is_said_in_words_and_keeps_what_fits(mara, monkeypatch):
    path = await mara.created(3 * MIB)
    write, room = sinks.FileSink.write, [2]

    def full(self, data):
        room[0] -= 1
        if room[0] < 0:
            raise StorageError(OSError(28, "No space left on device"))
        write(self, data)

    monkeypatch.setattr(sinks.FileSink, "write", full)
    request = mara.patching(path, 0, 3 * MIB)
    for _ in range(3):
        await request.piece(FILM)
    await request.cut()
    assert (request.so_far().status, request.so_far().code) == (507, "storage_full")
    assert await mara.offset(path) == 2 * MIB


async def test_without_redis_nothing_is_written_and_later_it_goes_on(mara, monkeypatch):
    path = await mara.created(5)

    async def away(*_):
        raise redis.RedisConnectionError("away")

    with monkeypatch.context() as patched:
        patched.setattr(keys, "lock", away)
        answer = await mara.patch(path, 0, b"rabbi")
    assert (answer.status, answer.code) == (503, "unavailable")
    assert (await mara.patch(path, 0, b"rabbi")).status == 204


async def test_a_fault_of_ours_is_logged_and_answered(mara, monkeypatch, caplog):
    def broken(**_):
        raise ZeroDivisionError

    monkeypatch.setattr(services, "upload_create", broken)
    answer = await mara.create(5)
    assert (answer.status, answer.code) == (500, "server_error")
    assert "an upload broke" in caplog.text


async def test_a_creation_whose_first_piece_fails_leaves_nothing(mara):
    answer = await mara.tus(
        "POST", "/api/uploads/", 5, upload_length="5", upload_checksum=promised(b"other"),
        content_type="application/offset+octet-stream",
    ).end(b"rabbi")  # fmt: skip
    assert (answer.status, answer.code) == (460, "checksum_mismatch")
    assert not await Upload.objects.aexists()
    assert not await Video.objects.aexists()
