"""What else stands on the page of a thing: its neighbours, who is there, what was done."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Line:
    """`here` marks the one that the page is about, `gone` one that was taken back."""

    words: str
    who: str = ""
    at: datetime.datetime | None = None
    address: str = ""
    here: bool = False
    gone: bool = False


@dataclass(frozen=True)
class Panel:
    title: str | Promise
    lines: Sequence[Line]
    empty: str | Promise = ""
