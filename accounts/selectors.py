"""Reads of the auth service: people and sessions in the form they have on the wire."""

import uuid
from typing import Any

from django.db.models import QuerySet

from accounts import own_data
from accounts.models import RefreshSession, User
from syncwatch.lib import clock, ids
from syncwatch.lib.errors import NotFound

SESSIONS_SHOWN_MAX = 100


def person(user: User) -> dict[str, Any]:
    """A person as everybody sees them."""
    return {
        "id": str(user.id),
        "display_name": user.display_name,
        "guest": user.is_guest,
        "avatar": user.avatar,
        "picture": user.picture,
    }


def account(user: User) -> dict[str, Any]:
    """A person as only they themselves see them."""
    return person(user) | {
        "username": user.username,
        "email": user.email,
        "language": user.language,
        "theme": user.theme,
        "presence_shown": user.presence_shown,
        "staff": user.is_staff,
        "created_at": user.created_at.isoformat(),
    }


def sessions_of(user: User) -> QuerySet[RefreshSession]:
    """The live ones, most recently used first."""
    return user.refresh_sessions.filter(revoked_at=None, expires_at__gt=clock.now())


def session_of(user: User, sid: str) -> RefreshSession:
    """One of their own live sessions; anybody else's does not exist for them."""
    wanted = ids.uuid_or_none(sid)
    session = sessions_of(user).filter(id=wanted).first() if wanted else None
    if session is None:
        raise NotFound
    return session


def session_row(session: RefreshSession, current_sid: uuid.UUID | None) -> dict[str, Any]:
    return {
        "id": str(session.id),
        "agent": session.agent,
        "created_at": session.created_at.isoformat(),
        "last_used_at": session.rotated_at.isoformat(),
        "expires_at": session.expires_at.isoformat(),
        "current": session.id == current_sid,
    }


def session_rows(user: User, current_sid: uuid.UUID | None) -> list[dict[str, Any]]:
    newest = sessions_of(user)[:SESSIONS_SHOWN_MAX]
    return [session_row(session, current_sid) for session in newest]


def own_export(user: User) -> dict[str, Any]:
    """Everything kept about a person, app by app."""
    return {
        "account": account(user),
        "sessions": session_rows(user, None),
        **own_data.export_all(user),
    }
