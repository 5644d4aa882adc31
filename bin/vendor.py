"""Copies the few files that the browser needs out of node_modules. Standard library only.

Whole packages would be thousands of files. So: one file each of hls.js and tus-js-client, and of
lean-qr and lit whatever can be reached by imports from the entries named here. `modules.json` says
which bare name of an import is which file; the page's import map is made from it.
"""

import json
import re
import shutil
from pathlib import Path
from typing import Any

SINGLE_FILES = {
    "hls.js/dist/hls.min.mjs": "hls.mjs",
    "hls.js/dist/hls.worker.js": "hls.worker.js",
    "tus-js-client/dist/tus.min.js": "tus.js",
}
ENTRIES = (
    "lean-qr",
    "lit",
    *(
        f"lit/directives/{name}.js"
        for name in (
            "cache", "class-map", "guard", "if-defined", "keyed", "live", "map", "ref",
            "repeat", "style-map", "until", "when",
        )
    ),
)  # fmt: skip
_IMPORT = re.compile(r"""\b(?:from|import)\s*\(?\s*["']([^"']+)["']""")
_SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)
_CONDITIONS = ("browser", "import", "default")


def copy(packages: Path, target: Path) -> None:
    """Fill `target` afresh; a half-written folder is never left behind."""
    fresh = target.with_name(target.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    for source, name in SINGLE_FILES.items():
        put(packages / source, fresh / name)
    names = {"hls.js": "vendor/hls.mjs"}
    seen: set[Path] = set()
    for entry in ENTRIES:
        follow(entry, packages, fresh, names, seen)
    (fresh / "modules.json").write_text(json.dumps(names, indent=1, sort_keys=True) + "\n")
    shutil.rmtree(target, ignore_errors=True)
    fresh.rename(target)


def follow(name: str, packages: Path, target: Path, names: dict[str, str], seen: set[Path]) -> None:
    """Copy what a bare name stands for, and everything that it imports."""
    source = resolve(name, packages)
    names[name] = f"vendor/{source.relative_to(packages).as_posix()}"
    waiting = [source]
    while waiting:
        file = waiting.pop()
        if file in seen:
            continue
        seen.add(file)
        text = put(file, target / file.relative_to(packages))
        for wanted in _IMPORT.findall(text):
            if wanted.startswith("."):
                waiting.append((file.parent / wanted).resolve())
            elif wanted not in names:
                follow(wanted, packages, target, names, seen)


def put(source: Path, target: Path) -> str:
    """Without the pointer to a source map: hashing the files would look for it in vain."""
    text = _SOURCE_MAP.sub("", source.read_text(encoding="utf-8")).rstrip() + "\n"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    return text


def resolve(name: str, packages: Path) -> Path:
    """The file behind a bare name, by the package's own `exports`."""
    parts = name.split("/")
    depth = 2 if name.startswith("@") else 1
    package = packages.joinpath(*parts[:depth])
    inside = "/".join([".", *parts[depth:]])
    exports = json.loads((package / "package.json").read_text(encoding="utf-8"))["exports"]
    return (package / pick(exports[inside])).resolve()


def pick(choice: Any) -> str:
    """The first condition that a browser in production meets."""
    while isinstance(choice, dict):
        choice = next(choice[key] for key in _CONDITIONS if key in choice)
    return str(choice)
