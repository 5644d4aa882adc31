"""/api/uploads/: resumable upload by tus 1.0.0."""

import asyncio
import base64
import hashlib

import pytest

from accounts import sessions
from accounts.models import User
from syncwatch.lib import redis
from videos import store as keys
from videos.models import Upload, Video
from videos.services import video_delete, video_purge
from videos.storage import MissingError, StorageError, store
from videos.tests.upload_client import metadata
from videos.tests.upload_fixtures import (
    film_of,
    in_thread,
    left_over,
    stored,
    upload_at,
    use_bucket,
)
from videos.uploads import locks, services, sinks, tus, wire
from videos.uploads.services import uploads_prune

pytestmark = pytest.mark.django_db(transaction=True)

FILM = bytes(range(256)) * 4096  # 1 MiB
MIB = 1024**2


def promised(body, algorithm="sha1"):
    digest = hashlib.new(algorithm, body).digest()
    return f"{algorithm} {base64.b64encode(digest).decode()}"


# --- the way it should go ------------------------------------------------------------------


async def test_options_says_what_this_server_can(clients):
    answer = await clients.nobody("OPTIONS", "/api/uploads/")
    assert answer.status == 204
    assert answer.headers["tus-resumable"] == answer.headers["tus-version"] == "1.0.0"
    assert answer.headers["tus-extension"] == (
        "creation,creation-with-upload,termination,expiration,checksum"
    )
    assert answer.headers["tus-max-size"] == str(20 * 1000**3)
    assert set(answer.headers["tus-checksum-algorithm"].split(",")) == {"sha1", "sha256", "md5"}


async def test_a_film_comes_in_three_pieces(mara, people, place):
    film = FILM * 20
    created = await mara.create(len(film), upload_metadata=metadata(filename="Häschen.mkv"))
    assert created.status == 201
    path, video_id = created.headers["location"], created.headers["video-id"]
    assert path.startswith("/api/uploads/")
    assert created.headers["tus-resumable"] == "1.0.0"
    assert created.headers["upload-expires"].endswith("GMT")
    video = await film_of(video_id)
    assert (video.owner_id, video.title, video.state) == (people.owner.pk, "Häschen", "uploading")

    for start, end in ((0, 3 * MIB), (3 * MIB, 17 * MIB), (17 * MIB, 20 * MIB)):
        assert await mara.offset(path) == start
        answer = await mara.patch(path, start, film[start:end])
        assert (answer.status, answer.headers["upload-offset"]) == (204, str(end))
        assert "content-length" not in answer.headers
        assert answer.headers["video-id"] == video_id
    assert (await film_of(video_id)).state == "queued"
    assert await in_thread(stored, video_id) == film
    assert await in_thread(left_over) == []
    assert await in_thread(redis.sync().llen, "video") == 1


async def test_head_tells_offset_length_and_expiry_and_is_never_cached(mara):
    path = await mara.created(100, upload_metadata=metadata(title="Rabbit"))
    await mara.patch(path, 0, b"x" * 40)
    answer = await mara.head(path)
    assert (answer.status, answer.body) == (200, b"")
    assert answer.headers["upload-offset"] == "40"
    assert answer.headers["upload-length"] == "100"
    assert answer.headers["upload-metadata"] == metadata(title="Rabbit")
    assert answer.headers["cache-control"] == "no-store"
    assert "upload-expires" in answer.headers
    assert "video-id" in answer.headers


async def test_small_pieces_in_a_bucket_leave_one_remainder_at_most(mara, place):
    path = await mara.created(10 * MIB)
    for start in range(0, 9 * MIB, 3 * MIB):
        await mara.patch(path, start, FILM * 3)
        assert len(await in_thread(left_over)) == 1
    await mara.patch(path, 9 * MIB, FILM)
    assert await in_thread(left_over) == []


