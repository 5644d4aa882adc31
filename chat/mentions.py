"""Who is meant by an `@` in what people write. Pure.

A mention is a name as it stands in the words, behind an `@`, and whom it means. There are no
offsets: whatever else changes in the words, or counts characters otherwise, the name is found
again where it stands.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

MENTIONED_MAX = 20
EVERYBODY = "all"
SOMEONE = "someone"


class Mention(NamedTuple):
    """`user_id` is None where everybody is meant; `name` is spelt as in the words."""

    user_id: str | None
    name: str


def mentions_in(
    body: str, people: Iterable[tuple[str, Iterable[str]]], *, everybody: bool
) -> list[Mention]:
    """Whom `body` means, in its order, each spelling once.

    `people` are ids with the names they answer to. Of several names the longest counts; of people
    with one name all are meant. With `everybody`, `@all` means the whole room.
    """
    if "@" not in body:
        return []
    known = _by_name(people, everybody=everybody)
    longest = max((len(name) for name in known), default=0)
    found: dict[Mention, None] = {}
    for at in _ats(body):
        name = _name_at(body, at + 1, known, longest)
        for user_id in known.get(name.casefold(), ()):
            found[Mention(user_id, name)] = None
    return list(found)


def _by_name(
    people: Iterable[tuple[str, Iterable[str]]], *, everybody: bool
) -> dict[str, list[str | None]]:
    known: dict[str, list[str | None]] = defaultdict(list)
    if everybody:
        known[EVERYBODY] = [None]
    for user_id, names in people:
        for name in {name.casefold() for name in names if name}:
            if not (everybody and name == EVERYBODY):
                known[name].append(user_id)
    return known


def _ats(body: str) -> Iterable[int]:
    """Where an `@` begins something: not within an address of mail."""
    for at, char in enumerate(body):
        if char == "@" and (at == 0 or not _goes_on(body[at - 1])):
            yield at


def _goes_on(char: str) -> bool:
    return char.isalnum() or char == "_"


def _name_at(body: str, start: int, known: dict[str, list[str | None]], longest: int) -> str:
    """The longest known name that stands here and ends here; "" for none."""
    for end in range(min(len(body), start + longest), start, -1):
        ends = end == len(body) or not _goes_on(body[end]) or not _goes_on(body[end - 1])
        if ends and body[start:end].casefold() in known:
            return body[start:end]
    return ""


def without(body: str, names: Iterable[str]) -> str:
    """The words with nobody in the place of these names."""
    gone: dict[str, list[str | None]] = {name.casefold(): [None] for name in names}
    longest = max((len(name) for name in gone), default=0)
    parts, done = [], 0
    for at in _ats(body):
        name = _name_at(body, at + 1, gone, longest)
        if name:
            parts += [body[done : at + 1], SOMEONE]
            done = at + 1 + len(name)
    return "".join([*parts, body[done:]])
