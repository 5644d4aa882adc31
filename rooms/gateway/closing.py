"""Close codes of the room socket, with the words that travel as the reason."""

from enum import IntEnum


class Close(IntEnum):
    PROTOCOL = 4400
    NOT_SIGNED_IN = 4401
    NOT_ALLOWED = 4403
    NO_ROOM = 4404
    TOO_SLOW = 4408
    REPLACED = 4409
    FULL = 4423
    FLOOD = 4429
    RESTART = 1012
    TRY_LATER = 1013


REASONS = {
    Close.PROTOCOL: "This client speaks another protocol version. Reload the page.",
    Close.NOT_SIGNED_IN: "Sign in again.",
    Close.NOT_ALLOWED: "You are not in this room any more.",
    Close.NO_ROOM: "There is no such room, or it was closed.",
    Close.TOO_SLOW: "This connection could not keep up. Come back.",
    Close.REPLACED: "This tab was opened again.",
    Close.FULL: "The room is full. Try again when somebody leaves.",
    Close.FLOOD: "Too many messages. Wait a little.",
    Close.RESTART: "The server restarts. Come back.",
    Close.TRY_LATER: "The server is not ready. Try again.",
}
