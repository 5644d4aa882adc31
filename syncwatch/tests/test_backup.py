"""`manage.py backup` and `restore`: everything comes back, and nothing is ever half there."""

import io
import json
import os
import re
import signal
import time

import pytest

from syncwatch.management.backup import media
from syncwatch.management.backup.archive import ArchiveError
from syncwatch.management.backup.putting_back import examine
from syncwatch.management.backup.taking import NotPossibleError
from syncwatch.management.runfile import RunFile
from syncwatch.tests.operators import command
from syncwatch.tests.servers import PostgresServer
from syncwatch.tests.site import Site, contents
from videos.storage import store

FILL = """
import datetime
from accounts import audit, sessions
from accounts.models import User
from chat.models import Message
from django.contrib.auth.models import Group
from playback.models import QueueItem, RoomPlayback
from rooms import services
from syncwatch.lib import clock
from videos.models import State, Upload, Video
from videos.storage import store
mara = User.objects.create_user("mara", "correct horse", display_name="Mära 🐇")
ilya = User.objects.create_guest("Ilya")
mara.groups.add(Group.objects.create(name="hosts"))
sessions.session_open(user=mara, agent="test")
room = services.room_create(owner=mara, name="Sunday Rabbit Club", password="letter")
first = Message.objects.create(room=room, author=ilya, body="Hello\\n“you”", nonce="1", rank=1)
for number in range(2, 40):
    Message.objects.create(room=room, author=mara, body=f"{number}", nonce=str(number),
                           rank=number, reply_to=first, media_time_s=number / 3)
film = Video.objects.create(owner=mara, title="Rabbit", state=State.READY, playable=True,
                            duration=12.04, bytes=300)
store().put(f"originals/{film.pk}", bytes(range(256)) * 50)
store().put(f"hls/{film.pk}/master.m3u8", b"#EXTM3U")
store().put(f"hls/{film.pk}/360p/1.m4s", b"segment" * 1000)
store().put(f"hls/{film.pk}/360p/.2.m4s.half", b"being written")
lost = Video.objects.create(owner=mara, title="Lost", state=State.READY, playable=True)
QueueItem.objects.create(room=room, source="video", video=film, title="Rabbit", rank=1)
RoomPlayback.objects.create(room=room, position_s=1.5, at_ms=1, rate=1.25)
half = Video.objects.create(owner=mara, title="Half")
Upload.objects.create(owner=mara, video=half, length=10, offset=5, multipart_id="abc",
                      parts=[{"number": 1}], expires_at=clock.now() + datetime.timedelta(days=1))
store().put("uploads/half", b"12345")
audit.record(mara, "try", room.pk, {"a": [1, None]})
print(film.pk, lost.pk)
"""


@pytest.fixture(scope="module")
def full():
    """An installation with something of everything."""
    with Site() as site:
        assert site.manage("migrate", "-v0").code == 0
        site.film, site.lost = site.python(FILL).split()
        yield site


@pytest.fixture(scope="module")
def taken(full):
    """A backup of it."""
    path = full.folder / "backup.tar"
    said = full.manage("backup", path)
    assert said.code == 0, said.err
    assert "3 files with 19.3 KiB" in said.out
    assert f"1 films have no files in the storage: {full.lost}" in said.out
    return path


@pytest.fixture(scope="module")
def restored(taken):
    """An empty machine onto which it was put back."""
    with Site() as site:
        said = site.manage("restore", taken)
        assert said.code == 0, said.err
        assert "Whole and sound." in said.out
        assert "Restored in" in said.out
        yield site


@pytest.fixture
def empty():
    with Site() as site:
        yield site


@pytest.fixture(scope="module")
def postgres():
    with PostgresServer() as server:
        yield server


def comes_back_the_same(first, site):
    """What a backup of the restored installation holds is what the first one held."""
    again = site.folder / "again.tar"
    said = site.manage("backup", again, "--force")
    assert said.code == 0, said.err
    before, after = contents(first), contents(again)
    assert any("site.restore" in row for row in after["accounts.auditentry"])
    for table in ("videos.video", "videos.upload"):  # what a restore changes on purpose
        assert len(before.pop(table)) == len(after.pop(table))
    for found in (before, after):
        audit = found["accounts.auditentry"]
        found["accounts.auditentry"] = [row for row in audit if "site.restore" not in row]
    assert after == before
    return again


def test_everything_comes_back_on_an_empty_machine(full, taken, restored):
    comes_back_the_same(taken, restored)
    for name in ("secret-key", "jwt-signing-key"):
        key = restored.data / "keys" / name
        assert key.read_text() == (full.data / "keys" / name).read_text()
        assert key.stat().st_mode & 0o777 == 0o600
    assert not list((restored.data / "media").rglob("*half*")), "half a file is not in a backup"


