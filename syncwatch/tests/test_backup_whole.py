"""The whole product before and after: a room, its chat and its film on another machine."""

import httpx
import pytest

from bench import film as films
from syncwatch.tests.api_client import Person
from syncwatch.tests.servers import PostgresServer, S3Server
from syncwatch.tests.site import Site
from syncwatch.tests.stack import Stack

pytestmark = [pytest.mark.ffmpeg, pytest.mark.stack, pytest.mark.long]
SAY = """
from chat.services import message_send
from rooms.models import Room
room = Room.objects.get(code="{code}")
message_send(room_id=str(room.pk), author_id="{user}", body="Hello you two", nonce="1")
"""


def evening(stack, clip):
    """Mara's room with a word of hers and a film that is ready; she stays signed in."""
    mara = Person(stack.url, "Mara")
    video = mara.upload(clip)
    mara.wait_until(video, ready=True)
    code = mara.room("Sunday Rabbit Club")
    item = mara.queue(code, video)
    Site.on(stack).python(SAY.format(code=code, user=mara.id))
    return mara, code, item


def goes_on(stack, mara, code, item):
    """The same sign-in finds the same room, its chat, and a film that plays."""
    mara.close()
    mara._http = httpx.Client(base_url=stack.url, timeout=60, headers=mara._http.headers)
    assert mara.get(f"/api/rooms/{code}/")["name"] == "Sunday Rabbit Club"
    said = mara.get(f"/api/rooms/{code}/messages/")["results"]
    assert [line["body"] for line in said if line["kind"] == "text"] == ["Hello you two"]
    grant = mara.grant(code, item)
    master = httpx.get(stack.url + grant["hls"])
    assert master.status_code == httpx.codes.OK
    playlist = next(line for line in master.text.splitlines() if line.endswith(".m3u8"))
    media = httpx.get(httpx.URL(stack.url + grant["hls"]).join(playlist))
    assert media.text.rstrip().endswith("#EXT-X-ENDLIST")
    for segment in (line for line in media.text.splitlines() if line.endswith(".m4s")):
        got = httpx.get(media.url.join(segment))
        assert (got.status_code, len(got.content) > 100) == (200, True)


def moved(first, clip, path, **environment):
    """A backup while everything runs, put back onto another machine, which starts."""
    mara, code, item = evening(first, clip)
    said = Site.on(first).manage("backup", path)
    assert said.code == 0, said.err
    first.stop()
    second = Stack(RATE_LIMIT_FACTOR="100", **environment)
    try:
        said = Site.on(second).manage("restore", path)
        assert said.code == 0, said.err
        second.start()
        goes_on(second, mara, code, item)
    finally:
        mara.close()
        second.close()


@pytest.mark.postgres
def test_a_room_its_chat_and_its_film_move_to_another_machine_and_database(tmp_path):
    clip = films.make(tmp_path / "rabbit.mp4", seconds=6)
    with PostgresServer() as postgres, Stack(RATE_LIMIT_FACTOR="100") as first:
        moved(first, clip, tmp_path / "backup.tar", **postgres.environment())


@pytest.mark.s3
def test_they_move_from_one_bucket_to_another(tmp_path):
    clip = films.make(tmp_path / "rabbit.mp4", seconds=6)
    with S3Server() as server:
        server.client().create_bucket(Bucket="other")
        other = {**server.environment(), "S3_BUCKET": "other"}
        with Stack(RATE_LIMIT_FACTOR="100", **server.environment()) as first:
            moved(first, clip, tmp_path / "backup.tar", **other)
        assert server.client().list_objects_v2(Bucket="other")["KeyCount"] > 0
