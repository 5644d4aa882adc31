"""/api/uploads/: what is refused, and pieces that do not match their checksum."""

import pytest

from videos.models import Upload
from videos.tests.upload_client import FILM, MIB, promised
from videos.tests.upload_fixtures import in_thread, stored

pytestmark = pytest.mark.django_db(transaction=True)


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
