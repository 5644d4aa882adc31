"""Films as a worker finds them, and what it made of them as a player would read it."""

import re
import subprocess
from dataclasses import dataclass
from itertools import pairwise

from syncwatch.lib import parts
from videos.models import State, Video
from videos.storage import hls_prefix, original_key, store

_ATTRIBUTE = re.compile(r'([A-Z-]+)=("[^"]*"|[^,]*)')


def arrived(owner, path, **fields):
    """An uploaded film that waits for a worker."""
    video = Video.objects.create(
        owner=owner, title=path.name, state=State.QUEUED, bytes=path.stat().st_size, **fields
    )
    store().put(original_key(video.pk), path)
    return video


def text_of(video, name):
    return store().read(f"{hls_prefix(video.pk)}/{name}").decode()


def names_below(video):
    """What storage holds of this film, relative to its folder."""
    prefix = hls_prefix(video.pk)
    return [key.removeprefix(f"{prefix}/") for key in store().keys(prefix)]


def attributes(line):
    return {name: value.strip('"') for name, value in _ATTRIBUTE.findall(line.partition(":")[2])}


@dataclass
class Master:
    text: str
    variants: list
    choices: list

    @property
    def uris(self):
        return [variant["URI"] for variant in self.variants]


def master(video):
    text = text_of(video, "master.m3u8")
    lines = text.splitlines()
    variants = [
        {**attributes(line), "URI": lines[at + 1]}
        for at, line in enumerate(lines)
        if line.startswith("#EXT-X-STREAM-INF:")
    ]
    media = [attributes(line) for line in lines if line.startswith("#EXT-X-MEDIA:")]
    return Master(text, variants, media)


@dataclass
class Media:
    text: str
    init: str
    segments: list  # (name, seconds)

    @property
    def seconds(self):
        return sum(seconds for _, seconds in self.segments)

    @property
    def names(self):
        return [name for name, _ in self.segments]

    @property
    def ended(self):
        return self.text.rstrip().endswith("#EXT-X-ENDLIST")


def media(video, track):
    text = text_of(video, f"{track}/index.m3u8")
    lines = text.splitlines()
    lengths = [float(line[8:].rstrip(",")) for line in lines if line.startswith("#EXTINF:")]
    names = [line for line in lines if line and not line.startswith("#")]
    init = next((line.split('"')[1] for line in lines if line.startswith("#EXT-X-MAP:")), "")
    return Media(text, init, list(zip(names, lengths, strict=True)))


def _joined(video, track):
    playlist, prefix = media(video, track), f"{hls_prefix(video.pk)}/{track}"
    names = [playlist.init, *playlist.names]
    return b"".join(store().read(f"{prefix}/{name}") for name in names)


def times(video, track):
    """When each frame of a track is shown, as ffprobe reads the joined segments."""
    argv = [parts.path("ffprobe"), "-v", "error", "-show_entries", "packet=pts_time",
            "-of", "csv=p=0", "-"]  # fmt: skip
    done = subprocess.run(argv, input=_joined(video, track), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    return sorted(float(line.split(b",")[0]) for line in done.stdout.split())


def streams(video, track):
    """What ffprobe says about the streams of a track: (codec, width, height, rate)."""
    argv = [parts.path("ffprobe"), "-v", "error", "-show_entries",
            "stream=codec_name,width,height,avg_frame_rate", "-of", "csv=p=0", "-"]  # fmt: skip
    done = subprocess.run(argv, input=_joined(video, track), capture_output=True, check=False)
    return [tuple(line.split(",")) for line in done.stdout.decode().split()]


def decodes(video, track):
    """Every frame of a track can be decoded without a complaint."""
    argv = [parts.path("ffmpeg"), "-v", "error", "-i", "-", "-f", "null", "-"]
    done = subprocess.run(argv, input=_joined(video, track), capture_output=True, check=False)
    return done.returncode == 0 and not done.stderr, done.stderr[-500:]


def assert_delivered(video, *, seconds):
    """A finished film whose playlists are valid, whole, and as long as they should be."""
    found = master(video)
    assert "#EXT-X-START:TIME-OFFSET=0" in found.text
    assert "#EXT-X-INDEPENDENT-SEGMENTS" in found.text
    for variant in found.variants:
        assert re.fullmatch(r"avc1\.[0-9a-f]{6}(,mp4a\.40\.2)?", variant["CODECS"])
        assert re.fullmatch(r"\d+x\d+", variant["RESOLUTION"])
        assert float(variant["FRAME-RATE"]) > 0
        assert int(variant["BANDWIDTH"]) > 0
    tracks = [uri.partition("/")[0] for uri in found.uris]
    sounds = [choice for choice in found.choices if choice["TYPE"] == "AUDIO"]
    if sounds:
        assert [choice["DEFAULT"] for choice in sounds].count("YES") == 1
        assert all(variant["AUDIO"] == "audio" for variant in found.variants)
        tracks += [choice["URI"].partition("/")[0] for choice in sounds]
    for track in tracks:
        assert_whole(video, track, seconds=seconds)


def assert_whole(video, track, *, seconds):
    playlist = media(video, track)
    assert playlist.ended
    assert "#EXT-X-PLAYLIST-TYPE:EVENT" in playlist.text
    target_s = int(re.search(r"#EXT-X-TARGETDURATION:(\d+)", playlist.text)[1])
    assert all(round(length) <= target_s for _, length in playlist.segments)
    stored = set(names_below(video))
    for name in (playlist.init, *playlist.names):
        assert f"{track}/{name}" in stored
    shown = times(video, track)
    assert abs(playlist.seconds - seconds) < 0.5, (track, playlist.seconds)
    assert abs(shown[-1] - shown[0] - seconds) < 0.5, (track, shown[0], shown[-1])
    assert all(b - a < 0.5 for a, b in pairwise(shown))
