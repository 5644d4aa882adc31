"""Plain data of evenings inside frames."""

from typing import Literal

from syncwatch.management.protocol.plain import Person, Shape


class EveningFilm(Shape):
    """The film an evening begins with; it is on the room's list."""

    item_id: str
    title: str


class Said(Shape):
    """Who said what, the first fifty of each."""

    yes: list[Person]
    maybe: list[Person]
    no: list[Person]


class Counts(Shape):
    """How many said what."""

    yes: int
    maybe: int
    no: int


class Evening(Shape):
    """A room's date. `starts_at` is an instant, to be shown in each one's own time zone; `film`
    null: whatever is next in the room then; `waiting`: why it is due and does not begin; `sequence`
    rises with every change.
    """

    id: str
    starts_at: str
    title: str
    note: str
    film: EveningFilm | None
    planned_by: Person | None
    state: Literal["planned", "begun", "missed", "cancelled"]
    waiting: Literal["nobody", "no_film"] | None
    sequence: int
    answers: Said
    counts: Counts
