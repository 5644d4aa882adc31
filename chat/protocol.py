"""What chat says on the room socket: one Struct for each frame and event."""

from typing import Annotated, Any, Literal

from msgspec import Meta

from chat.models import EMOJI_MAX, NONCE_MAX
from rooms.gateway.wire import ClientFrame, KeptEvent, PassingEvent

# Far more than a message may have, so that somebody who pastes a page is told how much is
# possible instead of hearing that the frame is wrong.
RAW_BODY_MAX = 20_000
MEDIA_TIME_MAX_S = 864_000
BURST_MAX = 10
CLEAR_MAX = 500
RAW_OPTION_MAX = 2_000
POLL_MIN_S, POLL_MAX_S = 10, 86_400

Body = Annotated[str, Meta(max_length=RAW_BODY_MAX)]
Nonce = Annotated[str, Meta(min_length=1, max_length=NONCE_MAX, pattern=r"^[^\x00-\x1f\x7f]+$")]
MessageId = Annotated[str, Meta(min_length=1, max_length=36)]


class Send(ClientFrame, tag="chat:send"):
    """Say something. `nonce` is the client's own name for the message: sent again with the same
    one, it is acked with the first message and not stored twice. `media_time` binds it to a place
    in the film, in seconds. With `style` "me" it is what one does; with "roll" the server throws
    the dice that `body` names (`2d6`, up to `20d1000`), and the message tells what fell.
    """

    body: Body
    nonce: Nonce
    reply_to: MessageId | None = None
    media_time: Annotated[float, Meta(ge=0, le=MEDIA_TIME_MAX_S)] | None = None
    style: Literal["me", "roll"] | None = None


class Edit(ClientFrame, tag="chat:edit"):
    """Change the words of a message of one's own."""

    id: MessageId
    body: Body


class Delete(ClientFrame, tag="chat:delete"):
    """Take back a message of one's own; moderators may take back anybody's."""

    id: MessageId


class Clear(ClientFrame, tag="chat:clear"):
    """Take back the last `count` messages, or what the person `user_id` wrote in the last 24 hours,
    500 at most; for moderators. One of the two. The ack says in `count` how many are gone.
    """

    count: Annotated[int, Meta(ge=1, le=CLEAR_MAX)] | None = None
    user_id: Annotated[str, Meta(min_length=1, max_length=36)] | None = None


class ReactTo(ClientFrame, tag="chat:react"):
    """Put an emoji, or an emote of the room as `:name:`, on a message (`on`), or take one's own off
    it. The ack says in `changed` whether it was another before.
    """

    id: MessageId
    emoji: Annotated[str, Meta(min_length=1, max_length=EMOJI_MAX)]
    on: bool


class PinTo(ClientFrame, tag="chat:pin"):
    """Keep a message in sight of the room (`on`), or let it go; for moderators. The ack says in
    `changed` whether it was another before.
    """

    id: MessageId
    on: bool


class OpenPoll(ClientFrame, tag="poll:open"):
    """Ask the room. The question is a message with a `poll`; `nonce` and `media_time` are its own.
    With `for_s` it closes by itself after so many seconds.
    """

    question: Body
    options: Annotated[list[Annotated[str, Meta(max_length=RAW_OPTION_MAX)]], Meta(max_length=50)]
    nonce: Nonce
    multiple: bool = False
    for_s: Annotated[int, Meta(ge=POLL_MIN_S, le=POLL_MAX_S)] | None = None
    media_time: Annotated[float, Meta(ge=0, le=MEDIA_TIME_MAX_S)] | None = None


class VoteFor(ClientFrame, tag="poll:vote"):
    """Choose among the options of a poll, by their numbers from 0. Again, it takes the place of
    what one chose before; none takes it back. The ack says in `options` what counts now.
    """

    id: MessageId
    options: Annotated[list[Annotated[int, Meta(ge=0, le=100)]], Meta(max_length=50)]


class ClosePoll(ClientFrame, tag="poll:close"):
    """End a poll of one's own; moderators may end anybody's. The ack says in `changed` whether it
    was open.
    """

    id: MessageId


class Read(ClientFrame, tag="chat:read"):
    """I have read up to this message. It only moves forward; say it when it did, every few seconds
    at most. Nobody else is told.
    """

    id: MessageId


class Typing(ClientFrame, tag="chat:typing"):
    """I am writing. Say it again every few seconds while it lasts."""


class React(ClientFrame, tag="react:burst"):
    """Let a reaction float over the film for everybody; `emoji` is one of the snapshot's
    `reactions`. Several of one kind within a moment go as one frame with their `count`.
    """

    emoji: Annotated[str, Meta(min_length=1, max_length=8)]
    count: Annotated[int, Meta(ge=1, le=BURST_MAX)] = 1


class Said(KeptEvent, tag="chat:message"):
    """A new message. `nonce` is its sender's; `message.seq` equals the event's. Events of a message
    may come without a `seq`: they are news for this person's pages alone, and never repeated.
    """

    message: dict[str, Any]
    nonce: str


class Edited(KeptEvent, tag="chat:edited"):
    """A message has other words now."""

    message: dict[str, Any]


class Deleted(KeptEvent, tag="chat:deleted"):
    """A message was taken back, `by` whom."""

    id: str
    by: str


class Cleared(KeptEvent, tag="chat:cleared"):
    """Messages were taken back together, `by` whom; so many are pinned now."""

    ids: list[str]
    by: str
    pins: int


class Reacted(KeptEvent, tag="chat:reaction"):
    """`by` put an emoji on a message, or took it off. Now `count` people have it there, the first
    twenty of them are `people`; with none it goes.
    """

    id: str
    emoji: str
    by: str
    on: bool
    count: int
    people: list[str]


class Pinned(KeptEvent, tag="chat:pinned"):
    """`by` pinned a message or let it go; so many are pinned now."""

    id: str
    on: bool
    by: str
    count: int


class Voted(KeptEvent, tag="poll:voted"):
    """So many chose each option of a poll, `voters` people in all. Twice a second at most."""

    id: str
    counts: list[int]
    voters: int


class Chosen(PassingEvent, tag="poll:chosen"):
    """To every page of one person: this is what they chose in a poll now, on whichever of them."""

    id: str
    options: list[int]


class Closed(KeptEvent, tag="poll:closed"):
    """A poll takes no votes any more; `by` nobody where its time was over. This is its result."""

    id: str
    by: str | None
    closed_at: str
    counts: list[int]
    voters: int


class Writing(PassingEvent, tag="chat:typing"):
    """A person is writing; forget it after six seconds."""

    user_id: str


class Burst(PassingEvent, tag="react:burst"):
    """Somebody reacted, `count` times. In a crowd some of them are left out."""

    by: str
    emoji: str
    count: int


class EmoteAdded(KeptEvent, tag="emote:added"):
    """The room has an emote more: `:name:` is drawn as the picture at `src`, `by` whom."""

    emote: dict[str, Any]
    by: str


class EmoteRemoved(KeptEvent, tag="emote:removed"):
    """The emote `name` is gone, `by` whom; its name is just words again."""

    name: str
    by: str


class Reports(PassingEvent, tag="room:report"):
    """To those who manage people: so many reports wait to be looked at. What they say is read over
    the API.
    """

    count: int
