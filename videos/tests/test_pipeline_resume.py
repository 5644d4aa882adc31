"""Going on where a worker died: the same frames at the same times as without."""

import subprocess

import pytest

from syncwatch.lib import parts
from videos.encoder import commands, probe
from videos.hls import playlists
from videos.rules import ladder
from videos.tests.clips import film

pytestmark = [pytest.mark.ffmpeg, pytest.mark.usefixtures("db")]
DONE = 2


def encode(folder, source, *, done):
    """The smallest rung of a film, from segment `done` on: {segment: frame times}, init."""
    folder.mkdir()
    (folder / commands.SOURCE_FILE).symlink_to(film(source))
    probed = probe.probe(folder)
    rung = ladder.plan(probed.source, 0).first
    (folder / "out").mkdir()
    argv = commands.video([(rung, "out")], deinterlace=probed.source.picture.interlaced, done=done)
    subprocess.run(argv, cwd=folder, check=True, capture_output=True)
    found, closed = playlists.listed((folder / "out" / "index.m3u8").read_text())
    assert closed
    return {item.name: shown(folder / "out", item.name) for item in found}


def shown(folder, name):
    content = (folder / "init.mp4").read_bytes() + (folder / name).read_bytes()
    argv = [parts.path("ffprobe"), "-v", "error", "-show_entries", "packet=pts,flags",
            "-of", "csv=p=0", "-"]  # fmt: skip
    done = subprocess.run(argv, input=content, capture_output=True, check=True)
    frames = [line.split(b",")[:2] for line in done.stdout.split()]
    return sorted((int(pts), flags) for pts, flags in frames)


@pytest.mark.parametrize(
    "clip",
    [
        "television.mkv",
        "uneven.mkv",
        pytest.param("vp9.webm", marks=pytest.mark.long),
        pytest.param("interlaced.ts", marks=pytest.mark.long),
        pytest.param("b-frames.avi", marks=pytest.mark.long),
        pytest.param("odd.mkv", marks=pytest.mark.long),
        "late-picture.mkv",
    ],
)
def test_a_resumed_run_has_the_very_frames_of_one_that_never_stopped(tmp_path, clip):
    done = 1 if clip == "interlaced.ts" else DONE
    whole = encode(tmp_path / "whole", clip, done=0)
    rest = encode(tmp_path / "rest", clip, done=done)
    assert len(whole) > done
    assert rest == dict(list(whole.items())[done:])
    init = [(tmp_path / one / "out" / "init.mp4").read_bytes() for one in ("whole", "rest")]
    assert init[0] == init[1]


@pytest.mark.parametrize("clip", ["television.mkv", "uneven.mkv", "late-picture.mkv"])
def test_segments_are_of_one_length_and_begin_with_a_key_frame(tmp_path, clip):
    whole = list(encode(tmp_path / "whole", clip, done=0).values())
    assert len({len(frames) for frames in whole[:-1]}) == 1
    assert all(b"K" in frames[0][1] for frames in whole)
