"""Template tags of the whole site: `{% import_map %}` and `{% module 'js/pages/room.js' %}`."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

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
