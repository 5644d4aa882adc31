"""HTTP doors of one's own account: profile, password, sessions, socket tickets."""

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import cookies, selectors, services, sessions, store
from accounts.api import serializers as wire
from accounts.api.sign_in import login_count, signed_out
from accounts.auth import access_of
from accounts.models import User
from syncwatch.lib import rate
from syncwatch.lib.api import read


def ask_again(request: Request, user: User, *, field: str, password: str) -> None:
    """The password once more, counted like a sign-in: a stolen session must not guess it."""
    if not user.is_guest:
        login_count(request, user.username or "")
    services.password_confirm(user=user, password=password, field=field)


class MeView(APIView):
    @extend_schema(responses=wire.AccountOut)
    def get(self, request: Request) -> Response:
        return Response(selectors.account(access_of(request).user))

    @extend_schema(request=wire.AccountChangesIn, responses=wire.AccountOut)
    def patch(self, request: Request) -> Response:
        changes, user = read(wire.AccountChangesIn, request), access_of(request).user
        if changes.get("display_name", user.display_name) != user.display_name:
            rate.check_sync("rename", str(user.pk))  # rooms and friends hear of each
        user = services.account_update(user=user, changes=changes)
        return Response(selectors.account(user))

    @extend_schema(request=wire.CloseIn, responses=wire.ClosedOut)
    def delete(self, request: Request) -> Response:
        """Closes the account at once; its rows, files and names go after the days of grace."""
        user = access_of(request).user
        given = read(wire.CloseIn, request)["password"]
        ask_again(request, user, field="password", password=given)
        closed = services.account_close(user=user)
        body = {
            "deleted_at": closed.deleted_at.isoformat(),
            "grace_until": closed.grace_until.isoformat(),
            "recoverable": not user.is_guest,
        }
        response = Response(body)
        cookies.drop(response)
        return response


class PasswordView(APIView):
    @extend_schema(request=wire.PasswordIn, responses=wire.SessionsEndedOut)
    def post(self, request: Request) -> Response:
        """Changes the password and signs out everywhere else."""
        fields = read(wire.PasswordIn, request)
        access = access_of(request)
        given = fields["current_password"]
        ask_again(request, access.user, field="current_password", password=given)
        ended = services.password_change(access=access, new=fields["new_password"])
        return Response({"sessions_ended": ended})


class SessionsView(APIView):
    @extend_schema(responses=wire.SessionsOut)
    def get(self, request: Request) -> Response:
        access = access_of(request)
        rows = selectors.session_rows(access.user, access.session.id)
        return Response({"results": rows, "next": None})


class SessionView(APIView):
    @extend_schema(responses={204: None})
    def delete(self, request: Request, sid: str) -> Response:
        """Signs one device out; one's own session is a logout."""
        access = access_of(request)
        session = selectors.session_of(access.user, sid)
        sessions.session_end(session)
        if session.id == access.session.id:
            return signed_out()
        return Response(status=status.HTTP_204_NO_CONTENT)


class TicketView(APIView):
    @extend_schema(request=None, responses={201: wire.TicketOut})
    def post(self, request: Request) -> Response:
        """For one socket of a client that can send neither cookie nor header."""
        ticket = sessions.ticket_new(access_of(request))
        body = {"ticket": ticket, "expires_in": store.TICKET_TTL_S}
        return Response(body, status=status.HTTP_201_CREATED, headers={"Cache-Control": "no-store"})
