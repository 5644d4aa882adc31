"""What a client may say on the small socket: nothing but that it is there."""

from accounts.protocol import Pong
from rooms.gateway.events import Caller, handles
from rooms.gateway.kernel_events import SignInEvents
from rooms.gateway.wire import ClientFrame


class Ping(ClientFrame, tag="me:ping"):
    """Is this line alive? Answered by `me:pong`."""


class MeEvents(SignInEvents):
    prefix = "me"

    @handles(Ping, inline=True)
    def ping(self, caller: Caller, frame: Ping) -> Pong:
        return Pong()
