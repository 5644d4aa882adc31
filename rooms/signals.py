"""Facts that travel upwards: apps above listen, rooms does not know who."""

from django.dispatch import Signal

member_removed = Signal()  # room_code: str, user_id: str, reason: str
# Somebody outside who was invited by name may be let in no more, in the caller's transaction.
door_shut = Signal()  # room_code: str, user_id: str
member_changed = Signal()  # room_code: str, user_id: str, capabilities: list[str]
wait_changed = Signal()  # room_code: str, wait: dict[str, Any], as the room has it now
room_closed = Signal()  # room_code: str
deed_done = Signal()  # deed: rooms.deeds.Deed
