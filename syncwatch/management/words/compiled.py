"""Catalogues as programs read them: .mo files for Django, a module for the browser.

Nothing of this is in git. A stamp says what they were made from, so a second start does nothing.
"""

import hashlib
import json
import os
import re
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from syncwatch.management.words import DOMAINS

if TYPE_CHECKING:  # Babel itself only when there is work
    from babel.messages.catalog import Catalog

ROOT = Path(settings.BASE_DIR)
_PLURAL = re.compile(r"^nplurals=\d+; plural=(?P<rule>[n0-9 !=<>&|?:%()]+);?$")


def ensure(root: Path = ROOT) -> bool:
    """Make what is missing or old; whether there was anything to do."""
    sources = sorted((root / "locale").glob("*/LC_MESSAGES/*.po"))
    stamp, state = root / "locale" / ".stamp", _fingerprint(sources)
    made = all(path.exists() for path in _outputs(root, sources))
    if made and stamp.exists() and stamp.read_text() == state:
        return False
    _write_all(root, sources)
    _put(stamp, state.encode())
    return True


def _outputs(root: Path, sources: list[Path]) -> Iterator[Path]:
    from syncwatch.management.words import pseudo

    for path in sources:
        yield _output(root, path.parents[1].name, path.stem)
    for language in pseudo.WRITERS:
        for domain in DOMAINS:
            yield _output(root, language, domain)


def _output(root: Path, language: str, domain: str) -> Path:
    from django.utils.translation import to_locale

    if domain == "djangojs":
        return root / "static" / "words" / f"{language}.js"
    return root / "locale" / to_locale(language) / "LC_MESSAGES" / f"{domain}.mo"


def _fingerprint(sources: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in [*sources, *sorted(Path(__file__).parent.glob("*.py"))]:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _write_all(root: Path, sources: list[Path]) -> None:
    from syncwatch.management.words import catalogues, pseudo

    for path in sources:
        language, domain = path.parents[1].name, path.stem
        _write(root, language, domain, catalogues.read(path, language))
    for language, writer in pseudo.WRITERS.items():
        for domain in DOMAINS:
            catalog = catalogues.read(catalogues.path_of(root, "de", domain), "de")
            _fill(catalog, writer)
            _write(root, language, domain, catalog)


def _fill(catalog: "Catalog", writer: Callable[[str], str]) -> None:
    for message in catalog:
        if isinstance(message.id, str):
            message.string = writer(message.id) if message.id else ""
        else:
            message.string = tuple(writer(text) for text in message.id)
        message.flags.discard("fuzzy")


def _write(root: Path, language: str, domain: str, catalog: "Catalog") -> None:
    path = _output(root, language, domain)
    if domain == "djangojs":
        _put(path, browser_module(language, catalog))
        return
    import io

    from babel.messages.mofile import write_mo

    out = io.BytesIO()
    write_mo(out, catalog)
    _put(path, out.getvalue())


def browser_module(language: str, catalog: "Catalog") -> bytes:
    """The three exports that static/js/lib/words.js takes from `#words`."""
    rule = _PLURAL.match(catalog.plural_forms)
    if rule is None:
        raise ValueError(f"{language}: these plural forms are not understood")
    words: dict[str, str | list[str]] = {}
    for message in catalog:
        if not message.id or message.fuzzy:
            continue
        key = message.id if isinstance(message.id, str) else message.id[0]
        said = message.string if isinstance(message.string, str) else list(message.string or ())
        if not said or not all(said):
            continue  # English until somebody translates it
        words[f"{message.context}\x04{key}" if message.context else key] = said
    tag = re.sub(r"-(\w+)$", lambda part: part[0].upper(), language)
    table = json.dumps(words, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    lines = (
        f"export const lang = {json.dumps(tag)};",
        f"export const plural = (n) => Number({rule['rule'].strip()});",
        f"export const words = {table};",
    )
    return ("\n".join(lines) + "\n").encode()


def _put(path: Path, content: bytes) -> None:
    """Whole or not at all: several processes may start at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    fresh.write_bytes(content)
    os.replace(fresh, path)  # noqa: PTH105  Path.replace says the same with less
