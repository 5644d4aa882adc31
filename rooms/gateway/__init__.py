"""The room socket's kernel. Apps build on what is named here and in `events` and `wire`."""

from rooms.gateway.script import RoomScript, able, emit, emit_sync, key, pass_, pass_sync, script

__all__ = ["RoomScript", "able", "emit", "emit_sync", "key", "pass_", "pass_sync", "script"]
