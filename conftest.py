"""The ground every test stands on: people, a room, sockets, time; a fresh Redis each."""

import hypothesis
import pytest

# A machine that is busy with something else is no fault of ours.
hypothesis.settings.register_profile(
    "patient", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("patient")
DATABASE = {"db", "transactional_db"}


def pytest_collection_modifyitems(items):
    """Which database a test is worth running on; see bin/suite.py."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker or DATABASE & set(item.fixturenames):
            item.add_marker("database")
        if (marker and marker.kwargs.get("transaction")) or "transactional_db" in item.fixturenames:
            item.add_marker("transactions")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """SQLite as it runs for people: a file with a write-ahead log, so that threads wait in line."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    if "sqlite" in database["ENGINE"]:
        database["TEST"]["NAME"] = str(settings.DATA_DIR / "test.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """At the end PostgreSQL lets go of connections that threads of the last test still hold."""
    yield
    from django.db import connection

    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(scope="session", autouse=True)
def _flush_is_quick_and_reaches_the_audit():
    from accounts.tests.flush import let_flush_pass
    from syncwatch.tests.flush import keep_what_migrations_made

    let_flush_pass()
    keep_what_migrations_made()


@pytest.fixture(scope="session", autouse=True)
def _connections_are_kept():
    from syncwatch.tests.kept_connections import keep_connections

    keep_connections()


@pytest.fixture(scope="session", autouse=True)
def _languages_are_made():
    from syncwatch.management.words import compiled

    compiled.ensure()


@pytest.fixture(autouse=True)
def _fresh_redis():
    """Each test finds an empty Redis."""
    from syncwatch.lib import redis

    redis.sync().flushall()


@pytest.fixture(autouse=True)
def _fast_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def frozen_clock():
    from syncwatch.lib import clock

    with clock.frozen() as frozen:
        yield frozen


@pytest.fixture(autouse=True)
def _loops_by_hand(monkeypatch):
    """Deadlines, leases and the audit run when a test says so."""
    from rooms.gateway import process

    monkeypatch.setattr(process, "AUTOSTART", False)


@pytest.fixture
def people(db):
    """Four persons: the owner of things, a member, a guest without account, a stranger."""
    from types import SimpleNamespace

    from accounts.models import User

    return SimpleNamespace(
        owner=User.objects.create_user("mara", "correct horse", display_name="Mara"),
        member=User.objects.create_user("ana", "correct horse", display_name="Ana"),
        guest=User.objects.create_guest("Ilya"),
        stranger=User.objects.create_user("jonas", "correct horse", display_name="Jonas"),
    )


@pytest.fixture
def room(people):
    """Mara's room, with Ana as a member and Ilya as a guest in it."""
    from rooms import services
    from rooms.models import Membership

    made = services.room_create(owner=people.owner, name="Sunday Rabbit Club")
    for role in ("member", "guest"):
        Membership.objects.create(room=made, user=getattr(people, role), role=role)
    return made


@pytest.fixture
def api(db):
    """`api(user)`: a client of the HTTP API, signed in with a real token; `api()` is nobody."""
    from rest_framework.test import APIClient

    from accounts import sessions

    def client(user=None):
        made = APIClient()
        if user is not None:
            opened = sessions.session_open(user=user, agent="test")
            made.credentials(HTTP_AUTHORIZATION=f"Bearer {opened.access}")
        return made

    return client


@pytest.fixture
async def sockets(people):
    """Opens room sockets through a real ASGI application; see syncwatch.tests.socket_client."""
    from syncwatch.lib import redis
    from syncwatch.tests.socket_client import Sockets

    opened = Sockets()
    yield opened
    await opened.close()
    await redis.close_shared()
