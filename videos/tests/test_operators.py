"""`manage.py` for films: what nobody finished or knows goes, films are made again, films go."""

import datetime

import pytest

from accounts.models import AuditEntry
from playback.models import QueueItem
from syncwatch.lib import clock
from syncwatch.tests.operators import command, manage, untouched
from videos import hints, jobs, upkeep
from videos.models import AudioTrack, Rendition, State, TrackState, Upload, Video
from videos.storage import hls_prefix, original_key, store
from videos.tests.upload_fixtures import own_media, place, s3_server  # noqa: F401
from videos.uploads import sinks

GHOST = "0193f9b2-0000-7000-8000-000000000000"
DAY = datetime.timedelta(days=1)

pytestmark = pytest.mark.usefixtures("own_media")


@pytest.fixture
def video(people):
    """A film that plays, with its files."""
    made = Video.objects.create(
        owner=people.owner, title="Rabbit", state=State.READY, playable=True, duration=12.0,
        available_until=12.0, progress=100, bytes=4,
    )  # fmt: skip
    Rendition.objects.create(
        video=made, name="360p", position=1, first=True, width=640, height=360, fps="25",
        peak_bps=1, state=TrackState.READY, segments_done=1,
    )  # fmt: skip
    store().put(original_key(made.pk), b"film")
    for name in ("master.m3u8", "360p/index.m3u8", "360p/1.m4s"):
        store().put(f"{hls_prefix(made.pk)}/{name}", b"12345")
    return made


@pytest.fixture(autouse=True)
def empty(request, settings):
    """A bucket outlives its tests."""
    if "place" in request.fixturenames and request.getfixturevalue("place") == "bucket":
        for root in ("originals", "hls", "uploads"):
            store().delete_below(root)
        for key, multipart_id in store().unfinished():
            store().abandon(key, multipart_id)


def upload_of(owner, *, late):
    """An upload of which five bytes came."""
    film = Video.objects.create(owner=owner, title="Half", bytes=100)
    made = Upload.objects.create(
        owner=owner, video=film, length=100, offset=0,
        expires_at=clock.now() + (-1 if late else 1) * DAY,
    )  # fmt: skip
    sink = sinks.open_sink(made)
    sink.write(b"12345")
    state = sink.pause()
    sink.close()
    Upload.objects.filter(pk=made.pk).update(
        offset=state.offset, multipart_id=state.multipart_id, parts=state.parts
    )
    return made


def kept():
    """Every key of the storage."""
    return {key for root in ("originals", "hls", "uploads") for key, _ in store().sizes(root)}


def written_down(action):
    return set(AuditEntry.objects.filter(action=action).values_list("target", flat=True))


# --- pruneuploads ----------------------------------------------------------------------------


@pytest.mark.django_db
def test_what_nobody_finished_or_knows_goes_and_nothing_else(people, video, place):  # noqa: F811
    late, fresh = upload_of(people.owner, late=True), upload_of(people.owner, late=False)
    before = kept()
    for key in (f"originals/{GHOST}", f"hls/{GHOST}/360p/1.m4s", f"hls/{GHOST}/master.m3u8",
                f"uploads/{GHOST}", "hls/no-film/at-all.m4s"):  # fmt: skip
        store().put(key, b"x" * 10)
    said = command("pruneuploads")
    assert said.code == 0, said.err
    assert f"upload {late.pk} “Half” of mara: 5 B of 100 B, silent since" in said.out
    assert f"hls/{GHOST}: 2 files, 20 B, unknown to the database" in said.out
    assert "Removed 5 leftovers." in said.out
    assert kept() == {key for key in before if str(late.pk) not in key}
    assert list(Upload.objects.all()) == [fresh]
    assert set(Video.objects.values_list("pk", flat=True)) == {video.pk, fresh.video_id}
    assert written_down("upload.prune") == {str(late.pk)}
    assert f"hls/{GHOST}" in written_down("storage.prune")
    assert "Nothing to do" in command("pruneuploads").out


