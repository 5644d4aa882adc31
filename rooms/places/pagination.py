"""Rooms, the last used first, a page at a time."""

from syncwatch.lib.api import CursorPage


class RoomPage(CursorPage):
    ordering = ("-active_at", "-id")
