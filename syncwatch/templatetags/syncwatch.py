"""Template tags of the whole site: `{% import_map %}`, `{% module 'js/pages/room.js' %}` and the
language of a page.
"""

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_bidi

from syncwatch.lib.import_map import import_map as build

register = template.Library()


@register.simple_tag(takes_context=True)
def import_map(context: template.Context) -> SafeString:
    """The inline import map, with this answer's nonce."""
    nonce = context["request"].csp_nonce
    # The map holds nothing but file names of ours; "<" cannot occur in them.
    json_text = mark_safe(build().replace("<", "\\u003c"))  # noqa: S308  escaped by hand
    return format_html('<script type="importmap" nonce="{}">{}</script>', nonce, json_text)


@register.simple_tag
def module(path: str) -> SafeString:
    """The page's one entry module."""
    return format_html('<script type="module" src="{}"></script>', static(path))


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
