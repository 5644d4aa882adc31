"""Writing films: rename, delete, try again, posters, subtitles."""

import pytest

from syncwatch.lib import clock
from syncwatch.lib.errors import Conflict, Invalid, NotFound
from videos import access, selectors, services
from videos import store as live
from videos.models import Rendition, State, Subtitle, TrackState, Video
from videos.signals import video_changed, video_deleted
from videos.storage import StorageError, hls_prefix, original_key, store

pytestmark = pytest.mark.django_db
SRT = b"1\n00:00:01,000 --> 00:00:03,000\nHello <script>there</script>\n"


@pytest.fixture(autouse=True)
def hints(monkeypatch):
    from django.db import transaction

    from videos import hints as real

    sent = []
    monkeypatch.setattr(real, "_send", lambda task, video_id: sent.append((task, video_id)))
    monkeypatch.setattr(transaction, "on_commit", lambda act: act())
    return sent


@pytest.fixture
def video(people):
    """A film that plays."""
    made = Video.objects.create(
        owner=people.owner, title="Film", state=State.READY, playable=True, duration=12.0,
        available_until=12.0, posters=6, progress=100, bytes=1000,
    )  # fmt: skip
    Rendition.objects.create(
        video=made, name="360p", position=1, first=True, width=640, height=360, fps="25",
        peak_bps=1, codec="avc1.64001f", state=TrackState.READY, segments_done=3,
    )  # fmt: skip
    store().put(f"{hls_prefix(made.pk)}/master.m3u8", b"#EXTM3U\n")
    store().put(original_key(made.pk), b"film")
    return made


def row(video):
    return Video.objects.get(pk=video.pk)


def master(video):
    return store().read(f"{hls_prefix(video.pk)}/master.m3u8").decode()


@pytest.fixture
def heard():
    """Signals of films: (which, id)."""
    told = []

    def changed(sender, video_id, **_):
        told.append(("changed", video_id))

    def deleted(sender, video_id, **_):
        told.append(("deleted", video_id))

    video_changed.connect(changed)
    video_deleted.connect(deleted)
    yield told
    video_changed.disconnect(changed)
    video_deleted.disconnect(deleted)


def test_a_title_is_cleaned(video):
    assert (
        services.video_rename(video=video, title="  A  better\u202e one ").title == "A better one"
    )


@pytest.mark.parametrize("title", ["", "   ", "\u200b", "x" * 201])
def test_a_title_nobody_could_read_is_refused(video, title):
    with pytest.raises(Invalid):
        services.video_rename(video=video, title=title)
    assert row(video).title == "Film"


# --- deleting --------------------------------------------------------------------------------


def test_a_deleted_film_is_out_of_sight_at_once_and_out_of_storage_soon(
    people, video, hints, heard
):
    services.video_delete(video=video)
    with pytest.raises(NotFound):
        access.video_for(people.owner, video.pk)
    assert not selectors.videos_for(people.owner).exists()
    assert selectors.usage_for(people.owner) == {"videos": 0, "bytes": 0}
    assert heard == [("deleted", str(video.pk))]
    assert ("videos.tasks.purge", str(video.pk)) in hints
    services.video_purge(video_id=video.pk)
    assert store().keys(hls_prefix(video.pk)) == []
    assert not Video.objects.filter(pk=video.pk).exists()


def test_deleting_twice_tells_once(video, heard):
    services.video_delete(video=video)
    services.video_delete(video=video)
    assert len(heard) == 1


def test_a_film_that_was_not_deleted_is_never_purged(video):
    assert services.video_purge(video_id=video.pk) == 0
    assert "EXTM3U" in master(video)


def test_purging_twice_or_what_never_was_does_nothing(video):
    services.video_delete(video=video)
    services.video_purge(video_id=video.pk)
    assert services.video_purge(video_id=video.pk) == 0


# --- trying again ----------------------------------------------------------------------------


def failed(video, **fields):
    fields = {"error_code": "transcode_failed", "error_message": "No.", "retryable": True, **fields}
    Video.objects.filter(pk=video.pk).update(state=State.FAILED, playable=False, **fields)
    return row(video)


def test_a_failed_film_waits_for_a_worker_again(video, hints, heard):
    services.video_retry(video=failed(video, tries=3))
    assert (row(video).state, row(video).tries, row(video).error_code) == (State.QUEUED, 0, "")
    assert hints == [("videos.tasks.transcode", str(video.pk))]
    assert heard == [("changed", str(video.pk))]


def test_what_can_never_work_is_not_tried_again(video, hints):
    with pytest.raises(Conflict) as refused:
        services.video_retry(video=failed(video, retryable=False))
    assert refused.value.code == "not_retryable"
    assert hints == []


def test_a_film_that_did_not_fail_is_not_tried_again(video):
    with pytest.raises(Conflict):
        services.video_retry(video=video)


def test_missing_qualities_are_made_while_the_film_goes_on_playing(video):
    missing = Rendition.objects.create(
        video=video, name="480p", position=0, width=854, height=480, fps="25", peak_bps=1,
        state=TrackState.FAILED,
    )  # fmt: skip
    Video.objects.filter(pk=video.pk).update(error_code="quality_missing", retryable=True)
    services.video_retry(video=row(video))
    missing.refresh_from_db()
    assert missing.state == TrackState.QUEUED
    assert (row(video).state, row(video).playable) == (State.PROCESSING, True)


def test_operators_may_work_on_anything_again(video, hints):
    failed(video, retryable=False, worker="gone", tries=3)
    services.video_requeue(video_id=video.pk)
    found = row(video)
    assert (found.state, found.worker, found.tries) == (State.QUEUED, "", 0)
    assert hints == [("videos.tasks.transcode", str(video.pk))]


