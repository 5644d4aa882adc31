"""Everything a person owns here: each app registers how to export it and how to erase it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from accounts.models import User

Export = Callable[[User], Any]
Erase = Callable[[User], None]
Forget = Callable[[User], Callable[[], None]]
Words = str | Promise


@dataclass(frozen=True)
class Part:
    """One app's share. `export` gives JSON-able data; `erase` removes rows, files and names.

    `about` says in the export's own list what the share is. `forget` is asked before anything is
    erased, for what to do once everything is: erasing tells rooms of it, and what they were told
    last is kept for who comes back.
    """

    export: Export
    erase: Erase
    about: Words = ""
    forget: Forget | None = None


_parts: dict[str, Part] = {}


def register(
    name: str,
    *,
    export: Export,
    erase: Erase,
    about: Words = "",
    forget: Forget | None = None,
) -> None:
    """Call it from the app's `ready()`. Erasing must be repeatable: it may be cut off half-way."""
    _parts[name] = Part(export, erase, about, forget)


def parts() -> dict[str, Part]:
    return dict(_parts)


def export_all(user: User) -> dict[str, Any]:
    return {name: part.export(user) for name, part in _parts.items()}


def erase_all(user: User) -> None:
    last = [part.forget(user) for part in _parts.values() if part.forget]
    for part in _parts.values():
        part.erase(user)
    for forget in last:
        forget()