async def test_creation_may_bring_the_first_bytes(mara, place):
    answer = await mara.tus(
        "POST", "/api/uploads/", 40, upload_length="100",
        content_type="application/offset+octet-stream",
    ).end(b"x" * 40)  # fmt: skip
    assert (answer.status, answer.headers["upload-offset"]) == (201, "40")
    answer = await mara.patch(answer.headers["location"], 40, b"y" * 60)
    assert await in_thread(stored, answer.headers["video-id"]) == b"x" * 40 + b"y" * 60


async def test_a_small_film_comes_whole_with_its_creation(mara):
    answer = await mara.tus(
        "POST", "/api/uploads/", 5, upload_length="5",
        content_type="application/offset+octet-stream",
    ).end(b"rabbi")  # fmt: skip
    assert (await film_of(answer.headers["video-id"])).state == "queued"


async def test_patch_may_travel_as_post(mara):
    path = await mara.created(5)
    answer = await mara.tus(
        "POST", path, 5, x_http_method_override="PATCH", upload_offset="0",
        content_type="application/offset+octet-stream",
    ).end(b"rabbi")  # fmt: skip
    assert answer.status == 204
    answer = await mara.tus("GET", path, x_http_method_override="DELETE").end()
    assert answer.status == 405, "a GET does nothing, whatever its headers say"


async def test_a_finished_upload_is_still_there_and_takes_nothing_more(mara):
    path = await mara.created(5)
    await mara.patch(path, 0, b"rabbi")
    assert await mara.offset(path) == 5
    assert (await mara.patch(path, 5, b"")).status == 204
    assert (await mara.patch(path, 5, b"t")).status == 413
    again = await mara.patch(path, 0, b"rabbi")
    assert (again.status, again.code) == (409, "offset_mismatch")
    assert await in_thread(redis.sync().llen, "video") == 1


# --- who may -------------------------------------------------------------------------------

CALLS = [("POST", False), ("HEAD", True), ("PATCH", True), ("DELETE", True)]


@pytest.mark.parametrize(("method", "on_one"), CALLS)
async def test_who_is_not_signed_in_is_refused(mara, clients, method, on_one):
    path = await mara.created(100)
    answer = await clients.nobody.tus(method, path if on_one else "/api/uploads/").end()
    assert answer.status == 401
    assert answer.headers["tus-resumable"] == "1.0.0"
    assert await mara.offset(path) == 0


@pytest.mark.parametrize("who", ["stranger", "member", "guest"])
async def test_somebody_elses_upload_is_not_there(mara, clients, who):
    path, other = await mara.created(100), getattr(clients, who)
    assert (await other.head(path)).status == 404
    refused = await other.patch(path, 0, b"evil")
    assert (refused.status, refused.code) == (404, "not_found")
    assert (await other.tus("DELETE", path).end()).status == 404
    missing = await other.patch("/api/uploads/01a20efd-23f8-72ad-b271-53c6bc548a29", 0, b"evil")
    assert refused.body == missing.body, "hidden and absent look the same"
    assert await mara.offset(path) == 0


async def test_not_even_staff_writes_into_it(mara, people, clients):
    people.stranger.is_staff = True
    await people.stranger.asave()
    assert (await clients.stranger.patch(await mara.created(100), 0, b"evil")).status == 404


@pytest.mark.parametrize("upload_id", ["nonsense", "%00", "1/2", "../videos/", "x" * 5000])
async def test_an_address_that_is_none_is_not_found(mara, upload_id):
    assert (await mara.head(f"/api/uploads/{upload_id}")).status == 404


@pytest.fixture
def browser(clients, tokens):
    """Mara in a browser: a cookie, and the token that our pages send along."""
    csrf = "c" * 32
    clients.owner.headers.clear()
    clients.owner.headers.update(
        {"cookie": f"access={tokens['owner']}; csrftoken={csrf}", "x-csrftoken": csrf}
    )
    return clients.owner


async def test_a_browser_uploads_by_cookie(browser):
    path = await browser.created(5, origin="http://localhost")
    assert (await browser.patch(path, 0, b"rabbi", origin="http://localhost")).status == 204


