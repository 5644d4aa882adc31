"""What evenings say on the room socket."""

from typing import Any, Literal

from rooms.gateway.wire import ClientFrame, KeptEvent

What = Literal[
    "planned", "moved", "changed", "answered", "waiting", "begun", "missed", "cancelled"
]  # fmt: skip


class Ready(ClientFrame, tag="evening:ready"):
    """One is ready for the evening, or not any more. Taken while its lobby is open."""

    ready: bool


class Changed(KeptEvent, tag="evening:changed"):
    """The room's date as it is now; `what` happened to it, `by` whom (null: the server). It is to
    come only while its `state` is `planned`.
    """

    evening: dict[str, Any]
    what: What
    by: str | None


class ReadyNow(KeptEvent, tag="evening:ready"):
    """Everybody who is ready for the evening, by user id."""

    ready: list[str]
