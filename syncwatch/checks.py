"""System checks of the whole site, numbered syncwatch.E001… and W001…."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register

KEY_MIN_CHARS = 40  # 240 bits of base64
DOCS = "See docs/operations.md, table of settings."


@register(Tags.security, deploy=True)
def secrets_are_long(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """A short key can be guessed; two keys that are equal are one key."""
    found: list[CheckMessage] = [
        Error(f"{name} is too short.", hint=DOCS, id="syncwatch.E001")
        for name in ("SECRET_KEY", "JWT_SIGNING_KEY")
        if len(getattr(settings, name)) < KEY_MIN_CHARS
    ]
    if settings.SECRET_KEY == settings.JWT_SIGNING_KEY:
        found.append(
            Error("SECRET_KEY and JWT_SIGNING_KEY must differ.", hint=DOCS, id="syncwatch.E002")
        )
    return found


@register(deploy=True)
def address_is_known(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    if settings.PUBLIC_URL:
        return []
    return [
        checks.Warning(
            "PUBLIC_URL is not set: cookies are not Secure and links name the host of the request.",
            hint=DOCS,
            id="syncwatch.W001",
        )
    ]


@register(deploy=True)
def tls_is_believed(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """TLS ends at a proxy; when its word does not count, every page redirects to itself."""
    if not settings.SERVED_OVER_TLS or settings.TRUSTED_PROXIES:
        return []
    return [
        checks.Warning(
            "PUBLIC_URL is https, TRUSTED_PROXIES is not set: every page redirects to itself.",
            hint=DOCS,
            id="syncwatch.W002",
        )
    ]


@register()
def bucket_is_complete(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    if settings.S3_ENDPOINT_URL and not settings.S3_BUCKET:
        return [
            Error("S3_ENDPOINT_URL is set, S3_BUCKET is not.", hint=DOCS, id="syncwatch.E003"),
        ]
    return []