@pytest.mark.django_db
def test_a_dry_run_of_pruning_names_it_and_changes_nothing(people, video):
    late = upload_of(people.owner, late=True)
    store().put(f"hls/{GHOST}/360p/1.m4s", b"x")
    with untouched():
        said = command("pruneuploads", dry_run=True)
    assert f"upload {late.pk}" in said.out
    assert f"hls/{GHOST}: 1 file, 1 B" in said.out
    assert "Would remove 2 leftovers:" in said.out


@pytest.mark.s3
@pytest.mark.django_db
@pytest.mark.parametrize("place", ["bucket"], indirect=True)
def test_multipart_uploads_that_no_row_knows_go(people, place):  # noqa: F811
    mine, begun = (upload_of(people.owner, late=False) for _ in range(2))
    Upload.objects.filter(pk=begun.pk).update(multipart_id="")  # not written down yet
    bucket = store()
    for key in (original_key(GHOST), "somebody/elses"):
        bucket.client.create_multipart_upload(Bucket=bucket.name, Key=key)
    said = command("pruneuploads")
    assert f"{original_key(GHOST)}: a multipart upload" in said.out
    assert "Removed 1 leftover." in said.out
    left = {key for key, _ in bucket.unfinished()}
    assert left == {*(original_key(one.video_id) for one in (mine, begun)), "somebody/elses"}


@pytest.mark.django_db
def test_an_upload_that_goes_on_meanwhile_stays(people):
    from videos.uploads import leftovers

    late = upload_of(people.owner, late=True)
    assert leftovers.expired_unfinished() == [late]
    Upload.objects.update(expires_at=clock.now() + DAY)
    assert leftovers.upload_prune(upload=late) is False
    assert Upload.objects.exists()


# --- requeue ---------------------------------------------------------------------------------


@pytest.fixture
def told(monkeypatch, django_capture_on_commit_callbacks):
    """What workers are told."""
    sent = []
    monkeypatch.setattr(hints, "_send", lambda task, video_id: sent.append((task, video_id)))

    def requeue(*args, **options):
        sent.clear()
        with django_capture_on_commit_callbacks(execute=True):
            said = command("requeue", *args, **options)
        return said, {video_id for _, video_id in sent}

    return requeue


def film(owner, state, **fields):
    return Video.objects.create(owner=owner, title=f"{state} film", state=state, **fields)


@pytest.mark.django_db
def test_failed_and_stuck_films_are_worked_on_again_and_no_others(people, video, told):
    at_work = clock.now() + DAY
    failed = film(people.owner, "failed", error_code="lost", error_message="Lost.", retryable=True)
    sound = AudioTrack.objects.create(video=failed, position=0, state=TrackState.FAILED)
    stuck = film(people.owner, "processing", lease_until=clock.now() - DAY, tries=2)
    others = [
        film(people.owner, "failed", error_code="no_film", retryable=False),
        film(people.owner, "processing", lease_until=at_work),
        film(people.owner, "queued", hinted_at=clock.now()),
        film(people.owner, "uploading"),
    ]
    said, hinted = told()
    assert said.code == 0, said.err
    assert "Requeued 2 films." in said.out
    assert ": Lost." in said.out
    assert hinted == {str(failed.pk), str(stuck.pk)}
    for one in (failed, stuck):
        one.refresh_from_db()
        assert (one.state, one.tries, one.error_code, one.lease_until) == ("queued", 0, "", None)
    sound.refresh_from_db()
    assert sound.state == TrackState.QUEUED
    assert [one.state for one in Video.objects.filter(pk__in=[v.pk for v in others])].count(
        "queued"
    ) == 1
    assert told()[0].out == "Nothing to do: no film to requeue.\n"


@pytest.mark.django_db
def test_the_one_that_is_named_is_worked_on_whatever_became_of_it(people, video, told):
    hopeless = film(people.owner, "failed", error_code="no_film", retryable=False)
    for one in (hopeless, video):
        said, hinted = told(str(one.pk))
        assert (said.code, hinted) == (0, {str(one.pk)})


