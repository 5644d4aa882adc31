"""Which modules a page needs: read from their imports, so that browsers can be told at once.

A browser finds imports one level after the other; a room has nine levels.
"""

import json
import posixpath
import re
from dataclasses import dataclass
from pathlib import Path

_STATIC = re.compile(r"""\b(?:from|import)\s*["']([^"']+)["']""")
_LATER = re.compile(r"""\bimport\(\s*["']([^"']+)["']\s*\)""")
_COMMENTS = re.compile(r"/\*.*?\*/|^\s*//[^\n]*", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Needed:
    """Paths below static/: `now` in the order a browser would find them, `later` what the page may
    ask for when it comes to it, and the bare names that any of them say.
    """

    now: tuple[str, ...]
    later: tuple[str, ...]
    names: tuple[str, ...]


class Graph:
    """Modules below `root`, and libraries by bare name."""

    def __init__(self, root: Path, libraries: dict[str, str]) -> None:
        self._root = root
        self._libraries = libraries

    def needed(self, *entries: str) -> Needed:
        now: dict[str, None] = dict.fromkeys(entries)
        names: dict[str, None] = {}
        later = self._follow(now, names)
        rest = {path: None for path in later if path not in now}
        while more := [path for path in self._follow(rest, names) if path not in rest]:
            rest |= dict.fromkeys(more)
        return Needed(
            now=tuple(now),
            later=tuple(path for path in rest if path not in now),
            names=tuple(names),
        )

    def _follow(self, found: dict[str, None], names: dict[str, None]) -> list[str]:
        """Add to `found` whatever its modules import; answer what they import when asked to."""
        later: list[str] = []
        waiting = list(found)
        while waiting:
            path = waiting.pop(0)
            text = _COMMENTS.sub("", (self._root / path).read_text(encoding="utf-8"))
            for name in _STATIC.findall(text):
                target = self._resolve(name, path, names)
                if target and target not in found:
                    found[target] = None
                    waiting.append(target)
            asked = (self._resolve(name, path, names) for name in _LATER.findall(text))
            later += filter(None, asked)
        return later

    def _resolve(self, name: str, importer: str, names: dict[str, None]) -> str | None:
        """The path of an import; None for words in a text that only look like one."""
        if name in self._libraries:
            names[name] = None
            return self._libraries[name]
        if not name.startswith("."):
            return None
        path = posixpath.normpath(posixpath.join(posixpath.dirname(importer), name))
        return path if (self._root / path).is_file() else None


def libraries_below(root: Path) -> dict[str, str]:
    """Bare name → path, as set-up wrote it down when it copied the libraries."""
    names = root / "vendor" / "modules.json"
    return json.loads(names.read_text()) if names.exists() else {}
