"""An installation at rest: a data folder of its own, and the real `manage.py` on it."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from syncwatch.management.backup import archive
from syncwatch.tests.operators import Said
from syncwatch.tests.stack import FOREIGN, ROOT


def environment(data, more):
    kept = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    return {**kept, "SYNCWATCH_DATA": str(data), **more}


class Site:
    """`more` is its environment. Nothing is in it before something is put there."""

    def __init__(self, **more):
        self.folder = Path(tempfile.mkdtemp(prefix="sw-site-", dir="/tmp"))
        self.data = self.folder / "data"
        self.environment = environment(self.data, more)

    @classmethod
    def on(cls, stack):
        """On the data of a stack, which runs or not, and removes them itself."""
        site = cls.__new__(cls)
        site.folder, site.data, site.environment = stack.folder, stack.data, stack._environment
        return site

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder, ignore_errors=True)

    def manage(self, *argv):
        return self._ended(self.started("manage.py", *map(str, argv)))

    def python(self, code):
        """A few lines of it, with Django set up; answers what they print."""
        said = self._ended(self.started("-c", f"{SET_UP}\n{code}"))
        assert said.code == 0, said.err
        return said.out.strip()

    def started(self, *argv):
        return subprocess.Popen(
            [sys.executable, *argv], cwd=ROOT, env=self.environment, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    @staticmethod
    def _ended(process):
        out, err = process.communicate(timeout=120)
        return Said(process.returncode, out, err)

    def killed_when(self, what, *argv):
        """`manage.py` that ends itself by SIGKILL where it would call `module:name`."""
        module, name = what.split(":")
        code = (
            f"{SET_UP}\nimport importlib, os, signal\n"
            f"module = importlib.import_module({module!r})\n"
            f"module.{name} = lambda *a, **k: os.kill(os.getpid(), signal.SIGKILL)\n"
            f"from django.core.management import call_command\n"
            f"call_command(*{[str(word) for word in argv]!r})"
        )
        said = self._ended(self.started("-c", code))
        assert said.code == -signal.SIGKILL, said
        return said


SET_UP = (
    "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'syncwatch.settings'; django.setup()"
)


def contents(path):
    """What a backup holds, apart from what is of that one moment: rows by table, media, keys."""
    import gzip

    found = {}
    for name, content in archive.entries(path):
        raw = content.read()
        if name.startswith("database/"):
            head, *rows = gzip.decompress(raw).split(b"\n")
            table = json.loads(head)["model"]
            # As JSON once more: PostgreSQL keeps the fields of an object in an order of its own.
            plain = (json.dumps(json.loads(row), sort_keys=True) for row in rows)
            found.setdefault(table, []).extend(sorted(plain))
        elif name.startswith(("media/", "keys/")):
            found[name] = raw
    return found
