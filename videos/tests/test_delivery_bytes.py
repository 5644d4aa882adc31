"""What delivery sends: parts, conditions, how long it may be kept; from a folder and a bucket."""

import datetime
import urllib.error
import urllib.request
import uuid
from email.utils import format_datetime, parsedate_to_datetime

import pytest
from django.core.files.storage import FileSystemStorage, storages
from storages.backends.s3 import S3Storage

from syncwatch.lib import clock
from syncwatch.tests.servers import S3Server
from videos import delivery
from videos.delivery import Holder
from videos.storage import hls_prefix, store
from videos.tests.library import FINISHED, GROWING, OBJECTS, SEGMENT, fetch, lay_down

SIZE = len(SEGMENT)
MIB = 1024**2


FILM = uuid.UUID("01a20efb-a72b-781a-95ba-b88573bafdd7")


@pytest.fixture(scope="module")
def s3():
    """A real S3 server that holds the film; laid down once, because that takes a second."""
    with S3Server() as server:
        for name, content in OBJECTS.items():
            key = f"{hls_prefix(FILM)}/{name}"
            server.client().put_object(Bucket=server.bucket, Key=key, Body=content)
        yield server


@pytest.fixture(scope="module")
def bucket(s3):
    return S3Storage(
        bucket_name=s3.bucket, endpoint_url=s3.endpoint_url, access_key=s3.access_key,
        secret_key=s3.secret_key, region_name="us-east-1", addressing_style="path",
        signature_version="s3v4", file_overwrite=True, default_acl=None,
    )  # fmt: skip


@pytest.fixture(params=["folder", pytest.param("bucket", marks=pytest.mark.s3)])
def storage(request, monkeypatch, tmp_path):
    """Django's default storage, each kind in turn."""
    if request.param == "folder":
        default = FileSystemStorage(tmp_path)
    else:
        default = request.getfixturevalue("bucket")
    monkeypatch.setitem(storages._storages, "default", default)
    if request.param == "folder":
        lay_down(FILM, OBJECTS)


@pytest.fixture
def video(storage, people):
    """Rows for the film. Tests that write objects take names of their own."""
    return people.owner.videos.create(pk=FILM, title="Rabbit", playable=True)


@pytest.fixture
def base(video):
    told = delivery.addresses(video, Holder(uuid.uuid4(), clock.server_ms()))
    return told["hls"].removesuffix("master.m3u8")


RANGES = {
    "the first byte": ("bytes=0-0", 206, 0, 0),
    "the beginning": ("bytes=0-99", 206, 0, 99),
    "the middle": ("bytes=100-199", 206, 100, 199),
    "to the end": ("bytes=1000-", 206, 1000, SIZE - 1),
    "all of it": ("bytes=0-", 206, 0, SIZE - 1),
    "the last byte": (f"bytes={SIZE - 1}-", 206, SIZE - 1, SIZE - 1),
    "past the end": ("bytes=1000-99999", 206, 1000, SIZE - 1),
    "the last eight": ("bytes=-8", 206, SIZE - 8, SIZE - 1),
    "more than there is": ("bytes=-99999", 206, 0, SIZE - 1),
    "with spaces": ("bytes = 0 - 9", 206, 0, 9),
    "in capitals": ("BYTES=0-9", 206, 0, 9),
    "behind the end": (f"bytes={SIZE}-", 416, None, None),
    "far behind": ("bytes=99999-100000", 416, None, None),
    "the last none": ("bytes=-0", 416, None, None),
    "backwards": ("bytes=9-5", 200, None, None),
    "several": ("bytes=0-1,5-6", 200, None, None),
    "empty": ("bytes=-", 200, None, None),
    "another unit": ("seconds=0-1", 200, None, None),
    "nonsense": ("bytes=a-b", 200, None, None),
    "negative": ("bytes=-5--1", 200, None, None),
}


@pytest.mark.parametrize("case", RANGES.values(), ids=RANGES)
def test_a_range_gives_exactly_these_bytes(base, case):
    asked, status, first, last = case
    answer = fetch(f"{base}source/1-00000.m4s", Range=asked)
    assert answer.status == status
    assert answer.headers["Accept-Ranges"] == "bytes"
    if status == 416:
        assert answer.headers["Content-Range"] == f"bytes */{SIZE}"
        assert answer.body == b""
    elif status == 206:
        assert answer.headers["Content-Range"] == f"bytes {first}-{last}/{SIZE}"
        assert answer.headers["Content-Length"] == str(last - first + 1)
        assert answer.body == SEGMENT[first : last + 1]
    else:
        assert "Content-Range" not in answer.headers
        assert answer.body == SEGMENT


def test_a_playlist_has_ranges_too(base):
    answer = fetch(f"{base}source/index.m3u8", Range="bytes=1-6")
    assert (answer.status, answer.body) == (206, FINISHED[1:7])
    assert fetch(f"{base}source/index.m3u8", Range="bytes=9999-").status == 416


