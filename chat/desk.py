"""What the staff's pages of messages and of reports share."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext

from accounts.desk import Line, Panel
from chat.models import Message, Report
from chat.selectors import letters_around
from syncwatch.lib.text import clock_words

SHOWN = 80
AROUND = 5


def moment(thing: Message | Report) -> str:
    """The place in the film, with the film."""
    if thing.media_time_s is None:
        return "–"
    at = clock_words(thing.media_time_s)
    if thing.item_id is None:
        return at
    address = reverse("admin:playback_queueitem_change", args=[thing.item_id])
    return format_html('<a href="{}">{}</a>', address, at)


def excerpt(words: str) -> str:
    return words if len(words) <= SHOWN else f"{words[:SHOWN]}…"


def neighbours(message: Message) -> Panel:
    """What was said before and after it in its room."""
    return Panel(
        gettext("Said around it"),
        [line_of(each, here=each.pk == message.pk) for each in letters_around(message, AROUND)],
    )


def line_of(message: Message, *, here: bool = False) -> Line:
    gone = message.deleted_at is not None
    words = gettext("taken back") if gone else message.body
    if message.unheard:
        words = gettext("{words} (unheard)").format(words=words)
    return Line(
        words=words,
        who=message.author.display_name if message.author else "",
        at=message.created_at,
        address=reverse("admin:chat_message_change", args=[message.pk]),
        here=here,
        gone=gone,
    )
