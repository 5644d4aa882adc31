"""Plain data of the chat inside frames, by name; see shapes.py."""

from typing import Any, Literal

from syncwatch.management.protocol.plain import Person, Shape


class Quote(Shape):
    """What an answer shows of the message it answers: its first 120 characters. Taken back it has
    no words any more. It may lie further on in the film than the answer.
    """

    id: str
    author: Person | None
    text: str
    deleted: bool
    item_id: str | None
    media_time: float | None


class MessageReaction(Shape):
    """An emoji on a message: how many put it there, and the user ids of the first twenty."""

    emoji: str
    count: int
    by: list[str]


class Mention(Shape):
    """Whom a message means by `@name`, spelt as it stands in `body`. Of several that could stand at
    one place the longest counts. Without a person everybody is meant.
    """

    user_id: str | None
    name: str


class Roll(Shape):
    """What fell: `dice` as 2d6, and each of them."""

    dice: str
    results: list[int]


class Poll(Shape):
    """What a message asks the room. `counts` by option; `voters` are people. Times are ISO 8601."""

    options: list[str]
    multiple: bool
    counts: list[int]
    voters: int
    closes_at: str | None
    closed_at: str | None


class OpenPoll(Poll):
    """A poll that takes votes, and the message that asks: by whom, and where in which film."""

    id: str
    question: str
    author_id: str | None
    item_id: str | None
    media_time: float | None


class Emote(Shape):
    """A picture of the room, written `:name:`. What stands at `src` never changes."""

    name: str
    src: str
    width: int
    height: int


class Message(Shape):
    """A message of the chat. One of kind system tells what its `author` did (null: it came about by
    itself): `body` in English, `deed` as `{name, …facts}`; moments in it are
    instants, to be shown in each one's own time zone. Of style me, `body` goes on behind the
    author's name.
    """

    id: str
    seq: int | None
    kind: Literal["text", "system"]
    body: str
    style: Literal["me", "roll"] | None
    roll: Roll | None
    deed: dict[str, Any] | None
    author: Person | None
    created_at: str
    edited_at: str | None
    item_id: str | None
    media_time: float | None
    reply_to: str | None
    reply: Quote | None
    reactions: list[MessageReaction]
    mentions: list[Mention]
    pinned: bool
    poll: Poll | None
    nonce: str


class ReadPosition(Shape):
    """How far one has read, on whichever device: a message, and when it was said. Where it was
    taken back, the time says where it stood.
    """

    id: str
    at: str
