"""Operators in tests: commands called here or as `manage.py`, and proof that nothing changed."""

import contextlib
import hashlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Said:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str = ""


def command(name, *args, **options):
    """Called here. The exit code is the one that the shell would see."""
    out, err = StringIO(), StringIO()
    try:
        call_command(name, *args, stdout=out, stderr=err, **options)
    except CommandError as error:
        return Said(error.returncode, out.getvalue(), f"{err.getvalue()}{error}")
    return Said(0, out.getvalue(), err.getvalue())


def manage(*argv, stdin=None, **environment):
    """The real `manage.py`, on the database of the test (which must be a transactional one)."""
    done = subprocess.run(
        [sys.executable, "manage.py", *map(str, argv)], cwd=ROOT, capture_output=True, text=True,
        check=False, stdin=subprocess.DEVNULL if stdin is None else stdin,
        env={**os.environ, "DATABASE_URL": database_url(), **environment},
    )  # fmt: skip
    return Said(done.returncode, done.stdout, done.stderr)


def database_url():
    """Of the database that this test uses."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    host = quote(database["HOST"], safe="")
    return f"postgres://{database['USER']}@{host}/{database['NAME']}"


@contextlib.contextmanager
def untouched():
    """Fails where a row or a byte in storage differs afterwards."""
    before = _rows(), _files()
    yield
    after = _rows(), _files()
    assert after[0] == before[0], "the database changed"
    assert after[1] == before[1], "the storage changed"


def _rows():
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows = sorted(json.dumps(row, default=str) for row in cursor.fetchall())
            found[table] = rows
    return found


def _files():
    """Name → when it was written, and what it holds."""
    return {
        str(path): (path.stat().st_mtime_ns, hashlib.sha256(path.read_bytes()).hexdigest())
        for path in Path(settings.MEDIA_ROOT).rglob("*")
        if path.is_file()
    }
