"""People and callers for the tests of the auth service."""

import json
from dataclasses import dataclass, field

import pytest
from django.test import Client

from accounts import sessions
from accounts.models import User

PASSWORD = "correct-horse-7"


@pytest.fixture
def ana(db):
    return User.objects.create_user("Ana", PASSWORD, display_name="Ana")


@pytest.fixture
def bob(db):
    return User.objects.create_user("bob", PASSWORD, display_name="Bob")


@pytest.fixture
def visitor(db):
    return User.objects.create_guest("Gustav")


@pytest.fixture
def signed_in():
    """`signed_in(user)` opens a session and gives its tokens."""
    return lambda user, agent="test": sessions.session_open(user=user, agent=agent)


@dataclass
class Caller:
    """Calls the API like a client without a browser: JSON, and a bearer token if it has one."""

    token: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    client: Client = field(default_factory=lambda: Client(enforce_csrf_checks=True))

    def __call__(self, method, path, body=None, **headers):
        bearer = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        raw = body if isinstance(body, str | bytes) else json.dumps(body or {})
        return self.client.generic(
            method, path, raw, content_type="application/json",
            headers={**bearer, **self.headers, **headers},
        )  # fmt: skip


@pytest.fixture
def api(signed_in):
    """`api()` for a stranger, `api(user)` with that person's access token."""
    return lambda user=None: Caller(signed_in(user).access if user else "")


@pytest.fixture
def tab(signed_in):
    """`tab(user)`: cookies, CSRF token and the header that our pages send."""

    def make(user=None):
        caller = Caller(headers={"X-SyncWatch-Web": "1"})
        if user is not None:
            tokens = signed_in(user)
            caller.client.cookies["access"] = tokens.access
            caller.client.cookies["refresh"] = tokens.refresh
        caller.client.cookies["csrftoken"] = "c" * 32
        caller.headers["X-CSRFToken"] = "c" * 32
        return caller

    return make


@pytest.fixture
def code_of():
    """The `code` of a refusal, after checking that it has the one shape."""

    def read(response):
        error = response.json()["error"]
        assert set(error) <= {"code", "message", "fields", "retry_after"}
        assert error["message"]
        return error["code"]

    return read