@pytest.mark.parametrize(
    "headers",
    [
        {"x_csrftoken": ""},
        {"x_csrftoken": "d" * 32},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://localhost.evil.example"},
    ],
)
async def test_another_sites_page_uploads_nothing_by_cookie(browser, headers):
    path = await browser.created(5)
    for answer in (
        await browser.create(5, **headers),
        await browser.patch(path, 0, b"rabbi", **headers),
        await browser.tus("DELETE", path, **headers).end(),
        await browser.tus("POST", path, x_http_method_override="PATCH", **headers).end(),
    ):
        assert (answer.status, answer.code) == (403, "csrf_failed")
    assert await browser.offset(path) == 0


async def test_pages_of_listed_sites_may_call_with_a_token(mara, settings):
    settings.CORS_ALLOWED_ORIGINS = ["https://app.example"]
    asked = await mara(
        "OPTIONS", "/api/uploads/", origin="https://app.example",
        access_control_request_method="PATCH",
    )  # fmt: skip
    assert asked.status == 204
    assert asked.headers["access-control-allow-origin"] == "https://app.example"
    assert "PATCH" in asked.headers["access-control-allow-methods"]
    allowed = {
        name.strip().lower() for name in asked.headers["access-control-allow-headers"].split(",")
    }
    assert {"authorization", "tus-resumable", "upload-offset", "content-type"} <= allowed
    created = await mara.create(5, origin="https://app.example")
    assert created.status == 201
    assert "Upload-Offset" in created.headers["access-control-expose-headers"]
    assert "Location" in created.headers["access-control-expose-headers"]


async def test_pages_of_other_sites_are_not_let_in(mara, settings):
    settings.CORS_ALLOWED_ORIGINS = ["https://app.example"]
    for origin in ("https://evil.example", "https://app.example.evil.example", "null"):
        asked = await mara("OPTIONS", "/api/uploads/", origin=origin)
        assert "access-control-allow-origin" not in asked.headers


# --- what is refused -----------------------------------------------------------------------


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE", "HEAD"])
async def test_the_collection_takes_only_post(mara, method):
    answer = await mara.tus(method, "/api/uploads/").end()
    assert (answer.status, answer.headers["allow"]) == (405, "OPTIONS, POST")


@pytest.mark.parametrize("version", ["", "0.2.2", "1.0.1"])
async def test_another_version_is_refused(mara, version):
    answer = await mara.create(5, tus_resumable=version)
    assert (answer.status, answer.code) == (412, "unsupported_version")
    assert answer.headers["tus-version"] == "1.0.0"
    assert not await Upload.objects.aexists()


@pytest.mark.parametrize("length", ["", "-1", "1.5", "NaN", "1e9", "٣", "9" * 30, "9" * 5000, "0"])
async def test_a_length_that_is_none_is_refused(mara, length):
    answer = await mara.create(length)
    assert (answer.status, answer.code) == (400, "invalid")
    assert not await Upload.objects.aexists()


@pytest.mark.parametrize(
    "told", ["title", "title !!!", "title x,title x", ",", "filename 4pi", "x" * 9000]
)
async def test_metadata(mara, told):
    answer = await mara.create(5, upload_metadata=told)
    assert answer.status == (201 if told == "title" else 400)


async def test_a_length_past_the_limit_is_refused_at_once(mara, settings):
    settings.MAX_UPLOAD_BYTES = 1000
    answer = await mara.create(1001)
    assert (answer.status, answer.code) == (413, "too_large")
    assert (await mara.create(1000)).status == 201


async def test_what_is_announced_counts_against_the_quota(mara, settings):
    settings.USER_QUOTA_BYTES = 1000
    await mara.created(600)
    answer = await mara.create(600)
    assert (answer.status, answer.code) == (413, "quota_exceeded")


async def test_twenty_an_hour(mara):
    for _ in range(20):
        await mara.create(5)
    answer = await mara.create(5)
    assert (answer.status, answer.code) == (429, "rate_limited")
    assert int(answer.headers["retry-after"]) >= 1


