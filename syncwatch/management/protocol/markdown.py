"""The generated part of docs/protocol.md: tables of frames, events, shapes, codes."""

from collections.abc import Iterable

import msgspec
from django.conf import settings

from rooms import policy
from rooms.gateway.closing import REASONS, Close
from rooms.gateway.wire import kind_of
from syncwatch.management.protocol.shapes import ANSWERS
from syncwatch.management.protocol.spoken import Frame, Spoken, words_of
from syncwatch.management.protocol.types import Field, fields_of, parts_of

BEGIN = "<!-- written by `manage.py protocol`; do not edit below -->"
END = "<!-- the written part ends here -->"


def put_into(page: str, said: Spoken) -> str:
    """The page with its generated part as it has to be now."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"The page lacks its two markers: {BEGIN} and {END}")
    return f"{before}{BEGIN}\n\n{render(said)}\n{END}{after}"


def render(said: Spoken) -> str:
    sections = (
        ("What a client may send", _frames(said.frames)),
        ("Answers to one connection", _things([*ANSWERS, *said.answers])),
        ("Kept events", _things(said.kept)),
        ("Passing events", _things(said.passing)),
        ("The small socket: what a client may send", _frames(said.me_frames)),
        ("The small socket: what it says", _things(said.me)),
        ("Parts of them", _parts(said)),
        ("Who may do what", _roles()),
        ("Close codes", _closes()),
        ("Codes of refusals", _errors(said)),
    )
    return "\n".join(f"## {title}\n\n{text}\n" for title, text in sections)


def _frames(frames: Iterable[Frame]) -> str:
    head = "| frame | fields | asks for | limit |"
    rows = [
        f"| `{kind_of(frame.struct)}`<br>{words_of(frame.struct)} | {_fields(frame.struct)} "
        f"| {frame.capability or 'being there'} | {_limit(frame)} |"
        for frame in frames
    ]
    return _table(head, rows)


def _things(structs: Iterable[type[msgspec.Struct]]) -> str:
    rows = [f"| `{kind_of(each)}`<br>{words_of(each)} | {_fields(each)} |" for each in structs]
    return _table("| type | fields |", rows)


def _parts(said: Spoken) -> str:
    wholes = [
        *(frame.struct for frame in said.frames),
        *said.kept,
        *said.passing,
        *said.me,
        *ANSWERS,
    ]
    parts = {part for whole in wholes for part in parts_of(whole)}
    rows = [
        f"| {part.__name__}<br>{words_of(part)} | {_fields(part)} |"
        for part in sorted(parts, key=lambda part: part.__name__)
    ]
    return _table("| part | fields |", rows)


def _roles() -> str:
    rows = [
        f"| {role} | {', '.join(sorted(held))} | {', '.join(_controls(role))} |"
        for role, held in policy.ROLES.items()
    ]
    return _table("| role | capabilities | `control` where the room gives it to |", rows)


def _controls(role: str) -> Iterable[str]:
    return (name for name, roles in policy.CONTROL.items() if role in roles)


def _closes() -> str:
    rows = [f"| {int(each)} | {each.name} | {REASONS[each]} |" for each in Close]
    return _table("| code | name | words that travel as the reason |", rows)


def _errors(said: Spoken) -> str:
    rows = [
        f"| `{code}` | {entry.status} | {entry.when} | {entry.recover} |"
        for code, entry in said.errors.items()
    ]
    return _table("| code | HTTP | when | what to do |", rows)


def _fields(struct: type[msgspec.Struct]) -> str:
    return "<br>".join(_field(each) for each in fields_of(struct) if each.name != "ref") or "none"


def _field(field: Field) -> str:
    name = field.name if field.required else f"{field.name}?"
    limits = f", {field.limits}" if field.limits else ""
    spelled = field.type.replace(" | ", " or ").replace("<", "&lt;")
    return f"`{name}` {spelled}{limits}"


def _limit(frame: Frame) -> str:
    count, per_s, burst = settings.RATE_LIMITS[frame.limit]
    span = "s" if per_s == 1 else f"{per_s:g} s"
    return f"{count:g}/{span}, {burst} at once"


def _table(head: str, rows: Iterable[str]) -> str:
    line = "|" + "---|" * (head.count("|") - 1)
    return "\n".join([head, line, *rows])
