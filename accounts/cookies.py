"""The browser's two cookies. Scripts cannot read them, other sites' requests do not carry them."""

from collections.abc import Mapping
from typing import Final

from django.conf import settings
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from rest_framework_simplejwt.settings import api_settings

from accounts.sessions import SignIn

# Lax, not Strict: an invite link followed from a mail must find the person signed in.
SAME_SITE: Final = "Lax"


def _name(plain: str) -> str:
    """Under TLS the `__Host-` prefix has browsers refuse a cookie planted by a sub-domain."""
    return f"__Host-{plain}" if settings.SERVED_OVER_TLS else plain


def access_of(cookies: Mapping[str, str]) -> str:
    return cookies.get(_name("access"), "")


def refresh_of(cookies: Mapping[str, str]) -> str:
    return cookies.get(_name("refresh"), "")


def put(response: HttpResponseBase, sign_in: SignIn) -> None:
    """Set both, and keep every cache away from an answer that carries them."""
    _set(response, "access", sign_in.access, api_settings.ACCESS_TOKEN_LIFETIME.total_seconds())
    _set(response, "refresh", sign_in.refresh, api_settings.REFRESH_TOKEN_LIFETIME.total_seconds())
    response.headers["Cache-Control"] = "no-store"
    patch_vary_headers(response, ["Cookie"])


def _set(response: HttpResponseBase, name: str, value: str, max_age_s: float) -> None:
    response.set_cookie(
        _name(name),
        value,
        max_age=int(max_age_s),
        path="/",
        secure=settings.SERVED_OVER_TLS,
        httponly=True,
        samesite=SAME_SITE,
    )


def drop(response: HttpResponseBase) -> None:
    for name in ("access", "refresh"):
        response.delete_cookie(_name(name), path="/", samesite=SAME_SITE)
    response.headers["Cache-Control"] = "no-store"


def are_set_on(response: HttpResponseBase) -> bool:
    """Has the view decided already, by signing somebody in or out?"""
    return _name("access") in response.cookies
