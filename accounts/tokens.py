"""Access and refresh tokens: signed and read by simplejwt, on the project's own clock."""

import datetime
import functools
import uuid
from dataclasses import dataclass
from typing import Any

import jwt
from django.utils.translation import gettext
from rest_framework_simplejwt.backends import TokenBackend
from rest_framework_simplejwt.exceptions import TokenBackendError, TokenError
from rest_framework_simplejwt.settings import api_settings
from rest_framework_simplejwt.tokens import Token

from accounts.models import RefreshSession
from syncwatch.lib import clock, ids
from syncwatch.lib.errors import NotSignedIn

SID_CLAIM = "sid"
LENGTH_MAX = 1024  # ours have about 400 characters
CLOCKS_APART_S = 60  # how far ahead the clock of another node may have been when it signed
REQUIRED = ["exp", "iat", "jti", SID_CLAIM, api_settings.USER_ID_CLAIM]


@dataclass(frozen=True)
class Claims:
    """What a token of ours says."""

    user_id: uuid.UUID
    sid: uuid.UUID
    jti: str
    expires_at_ms: int


class ClockedBackend(TokenBackend):
    """Checks signature, issuer and audience; times are checked by the token on `lib.clock`.

    PyJWT asks the machine's wall clock, which may jump and would sign everybody out.
    """

    def decode(self, token: Any, verify: bool = True) -> dict[str, Any]:  # noqa: FBT001, FBT002  simplejwt's signature
        if not isinstance(token, str) or len(token) > LENGTH_MAX:
            raise TokenBackendError("Token is invalid")
        try:
            return jwt.decode(
                token,
                self.prepared_signing_key,
                algorithms=[self.algorithm],
                audience=self.audience,
                issuer=self.issuer,
                options={
                    "require": REQUIRED,
                    "verify_exp": False,
                    "verify_iat": False,
                    "verify_nbf": False,
                },
            )
        # Half a character or a header nested a thousand deep is no reason for a server error.
        except (jwt.InvalidTokenError, ValueError, RecursionError) as error:
            raise TokenBackendError("Token is invalid") from error


@functools.cache
def _backend() -> ClockedBackend:
    return ClockedBackend(
        "HS256",
        signing_key=api_settings.SIGNING_KEY,
        audience=api_settings.AUDIENCE,
        issuer=api_settings.ISSUER,
    )


class ClockedToken(Token):
    """A token that is too old or not yet made by the project's clock is refused."""

    def get_token_backend(self) -> TokenBackend:
        return _backend()

    def verify(self) -> None:
        self.current_time = clock.now()
        super().verify()
        if self.payload["iat"] > self.current_time.timestamp() + CLOCKS_APART_S:
            raise TokenError("Token is from the future")


class AccessToken(ClockedToken):
    token_type = "access"  # noqa: S105  a kind, not a secret
    lifetime = api_settings.ACCESS_TOKEN_LIFETIME


class RefreshToken(ClockedToken):
    token_type = "refresh"  # noqa: S105  a kind, not a secret
    lifetime = api_settings.REFRESH_TOKEN_LIFETIME


def _mint(kind: type[ClockedToken], session: RefreshSession, jti: str, at: Any) -> str:
    token = kind()
    token[api_settings.USER_ID_CLAIM] = str(session.user_id)
    token[SID_CLAIM] = str(session.id)
    token[api_settings.JTI_CLAIM] = jti
    token.set_iat(at_time=at)
    token.set_exp(from_time=at)
    return str(token)


def access_token(session: RefreshSession, at: datetime.datetime) -> str:
    return _mint(AccessToken, session, ids.token(), at)


def refresh_token(session: RefreshSession) -> str:
    """The family's current token. The same row always gives the same text, so that two tabs
    which refresh at once get one successor without its being stored anywhere.
    """
    return _mint(RefreshToken, session, session.jti, session.rotated_at)


def _read(kind: type[ClockedToken], raw: str) -> Claims:
    try:
        token = kind(raw)  # type: ignore[arg-type]  # simplejwt types the raw text as a Token
    except TokenError as error:
        raise NotSignedIn(gettext("Your sign-in is not valid any more. Sign in again.")) from error
    user_id = ids.uuid_or_none(token[api_settings.USER_ID_CLAIM])
    sid = ids.uuid_or_none(token[SID_CLAIM])
    if user_id is None or sid is None:
        raise NotSignedIn
    return Claims(user_id, sid, token[api_settings.JTI_CLAIM], token["exp"] * 1000)


def read_access(raw: str) -> Claims:
    return _read(AccessToken, raw)


def read_refresh(raw: str) -> Claims:
    return _read(RefreshToken, raw)
