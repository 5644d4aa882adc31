"""What happens while a film is being made: early play, news, faults, being taken away."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from syncwatch.lib import clock
from videos import services
from videos.encoder import commands
from videos.models import AudioTrack, Rendition, State, TrackState, Video
from videos.pipeline import stages, tracks
from videos.pipeline.work import work_on
from videos.storage import hls_prefix, original_key, store
from videos.tests.clips import film
from videos.tests.films import (
    arrived,
    assert_delivered,
    assert_whole,
    master,
    media,
    names_below,
    text_of,
)

pytestmark = pytest.mark.ffmpeg


def row(video):
    return Video.objects.get(pk=video.pk)


def encoders():
    """Processes of ours that are at work in a scratch folder."""
    children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
    return [pid for pid in children if "/scratch/" in place_of(pid)]


def place_of(pid):
    try:
        return str(Path(f"/proc/{pid}/cwd").readlink())
    except OSError:  # it has just ended
        return ""


def states(news):
    """The news without repetitions: (state, playable)."""
    told = [(one["state"], one["playable"]) for one in news]
    return [one for at, one in enumerate(told) if at == 0 or told[at - 1] != one]


def test_a_webm_is_playable_in_360p_while_the_rest_is_being_made(people, news, slow_reading):
    """And what a player read early stays true: a growing playlist is only ever added to."""
    video = arrived(people.owner, film("vp9.webm"))

    def look(_):
        now = row(video)
        if not now.playable:
            return None
        playlist = media(now, "360p")
        here = names_below(video)
        assert all(f"360p/{name}" in here for name in playlist.names), "what it lists is there"
        return master(now).uris, playlist

    news.watch(look)
    assert work_on(video.pk)
    assert states(news) == [
        (State.PROBING, False),
        (State.PROCESSING, False),
        (State.PROCESSING, True),
        (State.READY, True),
    ]
    early = next(one for one in news if one["playable"])
    uris, playlist = early["saw"]
    assert uris == ["360p/index.m3u8"]
    assert len(playlist.segments) >= 2
    assert not playlist.ended
    assert 8 <= early["available_until"] < 12
    assert early["progress"] < 100
    assert_delivered(row(video), seconds=12)
    assert_only_added_to([one["saw"][1].text for one in news if one["saw"]], video)
    assert_never_back(news)


def assert_only_added_to(texts, video):
    whole = media(video, "360p").text
    assert len({*texts, whole}) > 1
    assert all(whole.startswith(text) for text in texts)


def assert_never_back(news):
    """The bar, and the end of what plays."""
    for key in ("progress", "available_until"):
        told = [one[key] for one in news]
        assert told == sorted(told)
    assert [one["progress"] for one in news].index(100) == len(news) - 1


def test_what_is_told_to_play_stands_in_the_master(people, news, slow_reading, monkeypatch):
    """However much came since the rows were last brought up to date."""
    monkeypatch.setattr(tracks, "RECORD_EVERY_MS", 20_000)
    video = arrived(people.owner, film("vp9.webm"))
    news.watch(lambda _: master(row(video)).uris if row(video).playable else None)
    work_on(video.pk)
    early = next(one for one in news if one["playable"])
    assert early["saw"] == ["360p/index.m3u8"]


def test_a_failed_remux_is_encoded_instead(made, monkeypatch):
    monkeypatch.setattr(commands, "remux", lambda folder: ["/bin/false"])
    video = made("tiny.mp4")
    assert video.state == State.READY
    assert [one.name for one in video.renditions.all()] == ["180p"]
    assert master(video).uris == ["180p/index.m3u8"]
    assert not [name for name in names_below(video) if name.startswith("source/")]


def test_sound_that_cannot_be_read_leaves_a_silent_film(made, monkeypatch):
    monkeypatch.setattr(commands, "audio", lambda folders: ["/bin/false"])
    monkeypatch.setattr(commands, "audio_check", lambda position: ["/bin/false"])
    video = made("tiny.mp4")
    assert video.state == State.READY
    assert video.note == "The sound of this film could not be read."
    assert [one.name for one in video.renditions.all()] == ["source"], "the picture was kept"
    assert "AUDIO" not in master(video).text


def test_one_bad_sound_track_leaves_the_others(made, monkeypatch):
    real = commands.audio
    monkeypatch.setattr(
        commands, "audio", lambda folders: ["/bin/false"] if 0 in folders else real(folders)
    )
    monkeypatch.setattr(
        commands, "audio_check", lambda position: ["/bin/false" if position == 0 else "/bin/true"]
    )
    video = made("two-sounds.mkv")
    assert video.state == State.READY
    assert video.note == ""
    assert [one.state for one in video.audio_tracks.all()] == [TrackState.FAILED, TrackState.READY]
    sounds = [one for one in master(video).choices if one["TYPE"] == "AUDIO"]
    assert [one["NAME"] for one in sounds] == ["Kommentar"]
    assert_delivered(video, seconds=12)


def test_a_quality_that_fails_is_missing_and_the_others_play(made, monkeypatch):
    real = commands.video

    def broken(rungs, **options):
        bad = any(rung.name == "480p" for rung, _ in rungs)
        return ["/bin/false"] if bad else real(rungs, **options)

    monkeypatch.setattr(commands, "video", broken)
    video = made("two-rungs.mkv")
    assert (video.state, video.error_code, video.retryable) == (
        State.READY,
        "quality_missing",
        True,
    )
    assert master(video).uris == ["360p/index.m3u8"]
    monkeypatch.setattr(commands, "video", real)
    services.video_retry(video=video)
    work_on(video.pk)
    assert row(video).error_code == ""
    assert set(master(video).uris) == {"360p/index.m3u8", "480p/index.m3u8"}
    assert_delivered(row(video), seconds=12)


def test_a_film_without_pictures_to_choose_from_is_still_a_film(made, monkeypatch):
    monkeypatch.setattr(commands, "still", lambda *_, **__: ["/bin/false"])
    monkeypatch.setattr(commands, "storyboard", lambda *_: ["/bin/false"])
    video = made("tiny.mp4")
    assert (video.state, video.posters, video.storyboard) == (State.READY, 0, False)


def test_a_film_that_ends_early_under_way_is_refused(made, monkeypatch):
    """Ffmpeg calls half a film a success; we compare."""
    real = commands.remux
    monkeypatch.setattr(
        commands, "remux", lambda folder: [*real(folder)[:-1], "-t", "6", real(folder)[-1]]
    )
    video = made("h264.mp4")
    assert (video.state, video.playable, video.error_code) == (State.FAILED, False, "truncated")


def test_deleting_a_film_stops_its_worker(people, news, slow_reading):
    video = arrived(people.owner, film("vp9.webm"))

    def delete_when_playable(_):
        if row(video).playable:
            services.video_delete(video=video)

    news.watch(delete_when_playable)
    assert work_on(video.pk) is False
    assert row(video).state == State.PROCESSING
    assert not encoders()
    assert not list((Path(settings.DATA_DIR) / "scratch").glob(f"{video.pk}.*"))
    Video.objects.filter(pk=video.pk).update(lease_until=clock.now() - timedelta(seconds=1))
    services.video_purge(video_id=video.pk)
    assert not Video.objects.filter(pk=video.pk).exists()
    assert store().keys(hls_prefix(video.pk)) == []
    assert original_key(video.pk) not in store().keys("originals")


def test_who_lost_the_film_writes_nothing_more_and_stops(people, news, slow_reading):
    video = arrived(people.owner, film("vp9.webm"))
    stored = {}

    def steal(_):
        # An encoder may end before its news is looked at; the next one's is as good.
        if row(video).playable and encoders() and not stored:
            Video.objects.filter(pk=video.pk).update(worker="another", attempt=99)
            stored.update({name: text_of(video, name) for name in lists()}, rows=rows())

    def lists():
        return [name for name in names_below(video) if name.endswith("m3u8")]

    def rows():
        found = Rendition.objects.filter(video=video), AudioTrack.objects.filter(video=video)
        return [list(one.values("state", "segments_done", "attempt")) for one in found]

    news.watch(steal)
    assert work_on(video.pk) is False
    assert stored
    assert {**{name: text_of(video, name) for name in lists()}, "rows": rows()} == stored
    assert (row(video).worker, row(video).state) == ("another", State.PROCESSING)
    assert not encoders()


def test_a_film_is_laid_down_once_it_plays_while_another_cannot_be_watched_yet(people, in_a_hurry):
    first = arrived(people.owner, film("two-rungs.mkv"))
    second = arrived(people.owner, film("tiny.mp4"))
    assert work_on(first.pk) is False
    assert (row(first).playable, row(first).state, row(first).worker) == (
        True,
        State.PROCESSING,
        "",
    )
    assert_whole(first, "360p", seconds=12)
    assert work_on(second.pk)
    assert work_on(first.pk)
    assert row(first).state == State.READY
    assert_delivered(row(first), seconds=12)


def test_redis_away_stops_no_film(people, in_a_hurry, monkeypatch):
    from syncwatch.lib import redis
    from videos import store as live

    def away(*_, **__):
        raise redis.RedisError("away")

    for name in ("live_set", "live_drop", "may_announce"):
        monkeypatch.setattr(live, name, away)
    video = arrived(people.owner, film("tiny.mp4"))
    assert work_on(video.pk)
    assert row(video).state == State.READY


def test_a_full_disk_is_told_in_words(people, in_a_hurry, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(stages.tracks, "plan_rows", full)
    video = arrived(people.owner, film("tiny.mp4"), tries=2)
    assert work_on(video.pk) is False
    assert (row(video).state, row(video).error_code, row(video).retryable) == (
        State.FAILED,
        "storage_full",
        True,
    )
    assert not list((Path(settings.DATA_DIR) / "scratch").glob(f"{video.pk}.*"))