def test_an_empty_object_is_empty(base, video):
    store().put(f"{hls_prefix(video.pk)}/source/1-00009.m4s", b"")
    answer = fetch(f"{base}source/1-00009.m4s")
    assert (answer.status, answer.body, answer.headers["Content-Length"]) == (200, b"", "0")
    assert fetch(f"{base}source/1-00009.m4s", Range="bytes=0-").status == 416


@pytest.mark.parametrize("name", ["source/1-00000.m4s", "source/index.m3u8"])
def test_head_tells_all_but_the_bytes(base, name):
    whole, head = fetch(base + name), fetch(base + name, "HEAD", Range="bytes=0-1")
    assert (head.status, head.body) == (200, b"")
    for header in ("Content-Length", "Content-Type", "ETag", "Last-Modified", "Cache-Control"):
        assert head.headers[header] == whole.headers[header]


@pytest.mark.parametrize("name", ["source/1-00000.m4s", "360p/index.m3u8"])
def test_what_one_has_is_not_sent_again(base, name):
    etag = fetch(base + name).headers["ETag"]
    for tags in (etag, f'"other", {etag}', f"W/{etag}", "*"):
        answer = fetch(base + name, If_None_Match=tags)
        assert (answer.status, answer.body, answer.headers["ETag"]) == (304, b"", etag)
    assert fetch(base + name, If_None_Match='"other"').status == 200


def test_a_date_tells_as_well(base):
    address = f"{base}source/1-00000.m4s"
    modified = fetch(address).headers["Last-Modified"]
    earlier = parsedate_to_datetime(modified) - datetime.timedelta(seconds=1)
    assert fetch(address, If_Modified_Since=modified).status == 304
    assert fetch(address, If_Modified_Since=format_datetime(earlier, usegmt=True)).status == 200
    assert fetch(address, If_Modified_Since="long ago").status == 200
    assert fetch(address, If_None_Match='"other"', If_Modified_Since=modified).status == 200


def test_a_part_is_sent_only_of_what_was_begun_with(base):
    address = f"{base}source/1-00000.m4s"
    headers = fetch(address).headers
    for same in (headers["ETag"], headers["Last-Modified"]):
        assert fetch(address, Range="bytes=0-9", If_Range=same).status == 206
    for other in ('"other"', "Mon, 01 Jan 2001 00:00:00 GMT"):
        answer = fetch(address, Range="bytes=0-9", If_Range=other)
        assert (answer.status, answer.body) == (200, SEGMENT)


def test_a_growing_playlist_is_always_the_latest(base, video):
    address, key = f"{base}480p/index.m3u8", f"{hls_prefix(video.pk)}/480p/index.m3u8"
    store().put(key, GROWING)
    before = fetch(address)
    assert (before.body, before.headers["Cache-Control"]) == (GROWING, "public, max-age=1")
    longer = GROWING + b"#EXTINF:4.0,\n1-00001.m4s\n"
    store().put(key, longer)
    after = fetch(address, If_None_Match=before.headers["ETag"])
    assert (after.status, after.body) == (200, longer)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("master.m3u8", "public, max-age=1"),
        ("360p/index.m3u8", "public, max-age=1"),
        ("source/index.m3u8", "private, max-age=300"),
        ("source/1-00000.m4s", "public, max-age=31536000, immutable"),
        ("source/1-init.mp4", "public, max-age=31536000, immutable"),
        ("poster-0.jpg", "public, max-age=3600"),
        ("storyboard.vtt", "public, max-age=3600"),
    ],
)
def test_how_long_it_may_be_kept(base, name, kept):
    assert fetch(base + name).headers["Cache-Control"] == kept


def test_refusals_are_never_kept(base):
    for answer in (
        fetch(f"{base}nothing.m4s"),
        fetch(f"{base.replace('~s-', '~s-0')}master.m3u8"),
        fetch(f"{base}source/1-00000.m4s", Range="bytes=99999-"),
    ):
        assert answer.status in (403, 404, 416)
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_large_segment_travels_in_small_pieces(base, video):
    content = bytes(range(256)) * (3 * MIB // 256)
    store().put(f"{hls_prefix(video.pk)}/source/1-00005.m4s", content)
    whole = fetch(f"{base}source/1-00005.m4s")
    assert whole.body == content
    assert max(len(piece) for piece in whole.pieces) <= MIB // 4
    part = fetch(f"{base}source/1-00005.m4s", Range=f"bytes=7-{2 * MIB}")
    assert part.body == content[7 : 2 * MIB + 1]


def test_what_is_not_there_is_not_found(base):
    for name in ("source/9-00000.m4s", "other/index.m3u8", "poster-9.jpg"):
        for more in ({}, {"Range": "bytes=0-1"}):
            answer = fetch(base + name, **more)
            assert answer.status == 404
            assert b'"code": "not_found"' in answer.body


@pytest.mark.s3
def test_nobody_reads_the_bucket_itself(s3):
    s3.client().put_object(Bucket=s3.bucket, Key="originals/secret", Body=b"film")
    with pytest.raises(urllib.error.HTTPError) as refusal:
        urllib.request.urlopen(f"{s3.endpoint_url}/{s3.bucket}/originals/secret")
    assert refusal.value.code == 403
    refusal.value.close()
