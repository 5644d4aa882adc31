"""What SyncWatch talks to: the database, Redis, the storage, and its own processes."""

import secrets
from pathlib import Path

from celery import current_app as app
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from syncwatch import env
from syncwatch.lib import redis
from syncwatch.management import runfile
from syncwatch.management.backup import unfinished
from syncwatch.management.doctor.finding import Verdict, note, ok, wrong

REDIS_AT_LEAST = (7, 0)
RESTING = "not running, which is no fault: start everything with bin/run"


def embedded() -> bool:
    """Whether the Redis is ours to start."""
    return not env.secret("REDIS_URL")


def database() -> Verdict:
    if cut_off := unfinished.begun():
        return wrong("a restore was cut off", f"python manage.py restore {cut_off}")
    if _still_to_be_made():
        return note("SQLite; not made yet, the first start does that")
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            words = f"{connection.display_name} {_database_version()}"
    except Exception as error:  # noqa: BLE001  each driver has its own
        return wrong(f"no answer: {_one_line(error)}", "Look at DATABASE_URL, and at the server.")
    finally:
        connection.close()
    origin = "DATABASE_URL" if settings.DATABASE_URL else f"default ({_sqlite_file()})"
    return ok(f"{words} by {origin}")


def migrations() -> Verdict:
    if _still_to_be_made():
        return note("none applied; the first start does that")
    try:
        executor = MigrationExecutor(connection)
        left = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    finally:
        connection.close()
    if left == 0:
        return ok("all applied")
    words = f"{left} not applied"
    if settings.DATABASE_URL:
        return wrong(words, "python manage.py migrate")
    return note(f"{words}; the next start does that")


def redis_answers() -> Verdict:
    """The live part of every room. Ours need not run right now; another one has to."""
    client = redis.sync()
    try:
        info = client.info("server")
    except redis.RedisError as error:
        if embedded():
            return note(f"the embedded one: {RESTING}")
        return wrong(f"no answer: {_one_line(error)}", "Look at REDIS_URL, and at the server.")
    version = str(info["redis_version"])
    origin = "the embedded one" if embedded() else "by REDIS_URL"
    if tuple(map(int, version.split(".")[:2])) < REDIS_AT_LEAST:
        return wrong(f"{version}, {origin}, is too old", "Redis 7.0 or newer, or Valkey.")
    if client.eval("return type(cmsgpack)", 0) != b"table":
        return wrong(f"{version}, {origin}, has no cmsgpack for scripts", "Use Redis or Valkey.")
    policy = info.get("maxmemory_policy") or client.info("memory").get("maxmemory_policy")
    if policy not in {None, "noeviction"}:
        return wrong(
            f"{version}, {origin}, throws keys away when it is full ({policy})",
            "Set maxmemory-policy to noeviction.",
        )
    return ok(f"{version}, {origin}")


def storage() -> Verdict:
    """Something is written, read and deleted again."""
    name, content = f"doctor/{secrets.token_hex(8)}", secrets.token_bytes(16)
    where = f"bucket {settings.S3_BUCKET}" if settings.S3_BUCKET else str(settings.MEDIA_ROOT)
    try:
        kept = default_storage.save(name, ContentFile(content))
        with default_storage.open(kept) as file:
            same = file.read() == content
        default_storage.delete(kept)
    except Exception as error:  # noqa: BLE001  each storage has its own
        return wrong(f"{where}: {_one_line(error)}", _storage_advice())
    if not same:
        return wrong(f"{where} gives back something else than it was given", _storage_advice())
    return ok(f"{where}: written, read and deleted")


def processes() -> Verdict:
    """The supervisor's children on this data folder, or workers that answer over Redis."""
    if (record := runfile.running(settings.DATA_DIR / "run")) is not None:
        children = ", ".join(sorted(record.get("children", {})))
        return ok(f"{record.get('url') or 'starting'}: {children or 'nothing started yet'}")
    if embedded():
        return note(RESTING)
    try:
        answers = app.control.ping(timeout=1.0) or []
    except Exception as error:  # noqa: BLE001  Redis is judged on a line of its own
        return note(f"no worker could be asked: {_one_line(error)}")
    names = sorted(name for answer in answers for name in answer)
    if not names:
        return note(
            "no worker answers: films wait", "python manage.py serve transcode (and worker)"
        )
    return ok(f"workers: {', '.join(names)}")


def _still_to_be_made() -> bool:
    return not settings.DATABASE_URL and not Path(_sqlite_file()).exists()


def _sqlite_file() -> str:
    return str(settings.DATABASES["default"]["NAME"])


def _database_version() -> str:
    return ".".join(map(str, connection.get_database_version()))


def _storage_advice() -> str:
    if settings.S3_BUCKET:
        return "Look at the S3_… settings: endpoint, keys, and what the keys may do."
    return "Who runs SyncWatch must be able to write there, and the disk must have room."


def _one_line(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
