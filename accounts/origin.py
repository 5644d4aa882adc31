"""Is the page that sent this request one of ours? Browsers say so in the Origin header."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port, validate_host

from accounts.errors import origin_refused

DEFAULT_PORTS = {"http": 80, "https": 443}


def _normal(origin: str) -> str:
    """`scheme://host[:port]` in lower case without a default port; empty for anything else."""
    try:
        parts = urlsplit(origin.lower())
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname:
        return ""
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}" + (
        f":{port}" if port and port != DEFAULT_PORTS[parts.scheme] else ""
    )


def is_same(origin: str, host: str, *, secure: bool) -> bool:
    """Does `origin` name this very site, as asked for by `host` or as set in PUBLIC_URL?"""
    scheme = "https" if secure or settings.SERVED_OVER_TLS else "http"
    ours = {_normal(f"{scheme}://{host}"), _normal(settings.PUBLIC_URL)} - {""}
    return _normal(origin) in ours


def is_allowed(origin: str, host: str, *, secure: bool) -> bool:
    """Our own site, or one that the operator listed in CORS_ALLOWED_ORIGINS."""
    listed = {_normal(other) for other in settings.CORS_ALLOWED_ORIGINS} - {""}
    return is_same(origin, host, secure=secure) or _normal(origin) in listed


def require_ours(request: HttpRequest) -> None:
    """Refuse a sign-in that another site's page sends: nobody is signed in behind their back."""
    origin = request.headers.get("Origin")
    if origin is not None and not is_allowed(
        origin, request.get_host(), secure=request.is_secure()
    ):
        raise origin_refused()


def headers_of(scope: Mapping[str, Any]) -> dict[str, str]:
    """An ASGI scope's headers by lower-case name; repeated ones joined, which no check accepts."""
    headers: dict[str, str] = {}
    for raw_name, raw_value in scope.get("headers", ()):
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


def host_of(headers: Mapping[str, str]) -> str:
    """The Host header where ALLOWED_HOSTS knows it, else nothing: then no origin is the same."""
    host = headers.get("host", "")
    domain, _port = split_domain_port(host)
    return host if domain and validate_host(domain, settings.ALLOWED_HOSTS) else ""


def is_secure_scope(scope: Mapping[str, Any], headers: Mapping[str, str]) -> bool:
    if scope.get("scheme") in {"https", "wss"}:
        return True
    return bool(settings.TRUSTED_PROXIES) and headers.get("x-forwarded-proto") == "https"
