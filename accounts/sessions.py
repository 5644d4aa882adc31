"""Sign-ins: opening a session, rotating its refresh token, ending it."""

import datetime
import functools
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext
from rest_framework_simplejwt.settings import api_settings

from accounts import audit, live, store, tokens
from accounts.models import RefreshSession, User
from syncwatch.lib import clock, ids
from syncwatch.lib.errors import NotSignedIn

TWO_TABS_S = 10  # how long the previous token of a family still gets the same successor
AGENT_MAX = 200


@dataclass(frozen=True)
class SignIn:
    """What a client holds after signing in or refreshing."""

    session: RefreshSession
    access: str
    refresh: str
    access_expires_at: datetime.datetime

    @property
    def user(self) -> User:
        return self.session.user


@dataclass(frozen=True)
class Access:
    """A valid access token, with the session and the person it stands for."""

    session: RefreshSession
    expires_at_ms: int

    @property
    def user(self) -> User:
        return self.session.user


def issue(session: RefreshSession) -> SignIn:
    """Tokens for a live session, without rotating it."""
    at = clock.now()
    return SignIn(
        session=session,
        access=tokens.access_token(session, at),
        refresh=tokens.refresh_token(session),
        access_expires_at=at + api_settings.ACCESS_TOKEN_LIFETIME,
    )


def session_open(*, user: User, agent: str) -> SignIn:
    now = clock.now()
    user.refresh_sessions.filter(expires_at__lte=now).delete()
    session = RefreshSession.objects.create(
        user=user,
        jti=ids.token(),
        agent="".join(char for char in agent if char.isprintable())[:AGENT_MAX],
        created_at=now,
        rotated_at=now,
        expires_at=now + api_settings.REFRESH_TOKEN_LIFETIME,
    )
    return issue(session)


def session_rotate(*, refresh: str) -> SignIn:
    """Exchange a refresh token for the next one of its family.

    1. One conditional UPDATE moves the family on, if the token is still the current one. It names
       a single table: with a join, PostgreSQL would not look at the token again after waiting
       for another UPDATE of the same row, and two could succeed.
    2. The token before the current one gets the same successor for 10 s: two tabs, one cookie.
    3. Any other old token was copied by somebody: the whole family ends.
    """
    claims = tokens.read_refresh(refresh)
    now = clock.now()
    moved_on = RefreshSession.objects.filter(
        id=claims.sid, jti=claims.jti, revoked_at=None, expires_at__gt=now
    ).update(
        jti=ids.token(),
        previous_jti=claims.jti,
        rotated_at=now,
        expires_at=now + api_settings.REFRESH_TOKEN_LIFETIME,
    )
    session = _live(claims.sid, claims.user_id)
    if not moved_on and not _is_other_tab(session, claims.jti, now):
        session_end(session)
        audit.record(None, "session.reuse", session.id, {"user": str(session.user_id)})
        raise NotSignedIn(
            gettext("This sign-in was used twice and has been closed. Sign in again.")
        )
    return issue(session)


def _is_other_tab(session: RefreshSession, jti: str, now: datetime.datetime) -> bool:
    age = now - session.rotated_at
    return session.previous_jti == jti and age <= datetime.timedelta(seconds=TWO_TABS_S)


def _alive() -> QuerySet[RefreshSession]:
    live = RefreshSession.objects.filter(revoked_at=None, expires_at__gt=clock.now())
    return live.select_related("user")


def _live(sid: uuid.UUID, user_id: uuid.UUID | None = None) -> RefreshSession:
    """The session with its person, where both may still sign in. One query."""
    session = _alive().filter(id=sid).first()
    if session is None or not session.user.can_sign_in:
        raise NotSignedIn
    if user_id is not None and session.user_id != user_id:
        raise NotSignedIn
    return session


def authenticate_token(raw: str) -> Access:
    """Who an access token stands for, at this moment. Raises NotSignedIn."""
    found = authenticate_tokens({raw})[raw]
    if isinstance(found, NotSignedIn):
        raise found
    return found


def authenticate_tokens(raws: Collection[str]) -> dict[str, Access | NotSignedIn]:
    """The same for many at once: each token with whom it stands for, or why nobody."""
    found: dict[str, Access | NotSignedIn] = {}
    claimed: dict[str, tokens.Claims] = {}
    for raw in raws:
        try:
            claimed[raw] = tokens.read_access(raw)
        except NotSignedIn as refused:
            found[raw] = refused
    sids = {claims.sid for claims in claimed.values()}
    sids -= store.revoked_among(sids)
    rows = _alive().filter(id__in=sids) if sids else ()
    sessions = {session.id: session for session in rows}
    for raw, claims in claimed.items():
        session = sessions.get(claims.sid)
        mine = session is not None and session.user_id == claims.user_id
        if session is None or not mine or not session.user.can_sign_in:
            found[raw] = NotSignedIn()
        else:
            found[raw] = Access(session, claims.expires_at_ms)
    return found


def authenticate_refresh(raw: str) -> RefreshSession:
    """The session a refresh token belongs to, to end it; the token is not used up."""
    claims = tokens.read_refresh(raw)
    session = _live(claims.sid, claims.user_id)
    if claims.jti not in {session.jti, session.previous_jti}:
        raise NotSignedIn
    return session


def ticket_new(access: Access) -> str:
    """A ticket for one socket; good for 30 s and for one use."""
    return store.ticket_new(access.session.id, access.expires_at_ms)


def authenticate_ticket(ticket: str) -> Access:
    taken = store.ticket_take(ticket)
    if taken is None:
        raise NotSignedIn(gettext("This ticket was used or is too old. Ask for a new one."))
    sid, expires_at_ms = taken
    if expires_at_ms <= clock.server_ms() or store.revoked_among({sid}):
        raise NotSignedIn
    return Access(_live(sid), expires_at_ms)


def sid_of(refresh: str) -> uuid.UUID:
    """The family a refresh token of ours names, valid by signature and time only."""
    return tokens.read_refresh(refresh).sid


def session_end(session: RefreshSession) -> None:
    sessions_end(RefreshSession.objects.filter(id=session.id))


@transaction.atomic
def session_sign_out(*, actor: User, session: RefreshSession) -> bool:
    """Staff end one sign-in; False where it had ended already."""
    if not sessions_end(RefreshSession.objects.filter(id=session.id)):
        return False
    audit.record(actor, "staff.refreshsession.end", session.id, {"user": str(session.user_id)})
    return True


def sessions_end(sessions: QuerySet[RefreshSession]) -> int:
    """End them, in the database now and everywhere else on commit. Says how many were live."""
    sids = list(sessions.filter(revoked_at=None).values_list("id", flat=True))
    RefreshSession.objects.filter(id__in=sids).update(revoked_at=clock.now())
    for sid in sids:
        transaction.on_commit(functools.partial(live.revoked, sid))
    return len(sids)
