"""Which bytes a request asks for, and whether it has them already (RFC 9110). Pure."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import format_datetime, parsedate_to_datetime

CONDITIONS = ("range", "if-none-match", "if-modified-since")
_RANGE = re.compile(r"bytes=(\d*)-(\d*)", re.IGNORECASE)


@dataclass(frozen=True)
class Facts:
    """What is known of an object without reading it."""

    size: int
    etag: str  # with its quotes
    modified: datetime.datetime

    @property
    def last_modified(self) -> str:
        return format_datetime(self.modified.astimezone(datetime.UTC), usegmt=True)


@dataclass(frozen=True)
class Verdict:
    """How to answer: the status, and the bytes where there are some to send."""

    status: int
    start: int = 0
    length: int = 0


def verdict(headers: Mapping[str, str], facts: Facts) -> Verdict:
    """`headers` by lower-case names."""
    whole = Verdict(200, 0, facts.size)
    if _has_it(headers, facts):
        return Verdict(304)
    if "range" not in headers or not _is_same(headers.get("if-range", ""), facts):
        return whole
    return _part(headers["range"], facts.size) or whole


def _has_it(headers: Mapping[str, str], facts: Facts) -> bool:
    tags = headers.get("if-none-match")
    if tags is not None:
        known = [tag.strip().removeprefix("W/") for tag in tags.split(",")]
        return "*" in known or facts.etag in known
    since = _date(headers.get("if-modified-since", ""))
    return since is not None and facts.modified.replace(microsecond=0) <= since


def _is_same(if_range: str, facts: Facts) -> bool:
    """A part is wanted only of the very object that the sender has begun with."""
    return not if_range or if_range in (facts.etag, facts.last_modified)


def _date(text: str) -> datetime.datetime | None:
    try:
        date = parsedate_to_datetime(text)
    except ValueError:
        return None
    return date if date.tzinfo else date.replace(tzinfo=datetime.UTC)


def _part(text: str, size: int) -> Verdict | None:
    """One range. None for what is no range, or several: then the whole is the answer."""
    found = _RANGE.fullmatch(text.replace(" ", ""))
    if found is None or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        start, end = max(0, size - int(last)), size - 1
        outside = int(last) == 0 or size == 0
    else:
        start, end = int(first), min(int(last), size - 1) if last else size - 1
        if last and int(last) < start:
            return None
        outside = start >= size
    return Verdict(416) if outside else Verdict(206, start, end - start + 1)
