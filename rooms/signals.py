"""Facts that travel upwards: apps above listen, rooms does not know who."""

from django.dispatch import Signal

member_removed = Signal()  # room_code: str, user_id: str, reason: str
member_changed = Signal()  # room_code: str, user_id: str, capabilities: list[str]
room_closed = Signal()  # room_code: str
deed_done = Signal()  # deed: rooms.deeds.Deed
