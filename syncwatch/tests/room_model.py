"""What a program of deeds is held to: the timeline that everybody wants, one state for all, and a
server without complaints.
"""

import dataclasses
import logging


@dataclasses.dataclass(frozen=True)
class Model:
    """What everybody wants of the timeline."""

    item: str | None = None
    plays: bool = False
    rate: float = 1.0

    def after(self, frame):
        match frame["type"]:
            case "sync:play":
                return dataclasses.replace(self, plays=True)
            case "sync:pause":
                return dataclasses.replace(self, plays=False)
            case "sync:rate":
                return dataclasses.replace(self, rate=frame["rate"])
            case "sync:load":
                return dataclasses.replace(self, item=frame["item_id"])
        return self


class Complaints(logging.Handler):
    """Whatever the server logs as a fault of its own."""

    def __init__(self):
        super().__init__(logging.ERROR)
        self.heard = []

    def emit(self, record):
        self.heard.append(self.format(record))


def settled(state):
    """Peers of a call have no order, nor have people who came in the same millisecond."""
    peers = sorted(state["voice"]["peers"], key=lambda peer: peer["session"])
    members = sorted(state["members"], key=lambda member: member["user"]["id"])
    return state | {"members": members, "voice": {"peers": peers}}


def shared(state):
    return repr({part: value for part, value in settled(state).items() if part != "me"})
