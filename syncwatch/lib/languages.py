"""Which language somebody is spoken to in: their account's, else the cookie's, else the browser's.

HTTP: a middleware for Django's requests, `Speaking` for what sits before Django. A socket keeps
the language it was opened with. What is stored is English.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from django.conf import settings
from django.http import parse_cookie
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

App = Callable[[Any, Any, Any], Awaitable[None]]
ACCEPT_LENGTH_MAX = 500


def supported(code: str) -> str:
    """The language of this site that `code` asks for (`de` for `de-AT`), or nothing."""
    if not code:
        return ""
    try:
        return translation.get_supported_language_variant(code)
    except LookupError:
        return ""


def wanted(cookies: Mapping[str, str], accept: str) -> str:
    """By cookie, by the Accept-Language header, or the default."""
    by_header = (
        supported(code) for code, _quality in parse_accept_lang_header(accept[:ACCEPT_LENGTH_MAX])
    )
    chosen = supported(cookies.get(settings.LANGUAGE_COOKIE_NAME, ""))
    return chosen or next(filter(None, by_header), "") or str(settings.LANGUAGE_CODE)


def speak_to(account_language: str) -> None:
    """From here on in the language of an account, if it chose one."""
    if code := supported(account_language):
        translation.activate(code)


class Speaking:
    """An ASGI application around another: from the first word in the language of the headers."""

    def __init__(self, rest: App) -> None:
        self._rest = rest

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        headers = {
            name: value.decode("latin-1")
            for name, value in scope["headers"]
            if name in (b"cookie", b"accept-language")
        }
        cookies = parse_cookie(headers.get(b"cookie", ""))
        with translation.override(wanted(cookies, headers.get(b"accept-language", ""))):
            await self._rest(scope, receive, send)
