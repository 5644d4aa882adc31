"""What must be done before the first request: migrations, languages and the browser's files."""

import hashlib
import os
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from syncwatch.lib import lean_static
from syncwatch.management.words import compiled


def migrate() -> int:
    """Bring the database up to date; how many steps that took."""
    executor = MigrationExecutor(connection)
    steps = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if steps:
        call_command("migrate", interactive=False, verbosity=0)
    connection.close()
    return steps


def compile_words() -> bool:
    """Make the catalogues of languages when one of them changed; whether that was so."""
    return compiled.ensure()


def collect_static() -> bool:
    """Copy and hash the browser's files when one of them changed; whether that was so."""
    if settings.DEBUG:
        return False  # served from where they lie
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    state = _fingerprint()
    if stamp.exists() and stamp.read_text() == state:
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(state)
    return True


def _fingerprint() -> str:
    """What the files were, and what makes them lean."""
    digest = hashlib.sha256(Path(lean_static.__file__).read_bytes())
    digest.update(lean_static.minifier_version().encode())
    for finder in get_finders():
        for name, storage in finder.list([".*"]):
            stat = os.stat(storage.path(name))  # noqa: PTH116  storage gives strings
            digest.update(f"{name}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()
