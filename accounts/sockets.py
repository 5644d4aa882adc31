"""Who opens this socket, and how they stay signed in while it is open."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from channels.db import database_sync_to_async
from django.http import parse_cookie
from django.utils.translation import gettext

from accounts import cookies, origin
from accounts.auth import bearer
from accounts.errors import origin_refused
from accounts.models import RefreshSession
from accounts.sessions import Access, authenticate_ticket, authenticate_token, authenticate_tokens
from syncwatch.lib import languages
from syncwatch.lib.errors import NotSignedIn
from syncwatch.lib.together import Gathered

_tokens: Gathered[str, Access] = Gathered(database_sync_to_async(authenticate_tokens))


@dataclass(frozen=True)
class Identity:
    """A signed-in person on a socket, until `expires_at_ms` of server time."""

    user_id: uuid.UUID
    display_name: str
    is_guest: bool
    avatar: int
    picture: str | None
    sid: uuid.UUID
    expires_at_ms: int


async def identify(scope: Mapping[str, Any]) -> Identity:
    """Authorization header, then access cookie (pages of this very site only), then `?ticket=`.

    Raises Forbidden("origin_refused") for another site's page, NotSignedIn otherwise.
    """
    access = await _access_of(scope)
    languages.speak_to(access.user.language)
    return _identity(access)


async def renew(
    identity: Identity, *, ticket: str | None = None, access: str | None = None
) -> Identity:
    """The same person with a later end, by a fresh ticket or access token."""
    fresh: Access = await database_sync_to_async(_fresh_access)(ticket, access)
    if fresh.user.id != identity.user_id:
        raise NotSignedIn(gettext("This sign-in belongs to somebody else. Connect again."))
    return _identity(fresh)


@database_sync_to_async
def ended(sids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Those of these sign-ins that were revoked, or are gone with their person."""
    alive = RefreshSession.objects.filter(id__in=sids, revoked_at=None, user__is_active=True)
    return set(sids) - set(alive.values_list("id", flat=True))


def _fresh_access(ticket: str | None, access: str | None) -> Access:
    if access:
        return authenticate_token(access)
    if ticket:
        return authenticate_ticket(ticket)
    raise NotSignedIn(gettext("Send a ticket or an access token."))


def _identity(access: Access) -> Identity:
    return Identity(
        user_id=access.user.id,
        display_name=access.user.display_name,
        is_guest=access.user.is_guest,
        avatar=access.user.avatar,
        picture=access.user.picture,
        sid=access.session.id,
        expires_at_ms=access.expires_at_ms,
    )


async def _access_of(scope: Mapping[str, Any]) -> Access:
    headers = origin.headers_of(scope)
    same_site = _check_origin(scope, headers)
    token = bearer(headers.get("authorization", ""))
    if token:
        return await _tokens.get(token)
    query = parse_qs(scope.get("query_string", b"").decode("latin-1"))
    ticket = query.get("ticket", [""])[0]
    raw = cookies.access_of(parse_cookie(headers.get("cookie", ""))) if same_site else ""
    return await _by_cookie_or_ticket(raw, ticket)


async def _by_cookie_or_ticket(raw: str, ticket: str) -> Access:
    """An expired cookie beside a fresh ticket is no reason to refuse."""
    if raw:
        try:
            return await _tokens.get(raw)
        except NotSignedIn:
            if not ticket:
                raise
    if not ticket:
        raise NotSignedIn
    access: Access = await database_sync_to_async(authenticate_ticket)(ticket)
    return access


def _check_origin(scope: Mapping[str, Any], headers: Mapping[str, str]) -> bool:
    """True for a page of this site. A socket without Origin comes from no browser: no cookies."""
    if "origin" not in headers:
        return False
    host = origin.host_of(headers)
    secure = origin.is_secure_scope(scope, headers)
    if not origin.is_allowed(headers["origin"], host, secure=secure):
        raise origin_refused()
    return origin.is_same(headers["origin"], host, secure=secure)
