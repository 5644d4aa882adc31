"""The whole product with its films in a bucket: sent, made, delivered, and nothing on our disk."""

import httpx
import pytest

from bench import film as films
from syncwatch.tests.api_client import Person
from syncwatch.tests.servers import S3Server
from syncwatch.tests.stack import Stack

pytestmark = [pytest.mark.s3, pytest.mark.ffmpeg, pytest.mark.stack]


@pytest.fixture
def bucket():
    with S3Server() as server:
        yield server


@pytest.fixture
def stack(bucket):
    with Stack(RATE_LIMIT_FACTOR="100", **bucket.environment()) as running:
        yield running


def test_a_film_goes_through_a_bucket_and_comes_back(stack, bucket, tmp_path):
    clip = films.make(tmp_path / "rabbit.mp4", seconds=8)
    with Person(stack.url, "Mara") as mara:
        video = mara.upload(clip)
        mara.wait_until(video, ready=True)
        code = mara.room("Sunday Rabbit Club")
        grant = mara.grant(code, mara.queue(code, video))

    master = httpx.get(stack.url + grant["hls"])
    assert master.status_code == httpx.codes.OK
    playlist = next(line for line in master.text.splitlines() if line.endswith(".m3u8"))
    media = httpx.get(httpx.URL(stack.url + grant["hls"]).join(playlist))
    assert media.text.rstrip().endswith("#EXT-X-ENDLIST")
    segment = next(line for line in media.text.splitlines() if line.endswith(".m4s"))
    bytes_ = httpx.get(media.url.join(segment), headers={"Range": "bytes=0-99"})
    assert (bytes_.status_code, len(bytes_.content)) == (206, 100)

    listed = bucket.client().list_objects_v2(Bucket=bucket.bucket)["Contents"]
    keys = {each["Key"] for each in listed}
    assert f"originals/{video}" in keys
    assert f"hls/{video}/master.m3u8" in keys
    assert not (stack.data / "media").exists()
