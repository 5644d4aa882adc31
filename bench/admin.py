"""How quick the staff's lists stay: 100 000 rows a table in PostgreSQL, asked through Django.

Each list is asked for its first page, for page 50 and for a search, nine times; measured are the
median, the best and the number of statements. The yardstick is one statement that reads the same
50 rows by the key, alone.
"""

import datetime
import itertools
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from typing import Any

from bench import report
from syncwatch.tests.servers import PostgresServer, RedisServer

REPEATS = 9
BATCH = 5_000
PAGE = 50
PAGES_IN = 50


def moments(count: int) -> Iterator[datetime.datetime]:
    """One a minute, the last of them now."""
    now = datetime.datetime.now(datetime.UTC)
    for number in range(count):
        yield now - datetime.timedelta(minutes=count - number)


def fill(count: int) -> None:
    """People, a room each, a message, a film, a report and an audit row for each of them."""
    from accounts.models import AuditEntry, User
    from chat.models import Message, Report
    from rooms.models import Membership, Room
    from videos.models import Video

    def keep(model: Any, rows: Iterator[Any]) -> list[Any]:
        made: list[Any] = []
        while chunk := list(itertools.islice(rows, BATCH)):
            made += model.objects.bulk_create(chunk)
        return made

    at = list(moments(count))
    users = keep(User, (User(username=f"person{n}", display_name=f"Person {n}", password="!",
                             email=f"person{n}@films.example", created_at=at[n])
                        for n in range(count)))  # fmt: skip
    rooms = keep(Room, (Room(name=f"Evening {n}", owner=users[n], active_at=at[n],
                             closed_at=at[n] if n % 3 == 0 else None)
                        for n in range(count)))  # fmt: skip
    keep(Membership, (Membership(room=rooms[n], user=users[n], role="owner") for n in range(count)))
    messages = keep(Message, (Message(room=rooms[n % 500], author=users[n], body=f"Line {n} of it",
                                      nonce=str(n), rank=n, created_at=at[n])
                              for n in range(count)))  # fmt: skip
    keep(Video, (Video(owner=users[n], title=f"Film {n}", state="queued", created_at=at[n])
                 for n in range(count)))  # fmt: skip
    states = ("done", "dismissed", "done", "taken", "done", "open")
    keep(Report, (Report(room=rooms[n % 500], reporter=users[n], subject=messages[n].pk,
                         message=messages[n], person=users[-n], kind="spam", excerpt=f"Line {n}",
                         state=states[n % 6], created_at=at[n]) for n in range(count)))  # fmt: skip
    keep(AuditEntry, (AuditEntry(at=at[n], actor_id=users[n].pk, action="account.suspend",
                                 target=str(users[-n].pk)) for n in range(count)))  # fmt: skip


def asked(act: Callable[[], Any]) -> tuple[float, float, int]:
    """Median and best ms, and the statements of one of them."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as seen:
        act()
    statements = len(seen)  # the next request empties the log
    times = []
    for _ in range(REPEATS):
        began_s = time.monotonic()
        act()
        times.append((time.monotonic() - began_s) * 1000)
    return statistics.median(times), min(times), statements


def measure(count: int) -> dict[str, float]:
    from django.core.management import call_command
    from django.db import connection

    from accounts.desk.leads import meta
    from accounts.models import AuditEntry, User
    from chat.models import Message, Report
    from rooms.models import Room
    from syncwatch.tests.desk import Desk
    from videos.models import Video

    call_command("migrate", verbosity=0)
    fill(count)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    chief, results = Desk.chief(), {"rows": float(count)}
    middle = count // 2
    searches = {
        User: f"person{middle}", Room: f"Evening {middle}", Message: f"Line {middle}",
        Video: f"Film {middle}", Report: f"person{middle}", AuditEntry: f"person{middle}",
    }  # fmt: skip
    for model, term in searches.items():
        name = meta(model).model_name
        every = "state=all&" if model is Report else ""
        views = {
            "list": "" if model is Report else every, "page50": f"{every}p={PAGES_IN}",
            "search": f"{every}q={term}",
        }  # fmt: skip
        for view, query in views.items():
            took_ms, best_ms, statements = asked(lambda m=model, q=query: read(chief, m, q))
            results |= {
                f"{name}_{view}_ms": took_ms, f"{name}_{view}_best_ms": best_ms,
                f"{name}_{view}_queries": statements,
            }  # fmt: skip
        for view, skipped in (("list", 0), ("page50", (PAGES_IN - 1) * PAGE)):
            results[f"{name}_{view}_sql_ms"] = asked(lambda m=model, s=skipped: plain(m, s))[0]
    return results


def read(chief: Any, model: Any, query: str) -> None:
    answer = chief.list(model, query)
    assert answer.status_code == 200, answer.status_code
    assert len(answer.context["cl"].result_list) > 0


def plain(model: Any, skipped: int) -> None:
    from django.db import connection

    from accounts.desk.leads import meta

    with connection.cursor() as cursor:
        table = connection.ops.quote_name(meta(model).db_table)
        cursor.execute(f"SELECT * FROM {table} ORDER BY id DESC LIMIT {PAGE} OFFSET {skipped}")
        cursor.fetchall()


def main() -> int:
    parser = report.arguments(__doc__ or "")
    parser.add_argument("--rows", type=int, default=100_000)
    options = parser.parse_args()
    with (
        PostgresServer() as postgres,
        RedisServer() as redis,
        tempfile.TemporaryDirectory() as data,
    ):
        os.environ |= {
            "DATABASE_URL": postgres.url, "REDIS_URL": redis.url, "SYNCWATCH_DATA": data,
            "DEBUG": "1", "ALLOWED_HOSTS": "testserver",
            "DJANGO_SETTINGS_MODULE": "syncwatch.settings",
        }  # fmt: skip
        import django
        import django.test.utils

        django.setup()
        django.test.utils.setup_test_environment(debug=False)  # answers come with their context
        results = measure(options.rows)
        django.db.connections.close_all()
    report.publish("admin", results, options.json)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
