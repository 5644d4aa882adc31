"""The catalogues under locale/: read, brought up to date, judged, written line by line the same."""

import io
import re
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

# English is what the sources say. Each of these has a whole catalogue, or the check fails.
TRANSLATED = ("de",)
_HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms};\\n"

"""
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
_CONFLICT = re.compile(r"^(<{7} .*|={7}|>{7} .*|\|{7} .*)\n", re.MULTILINE)


def path_of(root: Path, language: str, domain: str) -> Path:
    return root / "locale" / language / "LC_MESSAGES" / f"{domain}.po"


def read(path: Path, language: str) -> Catalog:
    """Forgiving: lines that a merge left between entries are passed over."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return read_po(io.StringIO(_CONFLICT.sub("", text)), locale=language, ignore_obsolete=True)


def merged(known: Catalog, found: Catalog) -> Catalog:
    """What the sources say now, with every translation that is known; similar ones as fuzzy."""
    known.update(found)
    known.obsolete.clear()
    return known


def rendered(catalog: Catalog) -> str:
    """Sorted by sentence, unwrapped, without line numbers and dates: only real changes differ."""
    out = io.BytesIO()
    for message in catalog:
        message.locations = sorted(set(message.locations))
    write_po(out, catalog, width=0, omit_header=True, sort_output=True, include_lineno=False)
    language = str(catalog.locale).replace("_", "-")
    header = _HEADER.format(language=language, plural_forms=catalog.plural_forms.rstrip(";"))
    return header + out.getvalue().decode().strip("\n") + "\n"


def lacking(catalog: Catalog) -> list[str]:
    """What is not translated, not certain or not well formed, a line each."""
    lines = []
    for message in catalog:
        if message.id and (problem := _problem_of(message)):
            where = ", ".join(path for path, _ in message.locations)
            lines.append(f"{problem}: {_first(message.id)!r} ({where})")
    return lines


def _problem_of(message: Message) -> str:
    if message.fuzzy:
        return "fuzzy"
    texts = _texts(message.string)
    if not texts or not all(texts):
        return "missing"
    wanted = [set(_PLACEHOLDER.findall(text)) for text in _texts(message.id)]
    allowed = set.union(*wanted)
    # A singular may say "one" instead of its number; all other placeholders must be there.
    needed = set.intersection(*wanted)
    for text in texts:
        got = set(_PLACEHOLDER.findall(text))
        if not needed <= got or not got <= allowed:
            return "other placeholders"
    return ""


def _texts(value: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else list(value or ())


def _first(value: str | tuple[str, ...] | list[str]) -> str:
    return _texts(value)[0]
