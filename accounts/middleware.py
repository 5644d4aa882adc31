"""Page requests: who is it, with a fresh token where the old one ran out; in which language; the
staff's door.
"""

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from functools import cached_property
from typing import cast

from asgiref.sync import iscoroutinefunction, markcoroutinefunction, sync_to_async
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject

from accounts import cookies
from accounts.models import User
from accounts.sessions import SignIn, authenticate_token, session_rotate
from syncwatch.lib import languages, rate
from syncwatch.lib.client_ip import client_ip
from syncwatch.lib.errors import ApiError, NotSignedIn

Answer = HttpResponseBase | Awaitable[HttpResponseBase]
API_ROOT = "/api/"
STAFF_ROOT = "/admin"
STAFF_DOOR = "/admin/login/"


def is_staff_path(request: HttpRequest) -> bool:
    return request.path_info == STAFF_ROOT or request.path_info.startswith(f"{STAFF_ROOT}/")


class BothWorlds(ABC):
    """A middleware for sync and async servers; a subclass says what it does in either."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], Answer]) -> None:
        self.get_response = get_response
        self.is_async = iscoroutinefunction(get_response)
        if self.is_async:
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> Answer:
        return self.later(request) if self.is_async else self.now(request)

    @abstractmethod
    def now(self, request: HttpRequest) -> HttpResponseBase: ...

    @abstractmethod
    async def later(self, request: HttpRequest) -> HttpResponseBase: ...

    def next_sync(self, request: HttpRequest) -> HttpResponseBase:
        return cast("HttpResponseBase", self.get_response(request))

    async def next_async(self, request: HttpRequest) -> HttpResponseBase:
        return await cast("Awaitable[HttpResponseBase]", self.get_response(request))


class Visitor:
    """Who asks for this page; looked up when the page wants to know, not before."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.rotated: SignIn | None = None
        self.is_stale = False

    @cached_property
    def user(self) -> User | AnonymousUser:
        user = self._look_up()
        languages.speak_to(getattr(user, "language", ""))
        return user

    def _look_up(self) -> User | AnonymousUser:
        raw = cookies.access_of(self._request.COOKIES)
        try:
            return authenticate_token(raw).user if raw else self._by_refresh()
        except NotSignedIn:
            return self._by_refresh()

    @property
    def is_known(self) -> bool:
        return "user" in self.__dict__

    def _by_refresh(self) -> User | AnonymousUser:
        """Pages only: an API client is told 401 and refreshes by itself."""
        raw = cookies.refresh_of(self._request.COOKIES)
        if not raw or self._request.path_info.startswith(API_ROOT):
            return AnonymousUser()
        try:
            self.rotated = session_rotate(refresh=raw)
        except NotSignedIn:
            self.is_stale = True
            return AnonymousUser()
        return self.rotated.user


class SessionMiddleware(BothWorlds):
    """Sets `request.user` from the browser's cookies, everywhere but under /admin/."""

    def now(self, request: HttpRequest) -> HttpResponseBase:
        visitor = _welcome(request)
        return _farewell(request, self.next_sync(request), visitor)

    async def later(self, request: HttpRequest) -> HttpResponseBase:
        visitor = _welcome(request)
        return _farewell(request, await self.next_async(request), visitor)


def _welcome(request: HttpRequest) -> Visitor | None:
    if is_staff_path(request):
        return None
    visitor = Visitor(request)

    async def auser() -> User | AnonymousUser:
        return await sync_to_async(lambda: visitor.user)()

    request.user = SimpleLazyObject(lambda: visitor.user)  # type: ignore[assignment]
    request.auser = auser
    return visitor


def _farewell(
    request: HttpRequest, response: HttpResponseBase, visitor: Visitor | None
) -> HttpResponseBase:
    """Hand out the rotated cookies, drop dead ones. A page that asked nobody stays untouched."""
    if request.path_info.startswith(API_ROOT):  # DRF looks at both by itself
        patch_vary_headers(response, ["Authorization", "Cookie"])
        response.headers.setdefault("Cache-Control", "no-store")
    if visitor is None or not visitor.is_known:
        return response
    patch_vary_headers(response, ["Cookie"])
    if visitor.rotated is not None and not cookies.are_set_on(response):
        cookies.put(response, visitor.rotated)
    elif visitor.is_stale and not cookies.are_set_on(response):
        cookies.drop(response)
    if visitor.user.is_authenticated:
        get_token(request)  # the page's scripts will need the CSRF cookie
    return response


class LanguageMiddleware(BothWorlds):
    """By cookie or header; whoever turns out to be signed in is spoken to as their account says."""

    def now(self, request: HttpRequest) -> HttpResponseBase:
        with translation.override(_language_of(request)):
            return _name_language(request, self.next_sync(request))

    async def later(self, request: HttpRequest) -> HttpResponseBase:
        with translation.override(_language_of(request)):
            return _name_language(request, await self.next_async(request))


def _language_of(request: HttpRequest) -> str:
    return languages.wanted(request.COOKIES, request.headers.get("Accept-Language", ""))


def _name_language(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Films and files are the same in every language: caches in front keep one of each."""
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    if is_page or request.path_info.startswith(API_ROOT):
        response.headers.setdefault("Content-Language", translation.get_language() or "en")
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


class StaffDoorMiddleware(BothWorlds):
    """/admin/ does not exist for anybody but staff; its sign-in alone answers, and not often."""

    def now(self, request: HttpRequest) -> HttpResponseBase:
        return _staff_refusal(request) or self.next_sync(request)

    async def later(self, request: HttpRequest) -> HttpResponseBase:
        refusal = await sync_to_async(_staff_refusal)(request) if is_staff_path(request) else None
        return refusal or await self.next_async(request)


def _staff_refusal(request: HttpRequest) -> HttpResponseBase | None:
    if not is_staff_path(request):
        return None
    if request.path_info == STAFF_DOOR:
        return _too_many_attempts(request)
    user = request.user
    if not (isinstance(user, User) and user.is_staff and user.can_sign_in):
        raise Http404
    return None


def _too_many_attempts(request: HttpRequest) -> HttpResponseBase | None:
    if request.method != "POST":
        return None
    try:
        rate.check_sync("staff_login", client_ip(request))
    except ApiError as refusal:
        wait_s = max(1, round(refusal.retry_after or 1))
        context = {"words": refusal.message}
        answer = render(request, "admin/locked_out.html", context, status=refusal.status)
        answer.headers["Retry-After"] = str(wait_s)
        return answer
    return None
