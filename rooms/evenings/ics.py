"""An evening as a calendar's file (RFC 5545): one VEVENT, of which a later file is a newer state.

Eight properties and no repetition: less than a library for it would bring along. What calendars
keep it by is the UID, which never changes, and the SEQUENCE, which only rises.
"""

import datetime
import re

from rooms.evenings.models import Evening, EveningState

LASTS = datetime.timedelta(hours=2)
_LINE_OCTETS = 75
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


def text(value: str) -> str:
    """A TEXT value: its commas, semicolons, backslashes and line ends are no structure."""
    return re.sub(r"[\x00-\x09\x0b-\x1f\x7f]", "", value).translate(_ESCAPED)


def instant(when: datetime.datetime) -> str:
    return when.astimezone(datetime.UTC).strftime("%Y%m%dT%H%M%SZ")


def folded(line: str) -> str:
    """At most 75 octets a line, never through the middle of a character."""
    lines, left = [""], _LINE_OCTETS
    for character in line:
        size = len(character.encode())
        if size > left:
            lines.append(" ")
            left = _LINE_OCTETS - 1
        lines[-1] += character
        left -= size
    return "\r\n".join(lines)


def calendar(evening: Evening, *, url: str, film: str = "") -> str:
    """`url` is where it takes place."""
    name = evening.title or evening.room.name
    cancelled = evening.state == EveningState.CANCELLED
    about = "\n\n".join(part for part in (film, evening.note, url) if part)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//SyncWatch//Evenings//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{evening.pk}",
        f"SEQUENCE:{evening.sequence}",
        f"DTSTAMP:{instant(evening.changed_at)}",
        f"LAST-MODIFIED:{instant(evening.changed_at)}",
        f"CREATED:{instant(evening.created_at)}",
        f"DTSTART:{instant(evening.starts_at)}",
        f"DTEND:{instant(evening.starts_at + LASTS)}",
        f"SUMMARY:{text(name)}",
        f"DESCRIPTION:{text(about)}",
        f"LOCATION:{text(evening.room.name)}",
        f"URL:{url}",
        f"STATUS:{'CANCELLED' if cancelled else 'CONFIRMED'}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "\r\n".join(map(folded, lines)) + "\r\n"
