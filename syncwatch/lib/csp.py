"""Security headers that Django does not set: content security policy with a nonce, and others."""

import secrets
from collections.abc import Awaitable, Callable

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

FRAMES = "https://www.youtube-nocookie.com"
Handler = Callable[[HttpRequest], HttpResponseBase | Awaitable[HttpResponseBase]]

PERMISSIONS = "camera=(), geolocation=(), payment=(), usb=(), microphone=(self)"


def policy(nonce: str, *, external_media: bool) -> str:
    """The policy of a page. Only room pages may reach films outside, and only when switched on."""
    media = settings.MEDIA_CDN_URL
    outside = "https:" if external_media else media
    frames = FRAMES if external_media else "'none'"
    return "; ".join(
        part.strip()
        for part in (
            "default-src 'none'",
            f"script-src 'self' 'nonce-{nonce}'",
            "style-src 'self'",
            f"img-src 'self' data: {media}",
            "font-src 'self'",
            f"connect-src 'self' {outside}",
            f"media-src 'self' blob: {outside}",
            f"frame-src {frames}",
            "worker-src 'self'",
            "manifest-src 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "object-src 'none'",
        )
    )


class PolicyMiddleware:
    """Gives each request `csp_nonce` and each answer its headers. Works sync and async."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self._async = iscoroutinefunction(get_response)
        if self._async:
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        request.csp_nonce = secrets.token_urlsafe(16)  # type: ignore[attr-defined]
        if self._async:
            return self._later(request)
        return _dress(request, self.get_response(request))  # type: ignore[arg-type]

    async def _later(self, request: HttpRequest) -> HttpResponseBase:
        return _dress(request, await self.get_response(request))  # type: ignore[misc]


def _dress(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    response.headers.setdefault("Permissions-Policy", PERMISSIONS)
    response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    if isinstance(response, HttpResponse) and response.get("Content-Type", "").startswith(
        "text/html"
    ):
        outside = settings.EXTERNAL_SOURCES and request.path.startswith("/r/")
        nonce: str = request.csp_nonce  # type: ignore[attr-defined]
        response.headers.setdefault(
            "Content-Security-Policy", policy(nonce, external_media=outside)
        )
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("X-Frame-Options", "DENY")
    return response
