"""Types of fields as text: as TypeScript writes them, and their limits in words."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
from msgspec import inspect

from rooms.gateway.wire import kind_of
from syncwatch.management.protocol.shapes import PLAIN

_SPELLED: dict[type[inspect.Type], Callable[[Any], str]] = {
    inspect.StrType: lambda of: "string",
    inspect.IntType: lambda of: "number",
    inspect.FloatType: lambda of: "number",
    inspect.BoolType: lambda of: "boolean",
    inspect.NoneType: lambda of: "null",
    inspect.AnyType: lambda of: "any",
    inspect.LiteralType: lambda of: " | ".join(f'"{value}"' for value in of.values),
    inspect.UnionType: lambda of: " | ".join(spelled(each) for each in of.types),
    inspect.ListType: lambda of: f"{spelled(of.item_type)}[]",
    inspect.DictType: lambda of: f"Record<{spelled(of.key_type)}, {spelled(of.value_type)}>",
    inspect.StructType: lambda of: of.cls.__name__,
}
_SPELLED_OUT = 1e8  # larger bounds read better as powers of ten


@dataclass(frozen=True)
class Field:
    name: str
    type: str
    limits: str
    required: bool


def spelled(of: inspect.Type) -> str:
    return _SPELLED[type(of)](of)


def fields_of(struct: type[msgspec.Struct]) -> list[Field]:
    """The fields of a wire type besides `type`; `ref` comes last."""
    info = inspect.type_info(struct)
    if not isinstance(info, inspect.StructType):
        raise TypeError(f"{struct} is no wire type")
    found = [_field(struct, each) for each in info.fields]
    return sorted(found, key=lambda field: field.name == "ref")


def parts_of(struct: type[msgspec.Struct]) -> Iterator[type[msgspec.Struct]]:
    """The named parts that its fields consist of, and theirs."""
    for each in inspect.type_info(struct).fields:  # type: ignore[attr-defined]  # a StructType
        for part in _parts_in(_true_type(struct, each)):
            yield part
            yield from parts_of(part)


def _field(struct: type[msgspec.Struct], field: inspect.Field) -> Field:
    of = _true_type(struct, field)
    return Field(field.encode_name, spelled(of), _limits(of), field.required)


def _true_type(struct: type[msgspec.Struct], field: inspect.Field) -> inspect.Type:
    """What plain data really looks like, where that is known."""
    tag = struct.__struct_config__.tag and kind_of(struct)
    shape = PLAIN.get((str(tag), field.encode_name))
    return inspect.type_info(shape) if shape else field.type


def _parts_in(of: inspect.Type) -> Iterator[type[msgspec.Struct]]:
    if isinstance(of, inspect.StructType):
        yield of.cls
    for inner in (*getattr(of, "types", ()), getattr(of, "item_type", None)):
        if inner is not None:
            yield from _parts_in(inner)


def _limits(of: inspect.Type) -> str:
    """What the server checks besides the type: `0–10`, `at most 64 characters`."""
    inner = [each for each in getattr(of, "types", (of,)) if not isinstance(each, inspect.NoneType)]
    if isinstance(inner[0], inspect.IntType | inspect.FloatType):
        return _between(inner[0].ge, inner[0].le)
    if isinstance(inner[0], inspect.StrType):
        most = inner[0].max_length
        return f"at most {most} characters" if most else ""
    return ""


def _between(least: float | None, most: float | None) -> str:
    if least is None:
        return ""
    return f"at least {least:g}" if most is None else f"{_number(least)} to {_number(most)}"


def _number(value: float) -> str:
    return f"{value:g}" if value != int(value) or abs(value) > _SPELLED_OUT else str(int(value))
