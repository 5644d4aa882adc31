"""What a page says of its modules: the import map, what to fetch at once, what to run.

The same source runs in the browser, under `node --test` and in the editor: modules import each
other by relative path and libraries by bare name; the map tells browsers where they are, plain
addresses on the left, hashed ones on the right. `#words` is the catalogue of the page's language,
which is so there before any module runs.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static
from django.utils.translation import get_language

from syncwatch.lib.module_graph import Graph, libraries_below

ROOT = Path(settings.BASE_DIR) / "static"


@dataclass(frozen=True)
class PageModules:
    """`import_map` as JSON; the others are addresses."""

    import_map: str
    preloads: tuple[str, ...]
    entries: tuple[str, ...]


def page_modules(entries: tuple[str, ...]) -> PageModules:
    """For a page that runs the modules `entries`, paths below static/."""
    language = get_language() or settings.LANGUAGE_CODE
    build = _build if settings.DEBUG else _cached
    return build(entries, language)


def _build(entries: tuple[str, ...], language: str) -> PageModules:
    libraries = libraries_below(ROOT) | {"#words": _catalogue(language)}
    needed = Graph(ROOT, libraries).needed(*entries)
    imports = {settings.STATIC_URL + path: static(path) for path in (*needed.now, *needed.later)}
    imports |= {name: static(libraries[name]) for name in needed.names}
    return PageModules(
        import_map=json.dumps({"imports": imports}, separators=(",", ":")),
        preloads=tuple(static(path) for path in needed.now),
        entries=tuple(static(path) for path in entries),
    )


_cached = cache(_build)


def _catalogue(language: str) -> str:
    made = f"words/{language}.js"
    return made if (ROOT / made).exists() else "js/lib/english.js"
