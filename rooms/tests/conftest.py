"""One person for each role, and the two made-up modules behind the gateway."""

import pytest

from accounts.models import User
from rooms import memberships


@pytest.fixture
def cast(people, room):
    """A person for each role in Mara's room, one more guest to act upon, and two outside."""
    moderator = User.objects.create_user("mo", "correct horse", display_name="Mo")
    target = User.objects.create_guest("Zoe")
    memberships.place_take(user=moderator, room=room, role="moderator")
    memberships.place_take(user=target, room=room, role="guest")
    return {
        "owner": people.owner, "moderator": moderator, "member": people.member,
        "guest": people.guest, "stranger": people.stranger, "nobody": None, "target": target,
    }  # fmt: skip


@pytest.fixture
def light(sockets):
    """The gateway built out of two modules that no product has; see fake_modules."""
    from rooms.tests.fake_modules import LightEvents, SlowEvents

    module = LightEvents()
    module.slow = SlowEvents()
    sockets.use(module, module.slow)
    return module


@pytest.fixture
def refusal():
    """`(status, code)` of a refusal, after checking that it has the one shape."""

    def read(response):
        error = response.json()["error"]
        assert set(error) <= {"code", "message", "fields", "retry_after"}
        assert error["message"]
        return response.status_code, error["code"]

    return read
