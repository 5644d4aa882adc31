"""The audit is written once: the models refuse to change it, and so does the database"""

import pytest
from django.db import DatabaseError, connection, transaction

from accounts import audit
from accounts.audit_models import AuditAppendOnlyError
from accounts.models import AuditEntry


@pytest.fixture
def row(ana):
    audit.record(ana, "test.thing", "target", {"n": 1})
    return AuditEntry.objects.get()


def test_it_says_who_did_what_to_what(row, ana):
    assert (row.actor_id, row.action, row.target, row.detail) == (
        ana.id, "test.thing", "target", {"n": 1},
    )  # fmt: skip


@pytest.mark.parametrize(
    "attempt",
    [
        lambda row: row.save(),
        lambda row: row.delete(),
        lambda row: AuditEntry.objects.update(action="x"),
        lambda row: AuditEntry.objects.filter(pk=row.pk).delete(),
        lambda row: AuditEntry.objects.all().delete(),
    ],
    ids=["save", "delete", "bulk update", "filtered delete", "bulk delete"],
)
def test_the_models_refuse(row, attempt):
    row.action = "changed"
    with pytest.raises(AuditAppendOnlyError):
        attempt(row)
    assert AuditEntry.objects.get().action == "test.thing"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_auditentry SET action = 'x'",
        "UPDATE accounts_auditentry SET at = at",
        "DELETE FROM accounts_auditentry",
    ],
)
def test_the_database_refuses(row, statement):
    with (
        pytest.raises(DatabaseError, match="never changed or deleted"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert AuditEntry.objects.get().action == "test.thing"


def test_it_outlives_the_person(row, ana):
    ana_id = ana.id
    ana.delete()
    assert AuditEntry.objects.get().actor_id == ana_id


def test_the_system_itself_is_nobody(db):
    audit.record(None, "test.sweep")
    assert AuditEntry.objects.get().actor_id is None


def test_it_goes_back_with_the_transaction_it_was_written_in(ana):
    def fail():
        with transaction.atomic():
            audit.record(ana, "test.undone")
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert not AuditEntry.objects.exists()
