"""Who sends this request? Bearer token first, else the browser's cookie with its CSRF token."""

import io
from collections.abc import Mapping
from typing import Any, cast

from channels.db import database_sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, parse_cookie
from rest_framework.authentication import BaseAuthentication, CSRFCheck
from rest_framework.request import Request

from accounts import cookies, origin
from accounts.errors import csrf_failed
from accounts.models import User
from accounts.sessions import Access, authenticate_token
from syncwatch.lib import languages
from syncwatch.lib.errors import NotSignedIn

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


def bearer(header: str) -> str:
    """The token of an Authorization header. Other schemes belong to proxies in front of us."""
    scheme, _, token = header.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _no_view(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def require_csrf(request: HttpRequest) -> None:
    """Django's own check, asked for where a cookie speaks for the sender."""
    check = CSRFCheck(_no_view)
    check.process_request(request)
    if check.process_view(request, _no_view, (), {}) is not None:
        raise csrf_failed()


def person_of(request: Request) -> User:
    """Who sends a request that only the signed-in may send: the door has made sure."""
    return cast("User", request.user)


def access_of(request: Request) -> Access:
    """The token behind such a request, with its session."""
    return cast("Access", request.auth)


class SessionAuthentication(BaseAuthentication):
    """For DRF. `request.auth` is the `Access`, with the session and when the token ends."""

    def authenticate(self, request: Request) -> tuple[User, Access] | None:
        token = bearer(request.headers.get("Authorization", ""))
        access = authenticate_token(token) if token else self._by_cookie(request)
        if access is None:
            return None
        languages.speak_to(access.user.language)
        return access.user, access

    def _by_cookie(self, request: Request) -> Access | None:
        raw = cookies.access_of(request.COOKIES)
        if not raw:
            return None
        try:
            access = authenticate_token(raw)
        except NotSignedIn:
            return None
        if request.method not in SAFE_METHODS:
            require_csrf(request)
        return access

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="syncwatch"'


async def authenticate_scope(scope: Mapping[str, Any]) -> User:
    """The same rules for an application that sits before Django, such as uploads.

    Raises NotSignedIn, or Forbidden("csrf_failed") for a cookie without its token or from
    another site's page. The body is not touched.
    """
    user: User = await database_sync_to_async(_of_scope)(scope)
    languages.speak_to(user.language)
    return user


def _of_scope(scope: Mapping[str, Any]) -> User:
    headers = origin.headers_of(scope)
    token = bearer(headers.get("authorization", ""))
    if token:
        return authenticate_token(token).user
    raw = cookies.access_of(parse_cookie(headers.get("cookie", "")))
    if not raw:
        raise NotSignedIn
    access = authenticate_token(raw)
    if scope["method"] not in SAFE_METHODS:
        # As PUT: Django looks for a form field in the body of a POST only, and that body is not
        # ours to read. The header is the one place where our pages put the token.
        require_csrf(ASGIRequest({**scope, "method": "PUT"}, io.BytesIO()))
    return access.user
