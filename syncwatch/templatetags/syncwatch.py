"""Template tags of the whole site: `{% page_modules 'js/pages/room.js' %}`, a page's language."""

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_bidi

from syncwatch.lib.import_map import page_modules as modules_of

register = template.Library()


# Every page runs it, after its own.
SHELL = "js/lib/shell.js"


@register.simple_tag(takes_context=True)
def page_modules(context: template.Context, *entries: str) -> SafeString:
    """All that a page says of its modules: the map, with this answer's nonce, then what to fetch at
    once, then what to run.
    """
    found = modules_of((*entries, SHELL))
    nonce = context["request"].csp_nonce
    # The map holds nothing but file names of ours; "<" cannot occur in them.
    json_text = mark_safe(found.import_map.replace("<", "\\u003c"))  # noqa: S308  escaped by hand
    parts = [format_html('<script type="importmap" nonce="{}">{}</script>', nonce, json_text)]
    parts += [format_html('<link rel="modulepreload" href="{}">', url) for url in found.preloads]
    parts += [format_html('<script type="module" src="{}"></script>', url) for url in found.entries]
    return mark_safe("\n  ".join(parts))  # noqa: S308  each was made by format_html


@register.simple_tag
def worker_link() -> SafeString:
    """Where the service worker is; nothing while building, when no file has a lasting name."""
    if settings.DEBUG:
        return mark_safe("")
    return format_html('<link rel="x-worker" href="{}">', reverse("worker"))


@register.simple_tag(takes_context=True)
def page_language(context: template.Context) -> SafeString:
    """`lang` and `dir` of a page. Whoever is signed in has to be known first: it may be theirs."""
    user = context.get("user")
    bool(user and user.is_authenticated)
    return bare_language()


@register.simple_tag
def bare_language() -> SafeString:
    """The same for pages that ask nobody who they are."""
    direction = "rtl" if get_language_bidi() else "ltr"
    return format_html('lang="{}" dir="{}"', get_language() or "en", direction)


@register.simple_tag
def own_language_names() -> list[tuple[str, str]]:
    """Code and name of every language, each in itself: whoever looks for theirs reads no other."""
    return list(settings.LANGUAGES)


@register.filter
def film_clock(seconds: float) -> str:
    """A film's clock, as browsers write it too: 0:48, 12:03, 1:40:00."""
    whole = max(0, int(seconds))
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
