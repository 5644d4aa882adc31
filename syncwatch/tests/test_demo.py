"""`manage.py demo`: people, a room and a film; twice is once; and away with it."""

import httpx
import pytest

from accounts.models import User
from accounts.services import credentials_check
from chat.models import Message
from playback.models import QueueItem
from rooms.models import Room
from syncwatch.lib import redis
from syncwatch.management import demo
from syncwatch.tests.operators import command, untouched
from syncwatch.tests.site import Site
from syncwatch.tests.stack import Stack
from videos.models import State, Video
from videos.storage import original_key, store

pytestmark = pytest.mark.ffmpeg
at_rest = pytest.mark.usefixtures("a_site_at_rest")


@pytest.fixture
def a_site_at_rest(settings, tmp_path, monkeypatch):
    """A small clip, a storage of the test's own, and nothing that runs."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.DATA_DIR = tmp_path
    monkeypatch.delenv("REDIS_URL")
    monkeypatch.setattr(demo, "CLIP_S", 1)
    monkeypatch.setattr(demo, "CLIP_SIZE", "160x90")


def passwords(said):
    """username → password, as they are shown."""
    lines = [line.split() for line in said.out.splitlines() if line.startswith("  ")]
    return {words[0]: words[1] for words in lines}


@at_rest
@pytest.mark.django_db(transaction=True)
def test_there_are_people_a_room_a_conversation_and_a_film():
    said = command("demo")
    assert said.code == 0, said.err
    shown = passwords(said)
    assert set(shown) == {"demo-mara", "demo-ana", "demo-ilya"}
    assert len(set(shown.values())) == 3
    mara = credentials_check(username="demo-mara", password=shown["demo-mara"])
    room = Room.objects.get(owner=mara)
    assert f"http://127.0.0.1:8000/r/{room.code}" in said.out
    assert room.memberships.count() == 3
    assert Message.objects.filter(room=room, kind="text").count() == len(demo.WORDS)
    film = Video.objects.get(owner=mara)
    assert (film.state, store().size(original_key(film.pk)) > 1000) == (State.QUEUED, True)
    assert QueueItem.objects.get(room=room).video == film
    assert "start everything with bin/run" in said.out


@at_rest
@pytest.mark.django_db(transaction=True)
def test_said_twice_it_makes_nothing_new():
    first = command("demo")
    with untouched():
        again = command("demo")
    assert again.code == 0
    assert "(shown when it was made)" in again.out
    assert not set(passwords(first).values()) & set(again.out.split())


@at_rest
@pytest.mark.django_db(transaction=True)
def test_it_mends_what_was_cut_off():
    command("demo")
    Video.objects.all().delete()
    Message.objects.filter(nonce="demo-3").delete()
    assert command("demo").code == 0
    assert Video.objects.count() == 1
    assert Message.objects.filter(nonce="demo-3").exists()
    assert User.objects.count() == 3


@at_rest
@pytest.mark.django_db(transaction=True)
def test_a_name_that_somebody_has_is_theirs():
    theirs = User.objects.create_user("demo-mara", "correct horse")
    said = command("demo")
    assert said.code == 0
    assert next(name for name in passwords(said) if name.startswith("demo-mara-"))
    command("demo", clear=True)
    theirs.refresh_from_db()
    assert theirs.username == "demo-mara"


@at_rest
@pytest.mark.django_db(transaction=True)
def test_clearing_takes_all_of_it_away_and_nothing_else(room):
    command("demo")
    with untouched():
        tried = command("demo", clear=True, dry_run=True)
    assert "Would take away 4 parts of the demo:" in tried.out
    said = command("demo", clear=True)
    assert "Taken away 4 parts of the demo." in said.out
    assert list(Room.objects.all()) == [room]
    assert not User.objects.filter(username__startswith="demo-").exists()
    assert not Video.objects.exists()
    assert list(store().sizes("originals")) == []
    assert command("demo", clear=True).out.startswith("Nothing to do")
    assert passwords(command("demo")), "and it can be made anew"


@at_rest
@pytest.mark.django_db(transaction=True)
def test_it_waits_for_a_film_that_is_being_made():
    command("demo")
    film = Video.objects.get()
    seen = []

    def look(video):
        seen.append(video.state)
        Video.objects.update(state=State.READY, playable=True)

    assert demo.film_wait(film, look=look, most=5).state == State.READY
    assert seen == [State.QUEUED]
    assert "is ready." in command("demo").out


@at_rest
@pytest.mark.django_db(transaction=True)
def test_without_redis_it_is_made_all_the_same(monkeypatch):
    def away(*_args, **_options):
        raise redis.RedisError("away")

    monkeypatch.setattr("chat.store.publish", away)
    assert command("demo").code == 0
    assert Message.objects.filter(kind="text").count() == len(demo.WORDS)


@at_rest
@pytest.mark.django_db
def test_without_ffmpeg_it_says_what_is_missing(settings):
    settings.FFMPEG_PATH = "/nowhere/ffmpeg"
    said = command("demo")
    assert said.code == 1
    assert "FFMPEG_PATH=/nowhere/ffmpeg is no program" in said.err
    assert command("demo", dry_run=True).code == 2


@pytest.mark.stack
@pytest.mark.long
def test_where_everything_runs_it_waits_until_the_film_is_ready():
    with Stack() as stack:
        said = Site.on(stack).manage("demo")
        assert said.code == 0, said.err
        assert "is ready." in said.out
        assert f"Room: {stack.url}/r/" in said.out
        username, password = next(iter(passwords(said).items()))
        signed_in = httpx.post(
            f"{stack.url}/api/auth/login/", json={"username": username, "password": password}
        )
        assert signed_in.status_code == httpx.codes.OK
