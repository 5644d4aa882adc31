"""A request takes the connection that one before it has left, as long as it is sound."""

from concurrent.futures import ThreadPoolExecutor

import httpx
import psycopg
import pytest
from asgiref.sync import ThreadSensitiveContext
from channels.db import database_sync_to_async
from django.db import connection

from accounts import sessions
from accounts.models import User
from syncwatch.lib.postgresql.spare import OLD_AFTER_MS, spare
from syncwatch.management import processes
from syncwatch.tests.servers import wait_until
from videos.tests.web_server import WebServer

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL"),
]
NAME = "answering"
BACKENDS = "FROM pg_stat_activity WHERE datname = current_database() AND"


@pytest.fixture
def two_spare():
    spare.keep(2)
    yield
    spare.keep(0)


def one(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()[0]


async def request(*works):
    """What a request does with its database: it ends with a thread of its own."""
    async with ThreadSensitiveContext():

        def ask():
            for work in works:
                work()
            return one("SELECT pg_backend_pid()")

        return await database_sync_to_async(ask)()


def end(pids):
    """Over a connection of its own: it might be one of them."""
    with psycopg.connect(**connection.get_connection_params() | {"autocommit": True}) as other:
        for pid in pids:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])


def soon(holds, folder):
    wait_until(holds, within_s=30, unless=lambda: False, log=folder / "log")


async def test_a_process_that_was_not_told_to_keep_any_opens_anew():
    assert await request() != await request()


async def test_the_next_request_takes_the_same(two_spare):
    assert await request() == await request() == await request()


async def test_one_that_the_server_ended_is_not_handed_on(two_spare):
    first = await request()
    end([first])
    again = await request()
    assert again != first
    assert await request() == again


async def test_one_that_lay_too_long_is_not_handed_on(two_spare, frozen_clock):
    first = await request()
    frozen_clock.advance(OLD_AFTER_MS - 1)
    assert await request() == first
    frozen_clock.advance(OLD_AFTER_MS)
    assert await request() != first


@pytest.mark.parametrize(
    "leaving",
    [
        lambda: next(User.objects.all().iterator()),
        lambda: connection.set_autocommit(False),
        lambda: setattr(connection, "errors_occurred", True) or connection.close(),
    ],
    ids=["an open cursor", "a transaction", "after an error"],
)
async def test_nobody_inherits_what_another_left_behind(two_spare, people, leaving):
    seen = []
    await request(lambda: seen.append(one("SELECT pg_backend_pid()")), leaving)
    assert await request() not in seen


def test_no_more_are_kept_than_was_said(two_spare, tmp_path):
    def opened(_):
        try:
            return one("SELECT pg_backend_pid() FROM pg_sleep(0.2)")
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as threads:
        pids = list(threads.map(opened, range(5)))
    assert len(set(pids)) == 5
    still = f"SELECT count(*) {BACKENDS} pid = ANY(%s)"
    soon(lambda: one(still, pids) == 2, tmp_path)


class Answering(WebServer):
    """As `manage.py serve` starts it."""

    def argv(self):
        return list(processes.web(host=self.host, port=self.port).argv)


def test_a_web_process_keeps_spare_ones_and_outlives_their_loss(people):
    token = sessions.session_open(user=people.owner, agent="test").access

    def ask(_=0):
        address = f"{server.url}/api/auth/me/"
        return httpx.get(address, headers={"Authorization": f"Bearer {token}"}).status_code

    def backends():
        return set(one(f"SELECT coalesce(array_agg(pid), '{{}}') {BACKENDS} application_name = %s",
                       NAME))  # fmt: skip

    with Answering(PGAPPNAME=NAME, DATABASE_SPARE="2", RATE_LIMIT_FACTOR="100") as server:
        assert ask() == 200
        soon(backends, server.folder)
        first = backends()
        assert [ask() for _ in range(6)] == [200] * 6
        assert first <= backends()
        end(backends())
        assert ask() == 200
        assert not first & backends()
        with ThreadPoolExecutor(20) as threads:
            assert set(threads.map(ask, range(60))) == {200}
        soon(lambda: len(backends()) <= 2, server.folder)
