"""A film's own subtitles: as much as somebody reads, however much there is."""

import logging
import subprocess

import pytest

from syncwatch.lib import parts
from videos.encoder import commands
from videos.models import State
from videos.pipeline import extras
from videos.rules import webvtt
from videos.tests.clips import film
from videos.tests.films import text_of

BIG, WORDS = 3000, "word " * 40
LIMIT = 100_000


def srt(count, words):
    cues = []
    for at in range(count):
        seconds, ms = divmod(at * 3, 1000)
        times = f"00:00:{seconds:02},{ms:03} --> 00:00:{seconds + 1:02},{ms:03}"
        cues.append(f"{at + 1}\n{times}\n{words}{at}\n")
    return "\n".join(cues)


@pytest.fixture(scope="module")
def wordy(tmp_path_factory):
    """A film with a track of 600 kB of text beside a small one."""
    folder = tmp_path_factory.mktemp("wordy")
    (folder / "big.srt").write_text(srt(BIG, WORDS))
    (folder / "small.srt").write_text(srt(3, "small "))
    argv = [
        parts.path("ffmpeg"), "-v", "error", "-i", film("tiny.mp4"), "-i", "big.srt",
        "-i", "small.srt", "-map", "0", "-map", "1", "-map", "2", "-c", "copy", "-c:s", "srt",
        "wordy.mkv",
    ]  # fmt: skip
    subprocess.run(argv, check=True, cwd=folder)
    return folder / "wordy.mkv"


@pytest.fixture
def written(monkeypatch):
    """The sizes of what ffmpeg wrote for us to read."""
    sizes = {}
    real = extras._cues

    def noted(path):
        sizes[path.name] = path.stat().st_size
        return real(path)

    monkeypatch.setattr(extras, "_cues", noted)
    return sizes


def cues(video, position):
    row = video.subtitles.get(position=position)
    return text_of(video, f"subtitles/{row.pk}.vtt").count(" --> ")


@pytest.mark.ffmpeg
def test_a_subtitle_track_of_any_size_is_cut_and_the_others_are_whole(
    made, wordy, written, monkeypatch, caplog
):
    monkeypatch.setattr(commands, "TEXT_BYTES", LIMIT)
    with caplog.at_level(logging.WARNING):
        video = made(wordy)
    assert video.state == State.READY
    assert written["subtitles-0.vtt"] < LIMIT + 64 * 1024, "nor may it fill the disk"
    assert LIMIT // 250 <= cues(video, 0) < BIG
    assert cues(video, 1) == 3
    assert "subtitle track 0 has too much text" in caplog.text
    assert "subtitle track 1" not in caplog.text


@pytest.mark.ffmpeg
def test_ordinary_subtitles_are_whole_and_nothing_is_said(made, wordy, caplog):
    with caplog.at_level(logging.WARNING):
        video = made(wordy)
    assert cues(video, 0) == BIG
    assert "too much text" not in caplog.text


@pytest.fixture
def track(tmp_path):
    def write(text):
        path = tmp_path / "subtitles-0.vtt"
        path.write_text(text)
        return path

    return write


def test_a_track_of_more_cues_than_we_show_ends_there(track, monkeypatch):
    monkeypatch.setattr(webvtt, "MOST_CUES", 5)
    assert extras._cues(track(srt(8, "word"))) == (webvtt.cues_of(srt(5, "word")), True)
    assert extras._cues(track(srt(5, "word")))[1] is False


def test_a_cue_that_was_cut_in_two_is_left_out(track, monkeypatch):
    text = srt(8, "word")
    monkeypatch.setattr(commands, "TEXT_BYTES", len(text) - 10)
    found, cut = extras._cues(track(text))
    assert cut
    assert found == webvtt.cues_of(srt(7, "word"))


def test_one_cue_of_a_megabyte_costs_no_more_than_what_is_shown_of_it(track, monkeypatch):
    """Putting marks over letters into order takes the square of their number."""
    given = []
    real = webvtt.cues_of
    monkeypatch.setattr(webvtt, "cues_of", lambda text: given.append(len(text)) or real(text))
    marks = "\u0301\u0316" * 100_000
    found, _ = extras._cues(track(f"00:01.000 --> 00:02.000\n{marks}\n"))
    assert len(found) == 1
    assert max(given) <= 2 * webvtt.CUE_CHARS