def test_a_deleted_film_is_not_worked_on_again(video, hints):
    services.video_delete(video=video)
    hints.clear()
    services.video_requeue(video_id=video.pk)
    assert hints == []


# --- posters ---------------------------------------------------------------------------------


def test_a_poster_is_chosen_from_the_candidates(video):
    services.poster_choose(video=video, candidate=4)
    assert row(video).poster_chosen == 4


@pytest.mark.parametrize("candidate", [-1, 6, 99])
def test_a_poster_that_does_not_exist_is_refused(video, candidate):
    with pytest.raises(Invalid, match="from 0 to 5"):
        services.poster_choose(video=video, candidate=candidate)


def test_a_film_without_pictures_has_no_poster_yet(video):
    video.posters = 0
    with pytest.raises(Conflict) as refused:
        services.poster_choose(video=video, candidate=0)
    assert refused.value.code == "not_ready"


# --- subtitles -------------------------------------------------------------------------------


def add(video, raw=SRT, language="en", title="English"):
    return services.subtitle_add(video=video, raw=raw, language=language, title=title)


def test_subtitles_are_stored_as_webvtt_and_offered_to_players(video, heard):
    subtitle = add(video)
    assert 'NAME="English",LANGUAGE="en"' in master(video)
    assert f'URI="subtitles/{subtitle.pk}.m3u8"' in master(video)
    cues = store().read(f"{hls_prefix(video.pk)}/subtitles/{subtitle.pk}.vtt").decode()
    assert "00:00:01.000 --> 00:00:03.000\nHello &lt;script>there" in cues
    assert heard == [("changed", str(video.pk))]


@pytest.mark.parametrize("raw", [b"", b"no cue in here", b"\xff\xd8\xff\xe0" * 20])
def test_a_file_without_subtitles_is_refused(video, raw):
    with pytest.raises(Invalid, match="No subtitles"):
        add(video, raw)
    assert not Subtitle.objects.exists()


def test_too_many_bytes_or_too_many_tracks_are_refused(video):
    with pytest.raises(Invalid, match="2 MB"):
        add(video, b"x" * (services.SUBTITLE_MAX_BYTES + 1))
    for _ in range(services.MOST_SUBTITLES):
        Subtitle.objects.create(video=video)
    with pytest.raises(Invalid, match="32"):
        add(video)


def test_subtitles_wait_for_a_film_that_plays(video):
    video.playable = False
    with pytest.raises(Conflict):
        add(video)


def test_removed_subtitles_are_gone_from_players_and_storage(video):
    subtitle = add(video)
    services.subtitle_remove(video=video, subtitle_id=subtitle.pk)
    services.subtitle_remove(video=video, subtitle_id=subtitle.pk)
    assert "SUBTITLES" not in master(video)
    assert store().keys(f"{hls_prefix(video.pk)}/subtitles") == []


# --- reading ---------------------------------------------------------------------------------


def test_the_workers_latest_numbers_win_over_the_row(video):
    Video.objects.filter(pk=video.pk).update(state=State.PROCESSING, progress=10, available_until=4)
    live.live_set(video.pk, {"progress": 30, "available_until": 8.0})
    (found,) = selectors.freshen([row(video)])
    assert (found.progress, found.available_until) == (30, 8.0)


def test_a_finished_film_is_not_asked_about(video):
    live.live_set(video.pk, {"progress": 30, "available_until": 99.0})
    (found,) = selectors.freshen([row(video)])
    assert found.available_until == 12.0


def test_a_room_learns_no_more_than_it_may(video):
    assert selectors.public_payload(video) == {
        "id": str(video.pk), "state": "ready", "progress": 100, "playable": True,
        "available_until": 12.0, "duration": 12.0, "error": None,
    }  # fmt: skip


def test_a_film_of_somebody_else_is_not_there(people, video):
    with pytest.raises(NotFound):
        access.video_for(people.stranger, video.pk)
    people.stranger.is_staff = True
    assert access.video_for(people.stranger, video.pk) == video


@pytest.mark.parametrize("wrong", ["", "x", "../etc", "01890000-0000-7000-8000-000000000000"])
def test_an_address_of_nothing_is_not_there(people, wrong):
    with pytest.raises(NotFound):
        access.video_for(people.owner, wrong)


def test_news_come_at_most_once_a_second(video, heard):
    from videos.announcements import announce_sometimes

    announce_sometimes(video.pk)
    announce_sometimes(video.pk)
    assert len(heard) == 1


def test_a_receiver_that_fails_does_not_stop_the_work(video, caplog):
    from videos.announcements import announce

    def broken(sender, **_):
        raise ValueError("no")

    video_changed.connect(broken)
    try:
        announce(video.pk)
    finally:
        video_changed.disconnect(broken)
    assert "did not take the news" in caplog.text


def test_one_film_that_cannot_be_removed_keeps_no_other(people, monkeypatch, frozen_clock):
    films = [
        Video.objects.create(owner=people.owner, title=title, deleted_at=clock.now())
        for title in ("stuck", "goes")
    ]
    remove = services.video_purge

    def purge(*, video_id):
        if video_id == films[0].pk:
            raise StorageError(OSError("no answer"))
        return remove(video_id=video_id)

    monkeypatch.setattr(services, "video_purge", purge)
    frozen_clock.advance(3_600_000)
    services.sweep()
    assert list(Video.objects.values_list("title", flat=True)) == ["stuck"]


def test_work_on_a_film_that_is_still_coming_in_is_not_begun(people):
    coming = Video.objects.create(owner=people.owner, title="Film", state=State.UPLOADING)
    services.video_requeue(video_id=coming.pk)
    assert row(coming).state == State.UPLOADING
