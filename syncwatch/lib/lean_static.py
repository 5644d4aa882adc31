"""Static files as they travel: our own scripts without comments, our own sheets without @import.

What developers read stays as it is; this happens where files get their lasting names. A chain of
`@import` is a chain of journeys before the first paint, and comments were two fifths of what
scripts weighed.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from typing import Any

from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

try:
    import minify
except ImportError:  # no wheel for this system: files travel as they are
    minify = None

OURS = ("js/*", "css/*", "words/*")
_IMPORT = re.compile(r"""@import\s+url\(["']([^"')]+)["']\)\s*(?:layer\(([\w-]+)\))?\s*;""")
_ADDRESS = re.compile(r"""url\((["']?)(?!data:|#|/)([^"')]+)\1\)""")
_TYPES = {".js": "application/javascript", ".css": "text/css"}

# Names are kept, so that a fault told by a person's browser can be read.
if minify is not None:
    minify.config({"js-keep-var-names": True})

Sources = Mapping[str, tuple[Any, str]]


class LeanStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Collects as its base does, after writing our own files leaner."""

    def post_process(
        self,
        paths: Sources,
        dry_run: bool = False,  # noqa: FBT001, FBT002  as the base has it
        **options: Any,
    ) -> Iterator[tuple[str, str, bool]]:
        if dry_run:
            return
        for name in paths:
            self._write_lean(name, paths)
        # The base makes lasting names out of what it reads, so it reads what was written here.
        collected = {name: (self, name) for name in paths}
        yield from super().post_process(collected, dry_run, **options)

    def _write_lean(self, name: str, sources: Sources) -> None:
        kind = _TYPES.get(posixpath.splitext(name)[1])
        if kind is None or not matches_patterns(name, OURS):
            return
        text = whole_sheet(name, sources) if kind == "text/css" else _read(name, sources)
        self.delete(name)
        self.save(name, ContentFile(_lean(kind, text).encode()))


def minifier_version() -> str:
    return version("tdewolff-minify") if minify is not None else "none"


def whole_sheet(name: str, sources: Sources) -> str:
    """A style sheet with everything that it imports in it, in the layers they were given.

    Addresses stay true: they are told from where `name` lies.
    """
    here = posixpath.dirname(name)

    def imported(found: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(here, found[1]))
        text = _moved(whole_sheet(target, sources), posixpath.dirname(target), here)
        return f"@layer {found[2]} {{\n{text}}}\n" if found[2] else text

    return _IMPORT.sub(imported, _read(name, sources))


def _moved(text: str, origin: str, here: str) -> str:
    def address(found: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(origin, found[2]))
        return f'url("{posixpath.relpath(target, here)}")'

    return text if origin == here else _ADDRESS.sub(address, text)


def _read(name: str, sources: Sources) -> str:
    storage, path = sources[name]
    with storage.open(path) as file:
        return file.read().decode()


def _lean(kind: str, text: str) -> str:
    return minify.string(kind, text) if minify is not None else text
