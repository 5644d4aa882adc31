"""What is no film, or not the film it says: refused in words, for good, without going anywhere."""

import random
import shutil
import time

import pytest

from syncwatch.lib import parts
from videos.encoder import commands, probe
from videos.encoder.process import PROBE_LIMITS, run
from videos.models import State, Video
from videos.pipeline.work import work_on
from videos.rules.ladder import rungs
from videos.tests.clips import film
from videos.tests.films import arrived, names_below
from videos.tests.test_rules_ladder import PICTURE
from videos.tests.traps import ListeningPort, WatchedFile

ffmpeg = pytest.mark.ffmpeg


@pytest.fixture
def judged(people, in_a_hurry, tmp_path):
    """`judged(content or path)`: the row after a worker has looked at such an upload."""

    def judge(content):
        path = content
        if isinstance(content, bytes):
            path = tmp_path / "film.mp4"
            path.write_bytes(content)
        video = arrived(people.owner, path)
        work_on(video.pk)
        return Video.objects.get(pk=video.pk)

    return judge


def assert_refused(video, code):
    assert (video.state, video.error_code) == (State.FAILED, code), video.error_message
    assert video.error_message.endswith((".", "."))
    assert (video.retryable, video.playable, video.worker) == (False, False, "")
    assert names_below(video) == []


NOISE = random.Random(7).randbytes(200_000)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"", "empty_file", id="empty"),
        pytest.param(b"Dear diary, today I saw a film.\n" * 50, "not_a_video", id="text"),
        pytest.param(NOISE, "not_a_video", id="noise"),
        pytest.param(b"<!DOCTYPE html><title>404</title>", "not_a_video", id="page"),
        pytest.param(b"PK\x03\x04" + NOISE[:500], "not_a_video", id="archive"),
        pytest.param(b"<svg onload=alert(1)>", "not_a_video", id="picture"),
        pytest.param(b"\0\0\0\x18ftypisom\0\0\2\0isomiso2" + NOISE, "not_a_video", id="header"),
    ],
)
@ffmpeg
def test_what_is_no_film_is_refused_in_words_and_never_tried_again(judged, content, code):
    video = judged(content)
    if code == "not_a_video" and video.error_code == "damaged":
        code = "damaged"  # a header alone may read as half a download
    assert_refused(video, code)
    assert work_on(video.pk) is False


@pytest.mark.parametrize(
    ("clip", "code"),
    [
        ("half.mp4", "truncated"),
        ("half.mkv", "truncated"),
        ("no-index.mp4", "damaged"),
        ("only-sound.m4a", "no_picture"),
        ("song-with-cover.mp4", "no_picture"),
        ("huge.mkv", "picture_too_large"),
        ("month.mkv", "too_long"),
        ("many-tracks.mkv", "too_many_tracks"),
        ("cover.jpg", "not_a_video"),
    ],
)
@ffmpeg
def test_a_film_that_cannot_be_shown_is_refused_in_words(judged, clip, code):
    assert_refused(judged(film(clip)), code)


@ffmpeg
def test_half_a_download_is_told_where_it_ends(judged):
    assert "at 0:06 of 0:12" in judged(film("half.mp4")).error_message


@ffmpeg
def test_a_film_longer_than_the_server_takes_is_refused(judged, settings):
    settings.MAX_DURATION_S = 5
    video = judged(film("h264.mp4"))
    assert_refused(video, "too_long")
    assert "0:12" in video.error_message


@ffmpeg
def test_av1_is_refused_in_words_where_it_cannot_be_decoded(judged, monkeypatch):
    known = probe.decodable() - {"av1"}
    monkeypatch.setattr(probe, "decodable", lambda: known)
    assert_refused(judged(film("av1.mkv")), "codec_unsupported")


@ffmpeg
def test_an_ffmpeg_that_lists_nothing_is_no_verdict_on_films(judged, monkeypatch):
    probe.decodable.cache_clear()
    real = parts.path("ffprobe")
    monkeypatch.setattr(probe.parts, "path", lambda n: "/bin/false" if n == "ffmpeg" else real)
    video = judged(film("tiny.mp4"))
    assert (video.state, video.tries) == (State.PROBING, 1)


def test_an_original_that_is_gone_is_told(people):
    video = Video.objects.create(owner=people.owner, title="Gone", state=State.QUEUED)
    work_on(video.pk)
    assert_refused(Video.objects.get(pk=video.pk), "original_missing")


@ffmpeg
def test_a_question_that_takes_too_long_is_cut_off(judged, monkeypatch, tmp_path):
    clip = film("tiny.mp4")
    slow = tmp_path / "ffprobe"
    slow.write_text("#!/bin/sh\nexec /bin/sleep 60\n")
    slow.chmod(0o755)
    real = parts.path("ffmpeg")
    monkeypatch.setattr(commands.parts, "path", lambda n: str(slow) if n == "ffprobe" else real)
    monkeypatch.setattr(probe, "PROBE_TIMEOUT_S", 0.3)
    began = time.monotonic()
    assert_refused(judged(clip), "too_complex")
    assert time.monotonic() - began < 5


