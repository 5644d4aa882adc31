"""HTTP doors of signing in and out."""

import hashlib
from typing import Any, cast

from django.http import HttpRequest
from django.middleware.csrf import rotate_token
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.authentication import BaseAuthentication
from rest_framework.permissions import AllowAny, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import cookies, invited, origin, selectors, services, sessions
from accounts.api import serializers as wire
from accounts.auth import access_of, person_of, require_csrf
from accounts.sessions import Access, SignIn
from syncwatch.lib import rate
from syncwatch.lib.api import read
from syncwatch.lib.client_ip import client_ip
from syncwatch.lib.errors import NotSignedIn

WEB_HEADER = "X-SyncWatch-Web"


def plain(request: Request) -> HttpRequest:
    """DRF's request passes everything on to Django's, but is no subclass of it."""
    return cast("HttpRequest", request)


def agent_of(request: Request) -> str:
    return request.headers.get("User-Agent", "")


def token_fields(request: Request, sign_in: SignIn) -> dict[str, Any]:
    """Browsers keep tokens in cookies only, where no script can read them."""
    end = {"expires_at": sign_in.access_expires_at.isoformat()}
    if request.headers.get(WEB_HEADER) == "1":
        return end
    return {"access": sign_in.access, "refresh": sign_in.refresh, **end}


def signed_in(request: Request, sign_in: SignIn, code: int = status.HTTP_200_OK) -> Response:
    body = {"user": selectors.account(sign_in.user), **token_fields(request, sign_in)}
    response = Response(body, status=code)
    cookies.put(response, sign_in)
    rotate_token(plain(request))  # a CSRF token planted before signing in is worth nothing after
    return response


def signed_out() -> Response:
    response = Response(status=status.HTTP_204_NO_CONTENT)
    cookies.drop(response)
    return response


class OpenDoor(APIView):
    """Anybody may knock; a page of another site may not."""

    authentication_classes: list[type[BaseAuthentication]] = []
    permission_classes: list[type[BasePermission]] = [AllowAny]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        origin.require_ours(plain(request))


class RegisterView(OpenDoor):
    @extend_schema(request=wire.RegisterIn, responses={201: wire.SignInOut})
    def post(self, request: Request) -> Response:
        fields = read(wire.RegisterIn, request)
        rate.check_sync("register", client_ip(request))
        user = services.account_register(**fields)
        opened = sessions.session_open(user=user, agent=agent_of(request))
        return signed_in(request, opened, status.HTTP_201_CREATED)


class GuestView(OpenDoor):
    @extend_schema(request=wire.GuestIn, responses={201: wire.SignInOut})
    def post(self, request: Request) -> Response:
        fields = read(wire.GuestIn, request)
        is_invited = "invite" in fields and invited.is_valid(fields["invite"])
        rate.check_sync("guest_invited" if is_invited else "guest", client_ip(request))
        user = services.guest_create(display_name=fields["display_name"])
        opened = sessions.session_open(user=user, agent=agent_of(request))
        return signed_in(request, opened, status.HTTP_201_CREATED)


class LoginView(OpenDoor):
    @extend_schema(request=wire.LoginIn, responses=wire.SignInOut)
    def post(self, request: Request) -> Response:
        fields = read(wire.LoginIn, request)
        login_count(request, fields["username"])
        user = services.credentials_check(**fields)
        return signed_in(request, sessions.session_open(user=user, agent=agent_of(request)))


def login_count(request: Request, username: str) -> None:
    """One try at this name's password from this address, and one from this address at all."""
    address = client_ip(request)
    name = hashlib.blake2s(username.casefold().encode(), digest_size=8).hexdigest()
    rate.check_sync("login_ip", address)
    rate.check_sync("login", f"{address}:{name}")


class UpgradeView(APIView):
    @extend_schema(request=wire.RegisterIn, responses=wire.SignInOut)
    def post(self, request: Request) -> Response:
        """A guest becomes an account and keeps id, rooms, messages and this session."""
        access = access_of(request)
        fields = read(wire.RegisterIn, request)
        rate.check_sync("register", client_ip(request))
        access.session.user = services.guest_upgrade(access=access, **fields)
        return signed_in(request, sessions.issue(access.session))


class RefreshView(OpenDoor):
    @extend_schema(request=wire.RefreshIn, responses=wire.RefreshOut)
    def post(self, request: Request) -> Response:
        """Body or cookie. The token is used up; using it again later closes the sign-in."""
        refresh = refresh_sent(request)
        rate.check_sync("refresh", str(sessions.sid_of(refresh)))
        sign_in = sessions.session_rotate(refresh=refresh)
        response = Response(token_fields(request, sign_in))
        cookies.put(response, sign_in)
        return response


def refresh_sent(request: Request) -> str:
    """From the body, else from the cookie, which alone proves nothing without its CSRF token."""
    raw = str(read(wire.RefreshIn, request).get("refresh", ""))
    if raw:
        return raw
    raw = cookies.refresh_of(request.COOKIES)
    if not raw:
        raise NotSignedIn
    require_csrf(plain(request))
    return raw


class LogoutView(APIView):
    permission_classes = [AllowAny]

    @extend_schema(request=wire.RefreshIn, responses={204: None})
    def post(self, request: Request) -> Response:
        """Ends this session, also where only its refresh token is still valid."""
        if isinstance(request.auth, Access):
            sessions.session_end(request.auth.session)
        else:
            sessions.session_end(sessions.authenticate_refresh(refresh_sent(request)))
        return signed_out()


class LogoutAllView(APIView):
    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request) -> Response:
        user = person_of(request)
        sessions.sessions_end(user.refresh_sessions.all())
        return signed_out()
