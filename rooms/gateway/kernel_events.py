"""Frames that the kernel itself answers: resume, and staying signed in."""

from typing import Any

from rooms import protocol
from rooms.gateway.events import Caller, RoomEvents, handles


class SignInEvents(RoomEvents):
    """What any socket of ours answers itself."""

    prefix = "auth"

    @handles(protocol.Renew)
    async def renew(self, caller: Caller, frame: protocol.Renew) -> dict[str, Any]:
        expires_at = await caller.link.renew(ticket=frame.ticket, access=frame.access)
        return {"expires_at": expires_at}


class KernelEvents(SignInEvents):
    """And what a room's does."""

    @handles(protocol.Resume)
    async def resume(self, caller: Caller, frame: protocol.Resume) -> None:
        await caller.link.resume(frame.since, frame.epoch)
