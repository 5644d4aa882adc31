"""A connection lives as long as the thread it was opened in, and no longer."""

import pytest
from asgiref.sync import ThreadSensitiveContext
from channels.db import database_sync_to_async
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.db.utils import ConnectionHandler


@pytest.fixture
def elsewhere(tmp_path, db):
    """A database of its own, in a file: Django never closes one in memory."""
    handler = ConnectionHandler(
        {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": tmp_path / "own.sqlite3"}}
    )
    wrapper: DatabaseWrapper = handler["default"]
    wrapper.inc_thread_sharing()
    yield wrapper
    wrapper.close()


def _asked(wrapper):
    """One hop into the database, and what `database_sync_to_async` does behind each."""
    with wrapper.cursor() as cursor:
        cursor.execute("SELECT 1")
    opened = wrapper.connection
    wrapper.close_if_unusable_or_obsolete()
    return opened


async def test_sockets_share_one_connection(elsewhere):
    first = await database_sync_to_async(_asked)(elsewhere)
    again = await database_sync_to_async(_asked)(elsewhere)
    assert first is again


async def test_a_request_takes_its_connection_along(elsewhere):
    async with ThreadSensitiveContext():
        await database_sync_to_async(_asked)(elsewhere)
    assert elsewhere.connection is None
