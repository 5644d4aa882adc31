"""The pages of the repository, read: links, fenced blocks and tables."""

import ast
import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
ADR = ROOT / "docs" / "adr"
OPERATIONS = ROOT / "docs" / "operations.md"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
OUR_APPS = {"syncwatch", "accounts", "rooms", "playback", "chat", "voice", "videos", "client"}
FENCED = re.compile(r"^ *```(\S*)\n(.*?)^ *```", re.MULTILINE | re.DOTALL)


def relative(path):
    return str(path.relative_to(ROOT))


def prose(path):
    """A page without its fenced blocks."""
    return FENCED.sub("", path.read_text())


def blocks(path, language):
    """The fenced blocks of one language."""
    return [text for name, text in FENCED.findall(path.read_text()) if name == language]


def anchor(heading):
    words = re.sub(r"[`*]", "", heading).strip().lower()
    return re.sub(r"[^\w\- ]", "", words).replace(" ", "-")


def anchors(path):
    return {anchor(line) for line in re.findall(r"^#+ (.*)$", prose(path), re.MULTILINE)}


def table(path, head):
    """The rows of the table whose first heading cell is `head`, as lists of cells."""
    lines = path.read_text().splitlines()
    at = next(at for at, line in enumerate(lines) if line.startswith(f"| {head} |"))
    return _rows(lines[at + 2 :])


def tables(path, head):
    """The rows of every table that begins so."""
    lines = path.read_text().splitlines()
    places = [at for at, line in enumerate(lines) if line.startswith(f"| {head} |")]
    return [row for at in places for row in _rows(lines[at + 2 :])]


def _rows(lines):
    rows = []
    for line in lines:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]])
    return rows


def code_files():
    """Every Python file of the product itself."""
    for app in OUR_APPS:
        yield from (path for path in (ROOT / app).rglob("*.py") if "tests" not in path.parts)


def settings_read():
    """Environment name → whether NAME_FILE works too, from every call of `syncwatch.env`."""
    found = {}
    for path in code_files():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and (helper := _helper(node)):
                name = node.args[0].value
                found[name] = found.get(name, False) or helper in {"secret", "_own_secret"}
    return found


def _helper(call):
    if not call.args or not isinstance(call.args[0], ast.Constant):
        return None
    function = call.func
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
        return function.attr if function.value.id == "env" else None
    is_own = isinstance(function, ast.Name) and function.id == "_own_secret"
    return "_own_secret" if is_own else None
