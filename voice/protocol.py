"""What voice says on the room socket: one Struct for each frame and event."""

from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

from rooms.gateway.wire import ClientFrame, KeptEvent, PassingEvent

SDP_MAX = 16_384
CANDIDATE_MAX = 2_048

Session = Annotated[str, Meta(pattern=r"^[0-9A-Za-z_-]{8,64}$")]
Epoch = Annotated[int, Meta(ge=0, le=1_000_000_000)]


class Description(Struct, forbid_unknown_fields=True):
    """An RTCSessionDescription."""

    type: Literal["offer", "answer", "pranswer", "rollback"]
    sdp: Annotated[str, Meta(max_length=SDP_MAX)] = ""


class Candidate(Struct, forbid_unknown_fields=True, rename="camel", omit_defaults=True):
    """An RTCIceCandidate as `toJSON()` gives it."""

    candidate: Annotated[str, Meta(max_length=CANDIDATE_MAX)] = ""
    sdp_mid: Annotated[str, Meta(max_length=64)] | None = None
    sdp_m_line_index: Annotated[int, Meta(ge=0, le=64)] | None = None
    username_fragment: Annotated[str, Meta(max_length=256)] | None = None


class Join(ClientFrame, tag="voice:join"):
    """Come into the call, or back to it. `session` is this tab's own name for its call: announced
    again after a lost connection, it goes on where it was. Acked with the other `peers`: who comes
    makes the offers, the others only answer.
    """

    session: Session
    muted: bool = False


class Leave(ClientFrame, tag="voice:leave"):
    """Leave the call."""


class State(ClientFrame, tag="voice:state"):
    """How I am in the call: at each change, and every ten seconds as a sign of life."""

    muted: bool
    deafened: bool = False
    speaking: bool = False


class Signal(ClientFrame, tag="voice:signal"):
    """Something for one other peer: a description or a candidate (null: there are no more). `to`
    is their session, or a person's id. `epoch` counts the connections tried between the two.
    """

    to: Annotated[str, Meta(min_length=1, max_length=64)]
    epoch: Epoch
    description: Description | UnsetType = UNSET
    candidate: Candidate | UnsetType | None = UNSET


class Remove(ClientFrame, tag="voice:remove"):
    """Take a person out of the call."""

    user_id: Annotated[str, Meta(min_length=1, max_length=36)]


class Hush(ClientFrame, tag="voice:hush"):
    """Ask everybody to mute themselves."""


class PeerJoined(KeptEvent, tag="voice:peer:joined"):
    """Somebody came into the call."""

    peer: dict[str, Any]


class PeerLeft(KeptEvent, tag="voice:peer:left"):
    """Somebody is not in the call any more; `replaced`: they talk from another tab now."""

    session: str
    user_id: str
    reason: Literal["left", "lost", "replaced", "removed", "kicked"]


class PeerState(PassingEvent, tag="voice:peer:state"):
    """How somebody is in the call."""

    session: str
    user_id: str
    muted: bool
    deafened: bool
    speaking: bool


class Signalled(PassingEvent, tag="voice:signal"):
    """Something from another peer, for this connection alone; `from` is their session, `to` one's
    own. It carries `description` or `candidate` as it was sent.
    """

    from_: str = field(name="from")
    user_id: str
    to: str
    epoch: int


class Hushed(PassingEvent, tag="voice:hush"):
    """A moderator asks everybody to mute themselves."""

    by: str