@pytest.mark.django_db
def test_a_dry_run_of_requeueing_changes_nothing(people, told):
    stuck = film(people.owner, "processing", lease_until=clock.now() - DAY)
    with untouched():
        said, hinted = told(dry_run=True)
    assert (f"{stuck.pk}" in said.out, hinted) == (True, set())


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["requeue", "purgevideo"])
@pytest.mark.parametrize("word", [GHOST, "rabbit", "%", ""])
def test_a_film_that_is_not_there_is_wrong_use(video, name, word):
    said = command(name, word)
    assert (said.code, said.out) == (2, "")
    assert "There is no film" in said.err


@pytest.mark.django_db
def test_a_film_that_is_still_on_its_way_cannot_be_worked_on(people):
    half = upload_of(people.owner, late=False)
    assert command("requeue", str(half.video_id)).code == 2


# --- purgevideo ------------------------------------------------------------------------------


@pytest.fixture
def listed(video, room):
    return QueueItem.objects.create(room=room, source="video", video=video, title="R", rank=1)


@pytest.mark.django_db
def test_a_film_goes_with_everything_and_rooms_lose_it(
    video, listed, room, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        said = command("purgevideo", str(video.pk))
    assert said.code == 0, said.err
    for words in ("original, 4 B", "3 files of 360p, 15 B", "Purged 1 film.",
                  f"on the list of room {room.code} “Sunday Rabbit Club”"):  # fmt: skip
        assert words in said.out
    assert not Video.objects.exists()
    assert not Rendition.objects.exists()
    assert not QueueItem.objects.exists()
    assert kept() == set()
    assert written_down("video.purge") == {str(video.pk)}
    assert command("purgevideo", str(video.pk)).code == 2, "it is not there any more"


async def test_people_in_the_room_see_it_leave_the_list(transactional_db, people, room, sockets):
    from asgiref.sync import sync_to_async

    film_of = sync_to_async(film)
    gone = await film_of(people.owner, "ready", playable=True)
    listed = sync_to_async(QueueItem.objects.create)
    await listed(room=room, source="video", video=gone, title="R", rank=1)
    socket = await sockets.open(people.member, room.code)
    assert (await sync_to_async(command)("purgevideo", str(gone.pk))).code == 0
    heard = await socket.frame("queue:updated")
    assert (heard["items"], heard["action"], heard["by"]) == ([], "removed", None)


@pytest.mark.django_db
def test_a_worker_that_is_at_it_is_waited_for(video, frozen_clock):
    jobs_end = clock.now() + datetime.timedelta(seconds=jobs.LEASE_S)
    Video.objects.filter(pk=video.pk).update(state="processing", lease_until=jobs_end)
    late = f"{hls_prefix(video.pk)}/360p/2.m4s"

    def wait():
        store().put(late, b"written by a worker that had not noticed")
        frozen_clock.advance(jobs.LEASE_S * 600)

    upkeep.video_erase(video=video, wait=wait)
    assert not Video.objects.exists()
    assert kept() == set()


@pytest.mark.django_db
def test_a_worker_that_never_lets_go_is_a_failure(video, frozen_clock, monkeypatch):
    forever = clock.now() + 30 * DAY
    Video.objects.filter(pk=video.pk).update(lease_until=forever)
    with pytest.raises(TimeoutError):
        upkeep.video_erase(video=video, wait=lambda: frozen_clock.advance(60_000))


@pytest.mark.django_db
def test_a_dry_run_of_purging_says_everything_and_changes_nothing(video, listed):
    with untouched():
        said = command("purgevideo", str(video.pk), dry_run=True)
    assert "Would purge 1 film:" in said.out
    assert "3 files of 360p" in said.out
    assert "on the list of room" in said.out


@pytest.mark.django_db(transaction=True)
def test_they_are_commands_of_manage_py(video, settings):
    """On the storage of the whole run, which another process sees too."""
    from django.conf import settings as run

    settings.MEDIA_ROOT = run.DATA_DIR / "media"
    store().put(f"hls/{GHOST}/360p/1.m4s", b"x")
    for argv, code in (
        (["pruneuploads"], 0),
        (["requeue", str(video.pk)], 0),
        (["purgevideo", str(video.pk)], 0),
    ):
        said = manage(*argv)
        assert said.code == code, said
    assert not Video.objects.exists()
    assert f"hls/{GHOST}/360p/1.m4s" not in kept()
