"""Tokens: ours are read, everybody else's are refused."""

import base64
import datetime
import json

import jwt
import pytest
from django.conf import settings

from accounts import tokens
from syncwatch.lib import clock
from syncwatch.lib.errors import NotSignedIn


def claims(session, **changes):
    now = int(clock.now().timestamp())
    return {
        "token_type": "access", "exp": now + 900, "iat": now, "jti": "j", "iss": "syncwatch",
        "aud": "syncwatch", "sid": str(session.id), "user_id": str(session.user_id), **changes,
    }  # fmt: skip


def signed(payload, key=None, algorithm="HS256", **options):
    return jwt.encode(payload, key or settings.JWT_SIGNING_KEY, algorithm=algorithm, **options)


def unsigned(payload):
    parts = ({"alg": "none", "typ": "JWT"}, payload)
    encoded = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in parts]
    return b".".join([*encoded, b""]).decode()


@pytest.fixture
def session(ana, signed_in):
    return signed_in(ana).session


def test_a_token_says_who_and_which_session(session):
    read = tokens.read_access(signed(claims(session)))
    assert (read.user_id, read.sid) == (session.user_id, session.id)


FORGERIES = {
    "alg none": lambda s: unsigned(claims(s)),
    "another algorithm, same key": lambda s: signed(claims(s), algorithm="HS512"),
    "another key": lambda s: signed(claims(s), key="x" * 50),
    "Django's secret key": lambda s: signed(claims(s), key=settings.SECRET_KEY),
    "another audience": lambda s: signed(claims(s, aud="elsewhere")),
    "another issuer": lambda s: signed(claims(s, iss="elsewhere")),
    "expired": lambda s: signed(claims(s, exp=int(clock.now().timestamp()) - 1)),
    "from the future": lambda s: signed(claims(s, iat=int(clock.now().timestamp()) + 120)),
    "a refresh token": lambda s: signed(claims(s, token_type="refresh")),
    "no session": lambda s: signed({k: v for k, v in claims(s).items() if k != "sid"}),
    "no end": lambda s: signed({k: v for k, v in claims(s).items() if k != "exp"}),
    "no issuer": lambda s: signed({k: v for k, v in claims(s).items() if k != "iss"}),
    "a session that is no id": lambda s: signed(claims(s, sid="../../etc")),
    "somebody else's name on it": lambda s: signed(claims(s, user_id=str(s.id))),
    "empty": lambda s: "",
    "not a token": lambda s: "abc",
    "half a character": lambda s: "\ud800.a.b",
    "too long": lambda s: signed(claims(s, more="x" * 2000)),
    "a header nested very deep": lambda s: (
        base64.urlsafe_b64encode(b"[" * 700).decode() + ".e30.AAAA"
    ),
}


@pytest.mark.parametrize("forge", FORGERIES.values(), ids=FORGERIES.keys())
def test_a_forged_token_opens_nothing(session, forge, api, code_of):
    caller = api()
    raw = forge(session)
    try:
        header = raw.encode("latin-1").decode("latin-1")
    except UnicodeEncodeError:
        with pytest.raises(NotSignedIn):
            tokens.read_access(raw)
        return
    response = caller("GET", "/api/auth/me/", Authorization=f"Bearer {header}")
    assert response.status_code == 401
    assert code_of(response) == "not_signed_in"


def test_an_access_token_lives_a_quarter_of_an_hour(ana, signed_in, frozen_clock):
    access = signed_in(ana).access
    frozen_clock.advance(15 * 60_000 - 1000)
    tokens.read_access(access)
    frozen_clock.advance(1000)
    with pytest.raises(NotSignedIn):
        tokens.read_access(access)


def test_a_token_signed_by_a_node_whose_clock_runs_a_little_ahead_is_read(session):
    ahead = int((clock.now() + datetime.timedelta(seconds=30)).timestamp())
    assert tokens.read_access(signed(claims(session, iat=ahead))).sid == session.id


def test_the_same_row_gives_the_same_refresh_token(session):
    assert tokens.refresh_token(session) == tokens.refresh_token(session)
    session.refresh_from_db()
    assert tokens.read_refresh(tokens.refresh_token(session)).jti == session.jti
