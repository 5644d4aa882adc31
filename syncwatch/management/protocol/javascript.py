"""static/js/protocol.js: the wire types as JSDoc, and the numbers and codes as constants."""

import re
import textwrap
from collections.abc import Iterable, Mapping

import msgspec

from rooms import policy
from rooms.gateway.closing import Close
from rooms.gateway.wire import PROTOCOL_VERSION, kind_of
from syncwatch.management.protocol.shapes import ANSWERS, Ack
from syncwatch.management.protocol.spoken import Spoken, words_of
from syncwatch.management.protocol.types import Field, fields_of, parts_of

HEAD = """/**
 * What our sockets speak: a type for every frame and event, and the codes.
 * Written by `manage.py protocol` from the server's wire types; do not edit it by hand.
 * @module
 */
"""


def render(said: Spoken) -> str:
    frames = [frame.struct for frame in said.frames]
    own = [frame.struct for frame in said.me_frames if frame.struct not in frames]
    frames += own
    events = [*said.kept, *said.passing, *said.answers, *said.me]
    parts = _unique(part for each in [*frames, *events, *ANSWERS] for part in parts_of(each))
    return "\n".join(
        [
            HEAD,
            *_constants(said),
            *(_typedef(each, each.__name__) for each in sorted(parts, key=lambda p: p.__name__)),
            *(_typedef(each, frame_name(each)) for each in frames),
            *(_typedef(each, event_name(each), kept=each in said.kept) for each in events),
            *(_typedef(each, event_name(each)) for each in ANSWERS if each is not Ack),
            _open_typedef(Ack),
            _union("ClientFrame", [frame_name(each) for each in frames if each not in own]),
            _union("KeptEvent", [event_name(each) for each in said.kept]),
            _union("PassingEvent", [event_name(each) for each in said.passing]),
            _union(
                "ServerEvent",
                [
                    "KeptEvent",
                    "PassingEvent",
                    *(event_name(each) for each in [*said.answers, *ANSWERS]),
                ],
            ),
            _union("MeEvent", [event_name(each) for each in said.me]),
        ]
    )


def frame_name(struct: type[msgspec.Struct]) -> str:
    """`sync:play` → SyncPlayFrame"""
    return _camel(kind_of(struct)) + "Frame"


def event_name(struct: type[msgspec.Struct]) -> str:
    """`room:member:joined` → RoomMemberJoinedEvent"""
    return _camel(kind_of(struct)) + "Event"


def _camel(kind: str) -> str:
    return "".join(word.capitalize() for word in re.split(r"[:_]", kind))


def _constants(said: Spoken) -> Iterable[str]:
    kept = {kind_of(each): event_name(each) for each in said.kept}
    yield f"export const PROTOCOL_VERSION = {PROTOCOL_VERSION};\n"
    yield "/** Why the server closes a socket. */"
    yield _frozen("CLOSE", {each.name: str(int(each)) for each in Close})
    yield "/** What a frame asks of a person; frames with an empty word only ask to be present. */"
    yield _frozen("CAPABILITY_OF", {f'"{f}"': f'"{c}"' for f, c in sorted(_asked(said).items())})
    yield "/** Every code that a refusal may carry, here and in the HTTP API. */"
    yield _frozen("ERRORS", {code.upper(): f'"{code}"' for code in said.errors})
    yield "/** Events with a `seq`, replayed on resume. */"
    yield _frozen_list("KEPT", kept)
    yield "/** @typedef {typeof ERRORS[keyof typeof ERRORS]} ErrorCode */\n"


def _asked(said: Spoken) -> Mapping[str, str]:
    return {kind_of(frame.struct): policy.POLICY[kind_of(frame.struct)] for frame in said.frames}


def _frozen(name: str, values: Mapping[str, str]) -> str:
    lines = "".join(f"  {key}: {value},\n" for key, value in values.items())
    return f"export const {name} = Object.freeze({{\n{lines}}});\n"


def _frozen_list(name: str, words: Iterable[str]) -> str:
    lines = "".join(f"  {word},\n" for word in _quoted(words))
    return f"export const {name} = Object.freeze([\n{lines}]);\n"


def _quoted(words: Iterable[str]) -> list[str]:
    return [f'"{word}"' for word in words]


def _typedef(struct: type[msgspec.Struct], name: str, *, kept: bool = False) -> str:
    lines = [*textwrap.wrap(words_of(struct), 96), f"@typedef {{object}} {name}"]
    if struct.__struct_config__.tag:
        lines.append(f'@property {{"{kind_of(struct)}"}} type')
    if kept:
        lines.append("@property {number} seq")
    return _comment([*lines, *(_property(field) for field in fields_of(struct))])


def _open_typedef(struct: type[msgspec.Struct]) -> str:
    """For an answer that carries more than its type can say."""
    shape = f'Record<string, any> & {{type: "{kind_of(struct)}", ref: string}}'
    words = textwrap.wrap(words_of(struct), 96)
    return _comment([*words, f"@typedef {{{shape}}} {event_name(struct)}"])


def _comment(lines: Iterable[str]) -> str:
    return "/**\n" + "".join(f" * {line}\n" for line in lines) + " */\n"


def _property(field: Field) -> str:
    name = field.name if field.required else f"[{field.name}]"
    return f"@property {{{field.type}}} {name} {field.limits}".rstrip()


def _union(name: str, members: Iterable[str]) -> str:
    return f"/** @typedef {{{' | '.join(members)}}} {name} */\n"


def _unique(parts: Iterable[type[msgspec.Struct]]) -> list[type[msgspec.Struct]]:
    return list(dict.fromkeys(parts))
