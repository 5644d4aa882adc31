"""The import map: plain module addresses on the left, hashed ones on the right.

The same source runs in the browser, under `node --test` and in the editor: modules import each
other by relative path and libraries by bare name; this map tells browsers where they are. `#words`
is the catalogue of the page's language, which is so there before any module runs.
"""

import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static
from django.utils.translation import get_language

ROOT = Path(settings.BASE_DIR) / "static"


def _modules() -> list[str]:
    """Every module of ours and of the libraries, as paths below static/."""
    found = [*(ROOT / "js").rglob("*.js"), *(ROOT / "vendor").rglob("*.js")]
    found += (ROOT / "vendor").rglob("*.mjs")
    return sorted(path.relative_to(ROOT).as_posix() for path in found if _for_browsers(path))


def _for_browsers(path: Path) -> bool:
    """Tests and what only they need stay out."""
    return not path.name.endswith(".test.js") and not {"sim", "fixtures"} & set(path.parts)


def _libraries() -> dict[str, str]:
    """Bare name → path below static/, as set-up wrote it down when it copied the libraries."""
    names = ROOT / "vendor" / "modules.json"
    return json.loads(names.read_text()) if names.exists() else {}


def _catalogue(language: str) -> str:
    made = f"words/{language}.js"
    return made if (ROOT / made).exists() else "js/lib/english.js"


def _build(language: str) -> str:
    imports = {settings.STATIC_URL + path: static(path) for path in _modules()}
    imports |= {name: static(path) for name, path in _libraries().items()}
    imports["#words"] = static(_catalogue(language))
    return json.dumps({"imports": imports}, separators=(",", ":"))


_cached = cache(_build)


def import_map() -> str:
    language = get_language() or settings.LANGUAGE_CODE
    return _build(language) if settings.DEBUG else _cached(language)
