"""`manage.py doctor`: names what is there, and what is wrong and how to mend it."""

import contextlib
import json
import socket
import threading
import time
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from syncwatch.lib import redis
from syncwatch.management import runfile
from syncwatch.management.doctor import relay, report, services, site
from syncwatch.management.doctor.finding import examine, note, ok, wrong
from syncwatch.management.runfile import RunFile
from syncwatch.tests.servers import free_ports

REDIS_IS_AWAY = "unix:///nowhere/redis.sock"


def doctor(**options):
    """(exit code, what it said)"""
    said, code = StringIO(), 0
    try:
        call_command("doctor", stdout=said, **options)
    except SystemExit as end:
        code = end.code
    return code, said.getvalue()


def finding(name):
    return next(examine(name, ask) for known, ask in report.EXAMINATIONS if known == name)


@pytest.fixture
def program(tmp_path):
    """`program("ffmpeg version 7.1", listing)`: something that can be started and talks so."""

    def make(version, listing=""):
        path = tmp_path / "program"
        path.write_text(f"#!/bin/sh\ncat <<'END'\n{version}\n{listing}\nEND\n")
        path.chmod(0o755)
        return str(path)

    return make


@pytest.mark.django_db(transaction=True)
def test_a_sound_installation_exits_with_zero_and_names_every_part(monkeypatch):
    monkeypatch.delenv("REDIS_URL")
    code, said = doctor()
    assert code == 0, said
    assert "Nothing is wrong." in said
    for name, _ in report.EXAMINATIONS:
        assert f" {name} " in said


@pytest.mark.django_db(transaction=True)
def test_something_wrong_is_named_with_a_way_to_mend_it_and_exits_with_one(settings):
    settings.FFMPEG_PATH = "/nowhere/ffmpeg"
    code, said = doctor()
    assert code == 1
    assert "WRONG  ffmpeg" in said
    assert "→ FFMPEG_PATH=/nowhere/ffmpeg is no program that can be started." in said
    assert "1 wrong: ffmpeg." in said


@pytest.mark.django_db(transaction=True)
def test_it_speaks_json_to_programs(settings):
    settings.FFPROBE_PATH = "/nowhere/ffprobe"
    code, said = doctor(json=True)
    answer = json.loads(said)
    assert (code, answer["ok"]) == (1, False)
    states = {row["name"]: row["state"] for row in answer["findings"]}
    assert states["ffprobe"] == "wrong"
    assert states["database"] == "ok"


def test_an_ffmpeg_says_where_it_came_from(settings):
    found = finding("ffmpeg")
    assert found.state in {"ok", "note"}
    assert " from PATH (" in found.words or " from wheel (" in found.words


def test_an_ffmpeg_without_an_encoder_that_we_need_is_wrong(settings, program):
    settings.FFMPEG_PATH = program("ffmpeg version 7.1", " V..... mjpeg  x\n A..... aac  x")
    found = finding("ffmpeg")
    assert found.state == "wrong"
    assert "7.1 from setting" in found.words
    assert "cannot write libx264, webvtt" in found.words


def test_an_ffmpeg_that_cannot_read_some_films_is_worth_a_note(settings, program):
    names = "libx264 aac webvtt mjpeg h264 vp8 vp9 mpeg4 mpeg2video ac3 flac mp3 opus vorbis"
    listing = "\n".join(f" V..... {name}  x" for name in names.split())
    settings.FFMPEG_PATH = program("ffmpeg version 7.1", listing)
    found = finding("ffmpeg")
    assert found.state == "note"
    assert "films in hevc, av1 will be refused" in found.words


def test_the_embedded_redis_at_rest_is_no_fault(settings, monkeypatch):
    monkeypatch.delenv("REDIS_URL")
    settings.REDIS_URL = REDIS_IS_AWAY
    found = finding("Redis")
    assert found.state == "note"
    assert "the embedded one: not running" in found.words


def test_a_redis_of_ones_own_that_is_away_is_wrong(settings, monkeypatch):
    monkeypatch.setenv("REDIS_URL", REDIS_IS_AWAY)
    settings.REDIS_URL = REDIS_IS_AWAY
    found = finding("Redis")
    assert found.state == "wrong"
    assert "REDIS_URL" in found.mend


def test_a_redis_that_throws_keys_away_is_wrong():
    client = redis.sync()
    client.config_set("maxmemory-policy", "allkeys-lru")
    try:
        assert "noeviction" in finding("Redis").mend
    finally:
        client.config_set("maxmemory-policy", "noeviction")
    assert finding("Redis").state == "ok"


def test_a_storage_that_cannot_be_written_to_is_wrong(settings, tmp_path):
    in_the_way = tmp_path / "media"
    in_the_way.write_text("a file where a folder should be")
    settings.MEDIA_ROOT = in_the_way
    found = finding("storage")
    assert found.state == "wrong"
    assert str(in_the_way) in found.words


def test_keys_that_others_may_read_are_wrong(settings, monkeypatch, tmp_path):
    for name in ("SECRET_KEY", "JWT_SIGNING_KEY"):
        monkeypatch.delenv(name, raising=False)
    settings.DATA_DIR = tmp_path
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "secret-key").touch(mode=0o644)
    assert "chmod 600" in finding("keys").mend
    (tmp_path / "keys" / "secret-key").chmod(0o600)
    assert finding("keys").state == "ok"


