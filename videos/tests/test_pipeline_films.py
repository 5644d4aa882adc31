"""From an uploaded film to what a player reads, with the real ffmpeg."""

import re
from itertools import pairwise

import pytest

from videos.models import State, TrackState
from videos.pipeline import extras
from videos.tests.films import assert_delivered, master, media, streams, text_of, times

pytestmark = pytest.mark.ffmpeg
PLACES = extras.POSTER_PLACES


def names(video):
    return [row.name for row in video.renditions.all()]


def test_an_h264_film_is_packed_anew_and_ready(made):
    video = made("h264.mp4")
    assert (video.state, video.progress, video.playable) == (State.READY, 100, True)
    assert (video.width, video.height, video.duration) == (320, 180, 12.0)
    assert video.available_until == 12.0
    assert names(video) == ["source"]
    assert_delivered(video, seconds=12)
    assert streams(video, "source") == [("h264", "320", "180", "25/1")]
    assert [name for name, *_ in streams(video, "a0")] == ["aac"]


def test_picture_and_sound_begin_together_a_second_in(made):
    video = made("h264-b-frames.mkv")
    assert times(video, "source")[0] == pytest.approx(1, abs=0.1)
    assert times(video, "a0")[0] == pytest.approx(1, abs=0.05)


def test_a_webm_gets_the_whole_ladder(made):
    video = made("vp9.webm")
    assert video.state == State.READY
    assert names(video) == ["480p", "360p"]
    assert_delivered(video, seconds=12)
    assert streams(video, "360p") == [("h264", "640", "360", "25/1")]
    assert streams(video, "480p") == [("h264", "854", "480", "25/1")]
    assert times(video, "360p") == times(video, "480p")
    assert [length for _, length in media(video, "360p").segments] == [4, 4, 4]


def test_every_rung_of_a_ladder_has_its_size_and_the_same_frames(made):
    video = made("three-rungs.mkv")
    sizes = {name: streams(video, name)[0][1:3] for name in names(video)}
    assert sizes == {"720p": ("1280", "720"), "480p": ("854", "480"), "360p": ("640", "360")}
    assert times(video, "720p") == times(video, "480p") == times(video, "360p")
    assert len(times(video, "720p")) in (150, 151)  # the sound may begin a moment earlier


def test_the_originals_address_is_nowhere_in_what_is_delivered(made):
    video = made("tiny.mp4")
    assert "originals" not in text_of(video, "master.m3u8") + text_of(video, "source/index.m3u8")


def test_a_film_without_sound_plays_and_says_so(made):
    video = made("no-sound.mp4")
    assert video.state == State.READY
    assert video.note == "This film has no sound."
    assert_delivered(video, seconds=12)
    assert "AUDIO" not in master(video).text
    assert master(video).variants[0]["CODECS"].count(",") == 0


def test_every_sound_track_and_the_subtitles_stay(made):
    video = made("two-sounds.mkv")
    assert_delivered(video, seconds=12)
    sounds = [one for one in master(video).choices if one["TYPE"] == "AUDIO"]
    assert [(one["LANGUAGE"], one["NAME"]) for one in sounds] == [
        ("eng", "eng"),
        ("deu", "Kommentar"),
    ]
    subtitle = next(one for one in master(video).choices if one["TYPE"] == "SUBTITLES")
    assert subtitle["LANGUAGE"] == "eng"
    playlist = text_of(video, subtitle["URI"])
    cues = text_of(video, f"subtitles/{playlist.splitlines()[-2]}")
    assert cues.startswith("WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:90000,LOCAL:00:00:00.000\n")
    assert re.search(r"00:00:01\.0\d\d --> 00:00:03\.0\d\d\nHello <i>there</i>", cues)


def test_a_short_film_is_playable_with_less_than_two_segments(made):
    video = made("tiny.mp4")
    assert (video.state, video.playable) == (State.READY, True)
    assert len(media(video, "source").segments) == 1


def test_a_picture_turned_by_its_header_is_upright(made):
    video = made("turned.mp4")
    assert (video.width, video.height) == (180, 320)
    assert_delivered(video, seconds=12)
    assert streams(video, "180p") == [("h264", "180", "320", "25/1")]


def test_a_portrait_film_is_measured_by_its_short_side(made):
    video = made("portrait.mkv")
    assert names(video) == ["360p"]
    assert streams(video, "360p") == [("h264", "360", "640", "25/1")]


def test_odd_sizes_and_full_colour_become_what_browsers_show(made):
    video = made("odd.mkv")
    assert video.state == State.READY
    width, height = streams(video, names(video)[0])[0][1:3]
    assert int(width) % 2 == int(height) % 2 == 0


def test_interlaced_television_plays_in_whole_pictures(made):
    video = made("interlaced.ts")
    assert_delivered(video, seconds=8)
    assert streams(video, "240p") == [("h264", "320", "240", "25/1")]


def test_an_uneven_rate_becomes_an_even_one(made):
    video = made("uneven.mkv")
    assert_delivered(video, seconds=20)
    shown = times(video, "180p")
    assert all(b - a == pytest.approx(1 / 30, abs=0.001) for a, b in pairwise(shown))


def test_cover_art_is_no_film(made):
    video = made("film-with-cover.mp4")
    assert (video.width, video.height) == (320, 180)
    assert_delivered(video, seconds=12)


def test_a_picture_that_begins_late_stays_in_step_with_its_sound(made):
    video = made("late-picture.mp4")
    assert_delivered(video, seconds=15)
    assert times(video, names(video)[0])[0] == pytest.approx(1, abs=0.05)


def test_an_old_avi_with_b_frames_plays(made):
    video = made("b-frames.avi")
    assert video.state == State.READY
    assert_delivered(video, seconds=12)


def test_there_are_posters_to_choose_from_and_a_storyboard(made, monkeypatch):
    monkeypatch.setattr(extras, "POSTER_PLACES", PLACES)
    video = made("h264.mp4")
    assert video.posters == 6
    assert "sheet-000.jpg#xywh=0,0,160,90" in text_of(video, "storyboard.vtt")
    assert video.storyboard


@pytest.mark.parametrize("clip", ["fast.mkv", "surround.mkv", "hevc10.mkv", "one-key-frame.mp4"])
@pytest.mark.long
def test_stranger_films_play_too(made, clip):
    video = made(clip)
    assert video.state == State.READY
    assert_delivered(video, seconds=video.duration)


def test_damage_in_the_middle_still_gives_a_film_of_full_length(made):
    video = made("holes.mp4")
    assert video.state == State.READY
    assert all(row.state == TrackState.READY for row in video.renditions.all())
    assert media(video, names(video)[0]).seconds == pytest.approx(12, abs=0.5)