def test_only_its_owner_reads_it_and_nothing_else_is_left(full, taken):
    assert taken.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in full.folder.glob("backup*")] == ["backup.tar"]


def test_uploads_begin_anew_and_films_without_files_are_out_of_sight(full, restored):
    said = restored.python(
        "from videos.models import *; u = Upload.objects.get(); "
        "print(u.offset, u.parts, repr(u.multipart_id), "
        "list(map(str, Video.objects.exclude(deleted_at=None).values_list('pk', flat=True))))"
    )
    assert said == f"0 [] '' ['{full.lost}']"


@pytest.mark.long
@pytest.mark.postgres
def test_it_moves_from_sqlite_to_postgresql_and_back(taken, postgres, empty):
    with Site(**postgres.environment()) as other:
        said = other.manage("restore", taken)
        assert said.code == 0, said.err
        again = comes_back_the_same(taken, other)
        # The next row of a table that counts gets a number of its own.
        other.python("from django.contrib.auth.models import Group; Group.objects.create(name='x')")
        said = other.manage("restore", taken, "--force", "--yes")
        assert said.code == 0, said.err
        said = empty.manage("restore", again)
        assert said.code == 0, said.err
        comes_back_the_same(again, empty)


# --- what is no backup -----------------------------------------------------------------------


def spoiled(taken, tmp_path, spoil):
    path = tmp_path / "spoiled.tar"
    path.write_bytes(spoil(taken.read_bytes()))
    return path


@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda raw: raw.replace(b"segmentsegment", b"segmentsegmenT", 1), "360p/1.m4s"),
        (lambda raw: raw.replace(b'"format": 1', b'"format": 9', 1), "bring the checkout up"),
        (lambda raw: re.sub(rb'"\d{4}_', b'"9999_', raw, count=1), "9999_"),
        (lambda raw: raw.replace(b'"digest": "', b'"digest": "0', 1), "damaged"),
        (lambda raw: raw[: len(raw) // 2], "backup"),
        (lambda raw: raw[: raw.rindex(b"manifest.json")], "ends in the middle"),
        (lambda raw: b"", "backup"),
        (lambda raw: b"Dear Ana, " * 5000, "backup"),
    ],
)
def test_what_is_damaged_or_too_new_is_refused(taken, tmp_path, spoil, words):
    with pytest.raises((ArchiveError, NotPossibleError)) as refusal:
        examine(spoiled(taken, tmp_path, spoil), tell=lambda words: words())
    assert words in str(refusal.value)


