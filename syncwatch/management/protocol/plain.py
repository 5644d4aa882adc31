"""The ground of all plain data in frames: a shape, and a person."""

import msgspec


class Shape(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Plain data with a name."""


class Person(Shape):
    """A person as everybody sees them. `avatar` is the number of a colour, `picture` an
    address or null: initials on that colour.
    """

    id: str
    display_name: str
    guest: bool
    avatar: int
    picture: str | None
