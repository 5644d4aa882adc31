"""Measuring a film: under a limit of time, and what was cut off by it is not believed."""

import shutil
import subprocess
import time

import pytest

from syncwatch.lib import parts
from videos.encoder import commands, probe
from videos.encoder.probe import Refused
from videos.models import State, Video
from videos.pipeline import stages
from videos.pipeline.work import work_on
from videos.pipeline.workshop import EncodeFailed
from videos.rules import admission
from videos.tests.clips import film
from videos.tests.films import arrived, assert_delivered

pytestmark = [pytest.mark.ffmpeg, pytest.mark.usefixtures("in_a_hurry")]


@pytest.fixture(scope="module")
def endless(tmp_path_factory):
    """A film that does not know its length, as recorders leave it when they are cut off."""
    path = tmp_path_factory.mktemp("endless") / "endless.mkv"
    argv = [parts.path("ffmpeg"), "-v", "error", "-i", film("two-rungs.mkv"), "-c", "copy",
            "-f", "matroska", "pipe:1"]  # fmt: skip
    with path.open("wb") as out:
        subprocess.run(argv, check=True, stdout=out)
    return path


@pytest.fixture
def folder(tmp_path):
    """`folder(path)`: the film in a working folder."""

    def lay(path):
        shutil.copy(path, tmp_path / commands.SOURCE_FILE)
        return tmp_path

    return lay


@pytest.fixture
def slow(tmp_path, monkeypatch):
    """`slow(words)`: an ffprobe that stops after a few packets where it is asked so."""
    real = {name: parts.path(name) for name in ("ffmpeg", "ffprobe")}

    def stop(words):
        script = tmp_path / "slow-ffprobe"
        script.write_text(
            "#!/bin/sh\n"
            f'case "$*" in {words})\n'
            f'  {real["ffprobe"]} "$@" | {shutil.which("head")} -n 60; exec /bin/sleep 60;;\n'
            "esac\n"
            f'exec {real["ffprobe"]} "$@"\n'
        )
        script.chmod(0o755)
        paths = {**real, "ffprobe": str(script)}
        monkeypatch.setattr(commands.parts, "path", paths.get)
        monkeypatch.setattr(probe, "PROBE_TIMEOUT_S", 1)

    return stop


SCAN = "*packet=*"
TAIL = "*read_intervals*%*packet=*"
SAMPLES = "*%+*packet=*"


def test_a_film_that_does_not_know_its_length_is_measured(folder, endless):
    assert probe.probe(folder(endless)).source.duration_s == pytest.approx(12, abs=0.2)


def test_a_measurement_that_was_cut_off_is_no_length(folder, endless, slow):
    slow(SCAN)
    with pytest.raises(Refused) as refused:
        probe.probe(folder(endless))
    assert refused.value.refusal.retryable


def test_a_look_at_the_end_that_was_cut_off_is_no_half_download(folder, slow):
    slow(TAIL)
    with pytest.raises(Refused) as refused:
        probe.probe(folder(film("h264.mp4")))
    assert refused.value.refusal.code == "not_measured"


def test_a_film_that_cannot_be_measured_is_tried_again_and_then_fails_in_words(
    people, endless, slow
):
    slow(SCAN)
    video = arrived(people.owner, endless)
    for _ in range(3):
        assert Video.objects.get(pk=video.pk).state in (State.QUEUED, State.PROBING)
        work_on(video.pk)
    video = Video.objects.get(pk=video.pk)
    assert (video.state, video.error_code, video.retryable) == (State.FAILED, "not_measured", True)
    assert video.error_message.endswith(".")


def test_key_frames_that_could_not_be_measured_are_not_known(folder, slow):
    assert probe.probe(folder(film("h264.mp4"))).longest_gop_s == pytest.approx(2)
    slow(SAMPLES)
    assert probe.probe(folder(film("h264.mp4"))).longest_gop_s == 0


def test_a_large_film_has_more_time_to_be_read_to_its_end(tmp_path):
    with (tmp_path / commands.SOURCE_FILE).open("wb") as file:
        file.truncate(20 * 1000**3)
    assert probe.Film(tmp_path).scan_timeout_s >= 600
    with (tmp_path / commands.SOURCE_FILE).open("wb") as file:
        file.truncate(1000)
    assert probe.Film(tmp_path).scan_timeout_s == pytest.approx(probe.PROBE_TIMEOUT_S, abs=1)


def test_somebody_is_called_while_a_film_is_being_read_and_may_stop_it(folder, slow):
    slow(SCAN)

    class Enough(Exception):
        pass

    def stop():
        raise Enough

    began_s = time.monotonic()
    with pytest.raises(Enough):
        probe.probe(folder(film("h264.mp4")), stop)
    assert time.monotonic() - began_s < 10


def test_packets_are_not_kept_while_they_are_counted(folder, monkeypatch):
    """A film may have a thousand million of them."""
    outputs = []
    real = probe.run

    def noted(*args, **kwargs):
        outcome = real(*args, **kwargs)
        outputs.append((args[0], outcome.output))
        return outcome

    monkeypatch.setattr(probe, "run", noted)
    probe.probe(folder(film("h264.mp4")))
    packets = [output for argv, output in outputs if "-read_intervals" in argv]
    assert packets
    assert not any(packets)


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """A film that is packed anew and encoded in smaller qualities."""
    path = tmp_path_factory.mktemp("large") / "large.mp4"
    argv = [
        parts.path("ffmpeg"), "-v", "error", "-i", film("two-rungs.mkv"), "-c:v", "libx264",
        "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "50", "-c:a", "copy", path,
    ]  # fmt: skip
    subprocess.run(argv, check=True)
    return path


def test_a_film_that_is_being_packed_anew_stays_so_when_its_key_frames_cannot_be_measured(
    people, large, slow, monkeypatch
):
    """Else its quality called "source" would go on with pictures of another size."""
    video = arrived(people.owner, large)
    with monkeypatch.context() as once:
        once.setattr(stages.Making, "first", unplugged)
        assert work_on(video.pk) is False
    planned = [row.name for row in video.renditions.all()]
    assert planned[0] == "source"
    slow(SAMPLES)
    assert work_on(video.pk)
    assert [row.name for row in video.renditions.all()] == planned
    assert_delivered(Video.objects.get(pk=video.pk), seconds=12)


def unplugged(making):
    raise EncodeFailed(admission.ENCODER, "somebody pulled the plug")
