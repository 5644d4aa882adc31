"""Films for tests, as the pipeline leaves them: rows, and objects in the storage."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from asgiref.sync import async_to_sync
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import AsyncClient

from syncwatch.lib import redis
from videos.models import AudioTrack, Rendition, State, Subtitle, Video
from videos.storage import hls_prefix, original_key, store

SEGMENT = bytes(range(256)) * 4 + b"the end!"  # 1032 bytes, every place tells where it is
GROWING = b"#EXTM3U\n#EXT-X-PLAYLIST-TYPE:EVENT\n#EXTINF:4.0,\n1-00000.m4s\n"
FINISHED = GROWING + b"#EXT-X-ENDLIST\n"
OBJECTS = {
    "master.m3u8": b"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nsource/index.m3u8\n",
    "source/index.m3u8": FINISHED,
    "source/1-init.mp4": b"init",
    "source/1-00000.m4s": SEGMENT,
    "360p/index.m3u8": GROWING,
    "360p/1-00000.m4s": SEGMENT,
    "poster-0.jpg": b"\xff\xd8\xff0",
    "poster-1.jpg": b"\xff\xd8\xff1",
    "sheet-000.jpg": b"\xff\xd8\xffs",
    "storyboard.vtt": b"WEBVTT\n\n",
}
SRT = b"1\n00:00:01,000 --> 00:00:02,500\nHello <b>there</b>\n"


def film(owner, *, title="Rabbit", objects=None, **fields):
    """A film that is ready and whole, unless told otherwise."""
    given = {
        "state": State.READY, "playable": True, "progress": 100, "duration": 60.0,
        "available_until": 60.0, "width": 1280, "height": 720, "bytes": 1000,
        "posters": 2, "poster_chosen": 1, "storyboard": True,
    } | fields  # fmt: skip
    video = Video.objects.create(owner=owner, title=title, **given)
    Rendition.objects.create(
        video=video, name="source", position=0, first=True, width=1280, height=720, fps="25",
        peak_bps=3_000_000, average_bps=2_000_000, codec="avc1.640028", state="ready",
        progress=100, segments_done=15,
    )  # fmt: skip
    Rendition.objects.create(
        video=video, name="360p", position=1, width=640, height=360, fps="25", peak_bps=900_000
    )
    AudioTrack.objects.create(video=video, position=0, language="en", default=True, state="ready")
    Subtitle.objects.create(video=video, position=0, language="de", title="Deutsch")
    lay_down(video.pk, OBJECTS if objects is None else objects)
    return video


def lay_down(video_id, objects):
    for name, content in objects.items():
        store().put(f"{hls_prefix(video_id)}/{name}", content)
    store().put(original_key(video_id), b"the original")


def srt(content=SRT):
    """The body of a request that adds subtitles."""
    return {"file": SimpleUploadedFile("rabbit.srt", content)}


@dataclass
class Fetched:
    status: int
    headers: Mapping[str, str]
    pieces: list[bytes] = field(repr=False)

    @property
    def body(self):
        return b"".join(self.pieces)


def fetch(address, method="GET", **headers):
    """Ask for an address as a player does, without any sign-in. `If_Range=…` for `If-Range`."""
    return async_to_sync(_fetch)(address, method, headers)


async def _fetch(address, method, headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    response = await AsyncClient().generic(method, address, headers=named)
    try:
        streamed = [piece async for piece in response] if response.streaming else None
    finally:
        response.close()
        await redis.close_shared()
    return Fetched(
        response.status_code, response.headers, [response.content] if streamed is None else streamed
    )