def test_a_short_key_is_wrong(settings):
    settings.SECRET_KEY = "short"
    assert "SECRET_KEY too short" in finding("keys").words


@pytest.mark.parametrize(
    ("public_url", "hosts", "proxies", "verdict"),
    [
        ("", ["localhost"], [], ("note", "PUBLIC_URL is not set")),
        ("https://a.example", ["a.example"], [], ("wrong", "redirects to itself")),
        ("https://a.example", ["b.example"], ["10.0.0.1"], ("wrong", "ALLOWED_HOSTS lacks")),
        ("http://a.example", ["a.example"], [], ("note", "without TLS")),
        ("http://localhost:8000", ["localhost"], [], ("ok", "http://localhost:8000")),
        ("https://a.example", [".example"], ["10.0.0.1"], ("ok", "https://a.example")),
    ],
)
def test_the_ways_in_must_fit_together(settings, public_url, hosts, proxies, verdict):
    settings.PUBLIC_URL, settings.ALLOWED_HOSTS = public_url, hosts
    settings.TRUSTED_PROXIES = proxies
    found = finding("address")
    assert found.state == verdict[0]
    assert verdict[1] in found.words


def test_a_full_disk_is_wrong(settings, monkeypatch):
    monkeypatch.setattr(site, "ROOM_NEEDED_BYTES", 1 << 62)
    found = finding("disk")
    assert found.state == "wrong"
    assert "GiB free" in found.words


@pytest.fixture
def stun():
    """A server that answers every question of this kind, as coturn does; its address."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.bind(("127.0.0.1", 0))

        def answer():
            with contextlib.suppress(OSError):
                while True:
                    asked, whom = line.recvfrom(2048)
                    if asked == b"enough":
                        return
                    line.sendto(b"\x01\x01" + asked[2:], whom)

        answering = threading.Thread(target=answer)
        answering.start()
        yield f"127.0.0.1:{line.getsockname()[1]}"
        line.sendto(b"enough", line.getsockname())
        answering.join()


def test_a_relay_that_answers_is_fine(settings, stun):
    settings.TURN_URLS, settings.TURN_SECRET = [f"turn:{stun}"], "secret"
    settings.STUN_URLS = [f"stun:{stun}"]
    assert finding("relay").state == "ok"


def test_no_relay_is_worth_a_note(settings):
    settings.TURN_URLS = settings.STUN_URLS = []
    settings.TURN_SECRET = ""
    assert finding("relay").state == "note"


@pytest.mark.parametrize("way", ["", "?transport=tcp"])
def test_a_relay_that_is_silent_is_wrong(settings, monkeypatch, way):
    monkeypatch.setattr(relay, "ASK_S", 0.05)
    (port,) = free_ports(1)
    settings.TURN_URLS, settings.TURN_SECRET = [f"turn:127.0.0.1:{port}{way}"], "secret"
    found = finding("relay")
    assert (found.state, f"127.0.0.1:{port}" in found.words) == ("wrong", True)


@pytest.mark.parametrize(("urls", "secret"), [(["turn:a.example"], ""), ([], "secret")])
def test_half_a_relay_is_wrong(settings, urls, secret):
    settings.TURN_URLS, settings.TURN_SECRET = urls, secret
    assert "is set" in finding("relay").words


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("a.example", ("a.example", 3478)),
        ("a.example:1", ("a.example", 1)),
        ("[2001:db8::1]", ("2001:db8::1", 3478)),
        ("[2001:db8::1]:5", ("2001:db8::1", 5)),
    ],
)
def test_addresses_of_relays_are_read(place, expected):
    assert relay._split(place, 3478) == expected


@pytest.mark.django_db(transaction=True)
def test_migrations_that_are_missing_are_the_operators_business_only_on_a_database_of_theirs(
    settings, monkeypatch
):
    monkeypatch.setattr(
        "django.db.migrations.executor.MigrationExecutor.migration_plan", lambda *_: [1, 2]
    )
    settings.DATABASE_URL = "postgres://somewhere/else"
    assert finding("migrations").mend == "python manage.py migrate"
    settings.DATABASE_URL = ""
    monkeypatch.setattr(services, "_still_to_be_made", lambda: False)
    assert finding("migrations").state == "note"


def test_a_part_that_hangs_is_wrong_and_holds_nobody_up():
    began_s = time.monotonic()
    found = examine("storage", lambda: time.sleep(5) or ok("late"), patience_s=0.05)
    assert found.state == "wrong"
    assert "no answer" in found.words
    assert time.monotonic() - began_s < 2


def test_a_part_that_breaks_is_wrong():
    assert examine("part", lambda: 1 / 0).words == "ZeroDivisionError: division by zero"


def test_only_what_is_wrong_makes_it_fail():
    found = [examine("a", lambda: ok("")), examine("b", lambda: note("")),
             examine("c", lambda: wrong("", "mend it"))]  # fmt: skip
    assert report.conclusion(found) == "1 wrong: c."
    assert report.conclusion(found[:2]) == "Nothing is wrong."


def test_a_supervisor_at_work_is_found_by_its_lock(tmp_path: Path):
    assert runfile.running(tmp_path) is None
    holder = RunFile(tmp_path)
    assert runfile.running(tmp_path) is None
    holder.claim()
    holder.write(url="http://127.0.0.1:8000", children={}, scratch=None)
    assert runfile.running(tmp_path)["url"] == "http://127.0.0.1:8000"
    holder.clear()
    assert runfile.running(tmp_path) is None