@pytest.mark.parametrize("kind", ["", "application/octet-stream", "multipart/form-data"])
async def test_pieces_of_another_kind_are_refused(mara, kind):
    path = await mara.created(5)
    assert (await mara.patch(path, 0, b"rabbi", content_type=kind)).status == 415
    assert (
        await mara.tus("POST", "/api/uploads/", 5, upload_length="5").end(b"x" * 5)
    ).status == 415
    assert await mara.offset(path) == 0


@pytest.mark.parametrize("offset", ["", "-1", "x", "9" * 30])
async def test_an_offset_that_is_none_is_refused(mara, offset):
    path = await mara.created(5)
    answer = await mara.patch(path, offset, b"rabbi")
    assert (answer.status, answer.code) == (400, "invalid")


@pytest.mark.parametrize("offset", [0, 1, 3, 5, 6])
async def test_a_piece_from_elsewhere_is_refused_and_told_where_we_are(mara, offset):
    path = await mara.created(5)
    await mara.patch(path, 0, b"ra")
    answer = await mara.patch(path, offset, b"b")
    assert (answer.status, answer.code) == (409, "offset_mismatch")
    assert answer.headers["upload-offset"] == "2"
    assert await mara.offset(path) == 2


async def test_more_than_was_announced_is_refused(mara, place):
    path = await mara.created(5)
    declared = await mara.patch(path, 0, b"rabbit")
    assert (declared.status, declared.code) == (413, "too_large")
    streamed = mara.patching(path, 0, transfer_encoding="chunked")
    answer = await streamed.end(b"rabbit")
    assert (answer.status, answer.code) == (413, "too_large")
    assert await mara.offset(path) == 0
    assert (await mara.patch(path, 0, b"rabbi")).status == 204


# --- checksums -----------------------------------------------------------------------------


@pytest.mark.parametrize("algorithm", ["sha1", "sha256", "md5"])
async def test_a_piece_with_its_checksum_passes(mara, algorithm):
    path = await mara.created(len(FILM))
    answer = await mara.patch(path, 0, FILM, upload_checksum=promised(FILM, algorithm))
    assert answer.status == 204
    assert await in_thread(stored, answer.headers["video-id"]) == FILM


async def test_a_damaged_piece_is_thrown_away(mara, place):
    """Once in the middle, once at the end, which must not finish the film."""
    film = FILM * 19
    path = await mara.created(len(film))
    for start, end in ((0, 9 * MIB), (9 * MIB, 19 * MIB)):
        piece = film[start:end]
        damaged = bytes([piece[0] ^ 1]) + piece[1:]
        answer = await mara.patch(path, start, damaged, upload_checksum=promised(piece))
        assert (answer.status, answer.code) == (460, "checksum_mismatch")
        assert await mara.offset(path) == start
        answer = await mara.patch(path, start, piece, upload_checksum=promised(piece))
        assert answer.status == 204
    assert await in_thread(stored, answer.headers["video-id"]) == film


@pytest.mark.parametrize("checksum", ["", "sha1", "crc32 AAAA", "sha1 AAAA", "sha1 !!"])
async def test_a_checksum_that_is_none_is_refused(mara, checksum):
    path = await mara.created(5)
    answer = await mara.patch(path, 0, b"rabbi", upload_checksum=checksum)
    assert (answer.status, answer.code) == (400, "invalid")
    assert await mara.offset(path) == 0


async def test_a_cut_piece_with_a_checksum_counts_for_nothing(mara):
    path = await mara.created(2 * MIB)
    request = mara.patching(path, 0, 2 * MIB, upload_checksum=promised(FILM * 2))
    await request.piece(FILM)
    await request.cut()
    assert await mara.offset(path) == 0


# --- cut, locked, expired, given up --------------------------------------------------------


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


# --- faults of ours ------------------------------------------------------------------------


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