@pytest.mark.long
@ffmpeg
def test_a_thousand_flipped_bits_never_break_the_worker(judged, in_a_hurry):
    """Whatever comes in, a film ends ready or failed in words."""
    chance = random.Random(11)
    for clip in ("tiny.mp4", "h264-b-frames.mkv", "b-frames.avi", "interlaced.ts"):
        for _ in range(6):
            content = bytearray(film(clip).read_bytes())
            for _ in range(1000):
                content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
            video = judged(bytes(content))
            assert video.state in (State.READY, State.FAILED)
            assert video.state == State.READY or video.error_message


# --- files that point elsewhere --------------------------------------------------------------


def m3u8(target):
    return f"#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\n{target}\n#EXT-X-ENDLIST\n"


def concat(target):
    return f"ffconcat version 1.0\nfile '{target}'\n"


def dash(target):
    return (
        '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" '
        'mediaPresentationDuration="PT12S" profiles="urn:mpeg:dash:profile:isoff-on-demand:2011">'
        '<Period><AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1">'
        f"<BaseURL>{target}</BaseURL></Representation></AdaptationSet></Period></MPD>"
    )


def sdp(target):
    port = target.rpartition(":")[2].partition("/")[0] if "://" in target else "5004"
    address = "IN IP4 127.0.0.1"
    return f"v=0\no=- 0 0 {address}\ns=x\nc={address}\nt=0 0\nm=video {port} RTP/AVP 96\n"


SHAPES = {"m3u8": m3u8, "ffconcat": concat, "dash": dash, "sdp": sdp}


@pytest.fixture
def aims(tmp_path):
    """A film beside the upload and a port of this machine, both watched."""
    secret = tmp_path / "secret.mp4"
    shutil.copy(film("tiny.mp4"), secret)
    with ListeningPort() as port, WatchedFile(secret) as watched:
        yield {
            "file": str(secret),
            "relative": "secret.mp4",
            "url": f"file://{secret}",
            "http": f"http://127.0.0.1:{port.port}/secret.mp4",
        }
        assert port.visits == 0
        assert not watched.touched


def test_the_traps_themselves_work(tmp_path):
    import socket

    (tmp_path / "x").write_bytes(b"x")
    with WatchedFile(tmp_path / "x") as watched:
        assert not watched.touched
        (tmp_path / "x").read_bytes()
        assert watched.touched
    with ListeningPort() as port:
        with socket.create_connection(("127.0.0.1", port.port)) as visitor:
            visitor.sendall(b"GET ")
            visitor.recv(1)
        assert port.visits == 1


@pytest.mark.parametrize("aim", ["file", "relative", "url", "http"])
@pytest.mark.parametrize("shape", SHAPES)
@ffmpeg
def test_a_playlist_is_refused_and_leads_nowhere(judged, aims, shape, aim):
    assert_refused(judged(SHAPES[shape](aims[aim]).encode()), "playlist")


def every_command():
    rung = rungs(PICTURE)[-1]
    return {
        "probe": commands.probe("-show_format", "-show_streams"),
        "remux": commands.remux("out"),
        "audio": commands.audio({0: "out"}),
        "audio_check": commands.audio_check(0),
        "video": commands.video([(rung, "out")], deinterlace=False),
        "resumed": commands.video([(rung, "out")], deinterlace=True, done=1),
        "subtitles": commands.subtitles({0: "out/sub.vtt"}),
        "still": commands.still(0, "out/still.jpg"),
        "storyboard": commands.storyboard(5, "out/%d.jpg"),
    }


@pytest.mark.parametrize("aim", ["relative", "http"])
@pytest.mark.parametrize("shape", SHAPES)
@ffmpeg
def test_no_command_of_ours_follows_a_playlist_even_unsniffed(aims, tmp_path, shape, aim):
    """The look at the first bytes is manners; these limits are the wall."""
    (tmp_path / "out").mkdir()
    (tmp_path / commands.SOURCE_FILE).write_text(SHAPES[shape](aims[aim]))
    for name, argv in every_command().items():
        outcome = run(argv, cwd=tmp_path, limits=PROBE_LIMITS, timeout_s=20)
        assert outcome.code, f"{name} took it"
    assert not list((tmp_path / "out").iterdir())


def test_every_command_carries_the_whole_wall():
    for name, argv in every_command().items():
        inputs = argv.count("-i") or 1
        for option, value in commands.WHITELISTS.items():
            places = [at for at, word in enumerate(argv) if word == f"-{option}"]
            assert len(places) == inputs, (name, option)
            assert all(argv[at + 1] == str(value) for at in places)
