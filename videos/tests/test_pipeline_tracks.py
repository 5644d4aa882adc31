"""The rows of a film's tracks: they fit their columns, whatever the film says of itself."""

import subprocess
from dataclasses import replace
from fractions import Fraction
from types import SimpleNamespace

import pytest

from syncwatch.lib import parts
from videos.models import Rendition, State, Video
from videos.pipeline import tracks
from videos.rules.ladder import Plan
from videos.tests.films import master
from videos.tests.test_rules_ladder import PICTURE

ROOM = Rendition._meta.get_field("fps").max_length


@pytest.fixture
def telephone(tmp_path):
    """A film of an uneven rate as telephones make them: 113670000/3788677 pictures a second."""
    path = tmp_path / "telephone.mp4"
    argv = [
        parts.path("ffmpeg"), "-v", "error",
        "-f", "lavfi", "-i", "testsrc2=size=160x90:rate=30:duration=42.1",
        "-vf", "settb=1/90000,setpts='PTS*0.999913+mod(N*7,11)*7'", "-fps_mode", "passthrough",
        "-enc_time_base", "1/90000", "-video_track_timescale", "90000",
        "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "50", path,
    ]  # fmt: skip
    subprocess.run(argv, check=True)
    return path


@pytest.mark.ffmpeg
def test_a_film_of_an_uneven_rate_fits_its_row_and_tells_its_rate(made, telephone):
    video = made(telephone)
    assert video.state == State.READY
    row = video.renditions.get(name="source")
    assert len(row.fps) <= ROOM
    assert master(video).variants[0]["FRAME-RATE"] == "30.003"


@pytest.mark.parametrize(
    ("rate", "kept"),
    [
        (Fraction(30000, 1001), "30000/1001"),
        (Fraction(25), "25"),
        (Fraction(0), "0"),
        (Fraction(108900000, 3629719), None),
        (Fraction(2**31 - 1, 36_000_000), None),
        (Fraction(1, 2**31 - 1), None),
    ],
)
def test_the_rate_of_a_picture_as_it_is_fits_its_row(people, rate, kept):
    video = Video.objects.create(owner=people.owner, title="Film", state=State.PROCESSING)
    source = SimpleNamespace(picture=replace(PICTURE, fps=rate), sounds=())
    plan = Plan(remux=True, first=None, rest=())
    tracks.plan_rows(SimpleNamespace(video_id=video.pk), source, plan)
    written = Rendition.objects.get(video=video).fps
    assert len(written) <= ROOM
    assert kept is None or written == kept
    assert float(Fraction(written)) == pytest.approx(float(rate), abs=0.0005)
