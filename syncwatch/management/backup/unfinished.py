"""A restore that was cut off: while its mark is there, nothing starts on half of it."""

import json
from pathlib import Path

from django.conf import settings

from syncwatch.lib import clock


def mark(path: Path) -> None:
    _mark().write_text(json.dumps({"file": str(path), "began_at": clock.now().isoformat()}))


def clear() -> None:
    _mark().unlink()


def begun() -> str:
    """The backup of which a restore was cut off; empty where none was."""
    try:
        return str(json.loads(_mark().read_text())["file"])
    except FileNotFoundError:
        return ""
    except (ValueError, KeyError):
        return "FILE"


def _mark() -> Path:
    return Path(settings.DATA_DIR) / "restore-unfinished.json"