@pytest.mark.long
def test_before_anything_changes(taken, tmp_path, restored):
    before = state_of(restored)
    half = spoiled(taken, tmp_path, lambda raw: raw[: len(raw) // 2])
    said = restored.manage("restore", half, "--force", "--yes")
    assert said.code == 1
    assert said.err.endswith("Nothing was changed.\n")
    assert "Traceback" not in said.err
    assert state_of(restored) == before


@pytest.mark.long
def test_a_file_that_is_not_there_is_wrong_use(empty, full):
    assert empty.manage("restore", "/nowhere/backup.tar").code == 2
    assert full.manage("backup", "/nowhere/backup.tar").code == 2


# --- what is in the way ----------------------------------------------------------------------


def state_of(site):
    """Every file of an installation, with its bytes; the logs of SQLite stand in the file."""
    return {
        path: path.read_bytes()
        for path in site.data.rglob("*")
        if path.is_file() and not path.name.endswith(("-wal", "-shm", ".lock"))
    }


@pytest.mark.long
def test_only_an_empty_machine_takes_it_unless_forced(full, taken, empty):
    empty.manage("migrate", "-v0")
    empty.python(
        "from accounts.models import User; User.objects.create_user('jonas', 'x')\n"
        "from videos.storage import store; store().put('originals/other', b'theirs')"
    )
    before = state_of(empty)
    said = empty.manage("restore", taken)
    assert said.code == 1
    assert "This machine is not empty: the database has rows in accounts.user" in said.err
    assert "the storage holds films" in said.err
    tried = empty.manage("restore", taken, "--force", "--dry-run")
    assert (tried.code, "Dry run: nothing was changed." in tried.out) == (0, True)
    assert "the database has rows in accounts.user" in tried.out
    assert state_of(empty) == before
    done = empty.manage("restore", taken, "--force")
    assert done.code == 0, done.err
    assert not (empty.data / "media" / "originals" / "other").exists()


def test_it_is_refused_while_syncwatch_runs(taken, empty):
    holder = RunFile(empty.data / "run")
    holder.claim()
    holder.write(url="http://127.0.0.1:8000", children={}, scratch=None)
    said = empty.manage("restore", taken)
    assert (said.code, "already runs" in said.err) == (1, True)
    assert (empty.data / "run" / "serve.json").exists(), "what runs is left alone"
    holder.clear()


@pytest.mark.long
def test_a_backup_replaces_another_only_when_told(full, taken):
    before = taken.read_bytes()
    said = full.manage("backup", taken)
    assert (said.code, "--force replaces it" in said.err) == (2, True)
    assert taken.read_bytes() == before


@pytest.mark.parametrize("there", [True, False])
def test_a_dry_run_of_a_backup_says_what_it_would_replace_and_writes_nothing(tmp_path, there):
    path = tmp_path / "monday.tar"
    if there:
        path.write_bytes(b"x" * 2048)
    said = command("backup", str(path), force=True, dry_run=True)
    assert (said.code, "Dry run: nothing was changed." in said.out) == (0, True)
    assert ("2.0 KiB" in said.out) is there
    assert [each.name for each in tmp_path.iterdir()] == ["monday.tar"] * there
    if there:
        assert path.read_bytes() == b"x" * 2048
        assert command("backup", str(path), dry_run=True).code == 2


# --- cut off ---------------------------------------------------------------------------------


@pytest.fixture
def stuck(full):
    """A file of the storage that nobody ever finishes reading."""
    pipe = full.data / "media" / "originals" / "pipe"
    os.mkfifo(pipe)
    yield pipe
    pipe.unlink()


def begun(site, path):
    """A backup that has written something and hangs."""
    process = site.started("manage.py", "backup", str(path))
    part, until = path.with_name(f"{path.name}.part"), time.monotonic() + 60
    while not part.exists():
        assert time.monotonic() < until, process.communicate()
        time.sleep(0.02)
    return process, part


@pytest.mark.long
def test_a_killed_backup_leaves_nothing_that_looks_whole(full, stuck, tmp_path):
    path = tmp_path / "killed.tar"
    process, part = begun(full, path)
    other = full.manage("backup", path)
    assert (other.code, "Another backup is writing" in other.err) == (1, True)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert (path.exists(), part.exists()) == (False, True)
    stuck.unlink()
    said = full.manage("backup", path)
    assert said.code == 0, said.err
    assert (path.exists(), part.exists()) == (True, False)
    os.mkfifo(stuck)


@pytest.mark.long
def test_an_interrupted_backup_cleans_up(full, stuck, tmp_path):
    path = tmp_path / "interrupted.tar"
    process, part = begun(full, path)
    process.send_signal(signal.SIGINT)
    process.communicate()
    assert process.returncode != 0
    assert not path.exists()
    assert not part.exists()


@pytest.mark.long
def test_a_killed_restore_says_so_and_can_be_said_again(taken, empty):
    empty.killed_when("syncwatch.management.backup.schema:bring_up_to_date", "restore", taken)
    started = empty.manage("serve")
    assert started.code == 1
    assert f"python manage.py restore {taken}" in started.err
    report = json.loads(empty.manage("doctor", "--json").out)
    database = next(row for row in report["findings"] if row["name"] == "database")
    assert (database["state"], database["mend"]) == ("wrong", f"python manage.py restore {taken}")
    said = empty.manage("restore", taken)
    assert said.code == 0, said.err
    assert "was cut off here: it is begun anew" in said.out
    assert not (empty.data / "restore-unfinished.json").exists()


@pytest.mark.long
def test_a_restore_that_fails_says_how_to_go_on(taken, empty):
    in_the_way = empty.data / "media" / "hls"
    in_the_way.parent.mkdir(parents=True)
    in_the_way.write_text("a file where a folder should be")
    said = empty.manage("restore", taken)
    assert said.code == 1
    assert "The restore is unfinished: mend that, then say the same again." in said.err
    in_the_way.unlink()
    assert empty.manage("restore", taken).code == 0


# --- a film in the making --------------------------------------------------------------------


def test_whatever_a_playlist_names_is_in_the_backup(settings, tmp_path):
    """Segments are stored before the playlist that names them; the worker goes on meanwhile."""
    settings.MEDIA_ROOT = str(tmp_path)
    store().put("hls/a/360p/1.m4s", b"1")
    store().put("hls/a/360p/index.m3u8", b"1")
    store().put("originals/a", b"film")
    keys = media.stored_keys()
    first = next(keys)
    store().put("hls/a/360p/0.m4s", b"0")
    assert [first, *keys] == [
        "hls/a/360p/index.m3u8", "originals/a", "hls/a/360p/0.m4s", "hls/a/360p/1.m4s",
    ]  # fmt: skip


@pytest.mark.parametrize("key", ["../keys/secret-key", "originals/../../x", "uploads/x", "/etc/x"])
def test_nothing_is_written_outside_of_the_storage(settings, tmp_path, key):
    settings.MEDIA_ROOT = str(tmp_path / "media")
    with pytest.raises(ArchiveError):
        media.put(key, io.BytesIO(b"x"))
    assert not (tmp_path / "media").exists()
