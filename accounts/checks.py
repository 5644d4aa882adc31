"""System checks of the auth service, numbered accounts.E001…"""

import ipaddress
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from syncwatch.lib.client_ip import UNIX

DOCS = "See docs/operations.md, table of settings."
Configs = Sequence[AppConfig] | None


@register(Tags.security)
def tokens_are_pinned(app_configs: Configs, **kwargs: Any) -> list[CheckMessage]:
    """One algorithm with one key, a named issuer and audience."""
    jwt = settings.SIMPLE_JWT
    found: list[CheckMessage] = []
    if jwt.get("ALGORITHM") != "HS256":
        found.append(Error("Tokens must be signed by HS256.", hint=DOCS, id="accounts.E001"))
    if not (jwt.get("ISSUER") and jwt.get("AUDIENCE")):
        found.append(Error("Tokens need an issuer and an audience.", hint=DOCS, id="accounts.E002"))
    if jwt.get("SIGNING_KEY") in {None, "", settings.SECRET_KEY}:
        found.append(
            Error("Tokens need a key apart from SECRET_KEY.", hint=DOCS, id="accounts.E003")
        )
    return found


@register(Tags.security)
def proxies_are_addresses(app_configs: Configs, **kwargs: Any) -> list[CheckMessage]:
    return [
        Error(
            f"TRUSTED_PROXIES: {word!r} is no address, no network and not the word {UNIX!r}.",
            hint=DOCS,
            id="accounts.E004",
        )
        for word in settings.TRUSTED_PROXIES
        if word != UNIX and not _is_network(word)
    ]


def _is_network(word: str) -> bool:
    try:
        ipaddress.ip_network(word, strict=False)
    except ValueError:
        return False
    return True


@register(Tags.security)
def public_url_is_an_origin(app_configs: Configs, **kwargs: Any) -> list[CheckMessage]:
    parts = urlsplit(settings.PUBLIC_URL)
    is_origin = parts.scheme in {"http", "https"} and bool(parts.hostname) and not parts.path
    if not settings.PUBLIC_URL or is_origin:
        return []
    words = "PUBLIC_URL must look like https://watch.example.org, without a path."
    return [Error(words, hint=DOCS, id="accounts.E005")]
