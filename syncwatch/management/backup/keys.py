"""The keys that an installation made itself; those of the environment are the operator's."""

import os
from pathlib import Path

from django.conf import settings

from syncwatch import env
from syncwatch.lib.ids import b32

NAMES = {"secret-key": "SECRET_KEY", "jwt-signing-key": "JWT_SIGNING_KEY"}


def made_here() -> dict[str, Path]:
    """File name → where it is, of those that are in use."""
    own = {name: _folder() / name for name, setting in NAMES.items() if not _given(setting)}
    return {name: path for name, path in own.items() if path.exists()}


def put(name: str, value: bytes) -> bool:
    """Take over a key; False where the environment brings another, which goes before it."""
    if name not in NAMES or _given(NAMES[name]):
        return False
    _folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = _folder() / f".{name}.{b32(6)}"
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:  # noqa: PTH123
        file.write(value)
    fresh.replace(_folder() / name)
    return True


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "keys"


def _given(setting: str) -> bool:
    return bool(env.text(setting) or env.text(f"{setting}_FILE"))
