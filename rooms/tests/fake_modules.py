"""Two made-up modules, so that the gateway is tested without any app above it."""

import asyncio

from rooms import gateway, policy
from rooms.gateway.events import Caller, RoomEvents, RoomRef, handles, on_deadline
from rooms.gateway.wire import ClientFrame, KeptEvent, PassingEvent

policy.POLICY.update({
    "light:switch": "control", "light:wink": policy.PRESENT, "light:later": policy.PRESENT,
    "light:fill": policy.PRESENT, "slow:sleep": policy.PRESENT,
    "light:echo": policy.PRESENT, "slow:break": policy.PRESENT,
})  # fmt: skip


class Switch(ClientFrame, tag="light:switch"):
    on: bool


class Wink(ClientFrame, tag="light:wink"):
    to: str = ""


class Echo(ClientFrame, tag="light:echo"):
    text: str


class Fill(ClientFrame, tag="light:fill"):
    char: str
    times: int


class Later(ClientFrame, tag="light:later"):
    due_ms: int


class Sleep(ClientFrame, tag="slow:sleep"):
    pass


class Break(ClientFrame, tag="slow:break"):
    pass


class Unlisted(ClientFrame, tag="light:unlisted"):
    pass


class Switched(KeptEvent, tag="light:switched"):
    on: bool
    by: str | None


class Winked(PassingEvent, tag="light:winked"):
    by: str


class Echoed(PassingEvent, tag="light:echoed"):
    text: str


class Filled(PassingEvent, tag="light:filled"):
    text: str


LATER = gateway.script("rooms/tests/later.lua")


class LightEvents(RoomEvents):
    prefix = "light"

    def __init__(self) -> None:
        self.log: list[tuple[str, ...]] = []

    @handles(Switch)
    async def switch(self, caller: Caller, frame: Switch) -> dict[str, int]:
        return {"seq": await gateway.emit(caller.code, Switched(on=frame.on, by=caller.user_id))}

    @handles(Wink)
    async def wink(self, caller: Caller, frame: Wink) -> None:
        await gateway.pass_(caller.code, Winked(by=caller.user_id), frame.to)

    @handles(Echo, inline=True)
    def echo(self, caller: Caller, frame: Echo) -> Echoed:
        return Echoed(text=frame.text)

    @handles(Fill)
    async def fill(self, caller: Caller, frame: Fill) -> None:
        await gateway.pass_(caller.code, Filled(text=frame.char * frame.times))

    @handles(Later)
    async def later(self, caller: Caller, frame: Later) -> None:
        await LATER(caller.code, args=[frame.due_ms])

    @handles(Unlisted)
    async def unlisted(self, caller: Caller, frame: Unlisted) -> None:
        self.log.append(("unlisted",))

    @on_deadline("light.off")
    async def off(self, code: str, token: str) -> None:
        self.log.append(("off", code, token))
        await gateway.emit(code, Switched(on=False, by=None))

    async def common(self, room: RoomRef) -> dict[str, str]:
        return {"light": "dim"}

    async def joined(self, caller: Caller) -> None:
        self.log.append(("joined", caller.user_id))

    async def left(self, code: str, user_id: str) -> None:
        self.log.append(("left", user_id))


class SlowEvents(RoomEvents):
    prefix = "slow"

    def __init__(self) -> None:
        self.gate = asyncio.Event()
        self.begun = self.done = 0

    @handles(Sleep)
    async def sleep(self, caller: Caller, frame: Sleep) -> None:
        self.begun += 1
        await self.gate.wait()
        self.done += 1

    @handles(Break)
    async def fall_over(self, caller: Caller, frame: Break) -> None:
        raise RuntimeError("a fault in a handler")
