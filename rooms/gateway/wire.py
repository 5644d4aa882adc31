"""Wire types of the room socket: what a frame is, how it is read and how it is written."""

from typing import Annotated, Any

import msgspec

PROTOCOL_VERSION = 1
REF_MAX = 64

Ref = Annotated[str, msgspec.Meta(max_length=REF_MAX)]


class ClientFrame(msgspec.Struct, tag_field="type", kw_only=True, forbid_unknown_fields=True):
    """Something a client sends. With a `ref` it is answered by `ack` or `error`."""

    ref: Ref | None = None


class ServerEvent(msgspec.Struct, tag_field="type", kw_only=True):
    """Something the server sends."""


class KeptEvent(ServerEvent):
    """An event with a `seq`, replayed on resume. The seq is spliced in where it is published."""


class PassingEvent(ServerEvent):
    """An event of the moment: no seq, never replayed."""


def encode(value: Any) -> str:
    """JSON text of a Struct or of plain data."""
    return msgspec.json.encode(value).decode()


def kind_of(struct: type[msgspec.Struct] | msgspec.Struct) -> str:
    """`sync:play` for the class or an instance of it."""
    return str(struct.__struct_config__.tag)


def body_of(event: ServerEvent) -> str:
    """The event's fields as a JSON object without its type, for scripts to splice into."""
    fields = {name: getattr(event, name) for name in event.__struct_fields__}
    return encode(fields)
