"""What somebody does in a room, in one word, and the frame it sends; see room_party."""

from typing import Any, NamedTuple


class Deed(NamedTuple):
    who: str
    does: str
    what: Any = None


FRAMES = {
    "play": lambda _: {"type": "sync:play"},
    "pause": lambda _: {"type": "sync:pause"},
    "seek": lambda to_s: {"type": "sync:seek", "position": to_s},
    "rate": lambda rate: {"type": "sync:rate", "rate": rate},
    "says": lambda n: {"type": "chat:send", "body": f"Words {n}", "nonce": f"nonce-{n}"},
    "is away": lambda away: {"type": "room:away", "away": away},
    "joins": lambda session: {"type": "voice:join", "session": f"session-{session}"},
    "hangs up": lambda _: {"type": "voice:leave"},
}


def status(client, state):
    return {
        "type": "sync:status", "seq": client.state["timeline"]["seq"], "position": 1, "buffered": 9,
        "state": state, "drift_ms": 0, "rtt_ms": 20,
    }  # fmt: skip


def resume(client, since):
    """From `since` events before or after what the client knows; "epoch": from another epoch."""
    elsewhere = since == "epoch"
    known = client.seq + (0 if elsewhere else since)
    epoch = "another" if elsewhere else client.epoch
    return {"type": "room:resume", "since": max(0, known), "epoch": epoch}


def about_words(does, message_id, number):
    """Changes of a message that somebody said."""
    frame = {"edits": "chat:edit", "takes back": "chat:delete", "reacts": "chat:react"}[does]
    more = {
        "edits": {"body": f"Other words {number}"},
        "takes back": {},
        "reacts": {"emoji": "🔥", "on": bool(number % 2)},
    }[does]
    return {"type": frame, "id": message_id, **more}
