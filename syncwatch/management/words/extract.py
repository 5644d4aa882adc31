"""What people read, found where it is written: Python, templates and browser modules."""

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from django.utils.translation.template import templatize

APPS = ("syncwatch", "accounts", "rooms", "playback", "chat", "voice", "videos")
NOTE = "Translators:"
# Django's names and the short ones we import them by → which arguments are sentences.
_NAMES = {
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
KEYWORDS = {"gettext_noop": None} | {
    name + ending: spec for name, spec in _NAMES.items() for ending in ("", "_lazy")
}


@dataclass(frozen=True)
class Sentence:
    one: str
    many: str | None
    context: str | None
    notes: tuple[str, ...]


@dataclass
class Found:
    """The sentences of one domain, and what cannot be understood."""

    catalog: Catalog = field(default_factory=Catalog)
    problems: list[str] = field(default_factory=list)


def server_words(root: Path) -> Found:
    """Domain `django`: Python and templates."""
    found = Found()
    for path in _python(root):
        _take(found, root, path, path.read_text(encoding="utf-8"))
    for path in sorted((root / "templates").rglob("*.html")):
        name = path.relative_to(root).as_posix()
        as_python = templatize(path.read_text(encoding="utf-8"), origin=name)
        # Blanked-out markup keeps its indentation, which Python would try to understand.
        _take(found, root, path, "\n".join(line.strip() for line in as_python.splitlines()))
    return found


def browser_words(root: Path) -> Found:
    """Domain `djangojs`: browser modules, read by a real parser (bin/words.mjs)."""
    found = Found()
    modules = sorted((root / "static" / "js").rglob("*.js"))
    names = [path.relative_to(root).as_posix() for path in modules if _is_shipped(path)]
    node = shutil.which("node") or str(Path(sys.executable).parent / "node")
    argv = [node, str(root / "bin" / "words.mjs"), *names]
    done = subprocess.run(argv, cwd=root, stdout=subprocess.PIPE, check=True, env=os.environ)
    said = json.loads(done.stdout)
    found.problems += said["problems"]
    for entry in said["found"]:
        sentence = Sentence(
            entry["one"], entry.get("many"), entry.get("context"), tuple(entry["notes"])
        )
        _add(found, entry["path"], sentence)
    return found


def _is_shipped(path: Path) -> bool:
    return not path.name.endswith(".test.js") and not {"sim", "fixtures"} & set(path.parts)


def _python(root: Path) -> Iterator[Path]:
    for app in APPS:
        for path in sorted((root / app).rglob("*.py")):
            if not {"tests", "migrations"} & set(path.parts):
                yield path


def _take(found: Found, root: Path, path: Path, source: str) -> None:
    name = path.relative_to(root).as_posix()
    stream = io.BytesIO(source.encode())
    rows = extract("python", stream, keywords=KEYWORDS, comment_tags=[NOTE])
    for _line, message, notes, context in rows:
        one, many = (message[0], message[1]) if isinstance(message, tuple) else (message, None)
        _add(found, name, Sentence(one, many, context, tuple(notes)))


def _add(found: Found, path: str, sentence: Sentence) -> None:
    # Without line numbers: moving a line elsewhere in a file changes no catalogue.
    found.catalog.add(
        (sentence.one, sentence.many) if sentence.many else sentence.one,
        locations=[(path, 0)],
        auto_comments=sentence.notes,
        context=sentence.context or None,
    )
