"""Which film an evening shows. The list is kept above: playback registers how to ask for it."""

from collections.abc import Callable
from uuid import UUID

# (room id, item id or None: whatever is next) → (item id, title) of a film on the room's list.
Reader = Callable[[UUID, UUID | None], tuple[UUID, str] | None]
_readers: list[Reader] = []


def register(reader: Reader) -> None:
    """Call it from the app's `ready()`."""
    _readers.append(reader)


def film_on_list(room_id: UUID, item_id: UUID | None) -> tuple[UUID, str] | None:
    """The id and title of this item, or of what would be shown where none is named."""
    for reader in _readers:
        found = reader(room_id, item_id)
        if found is not None:
            return found
    return None
