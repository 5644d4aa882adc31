"""What a row of a table of roles gives: an outcome to compare, of a deed that leaves nothing."""

from django.db import transaction

from syncwatch.lib.errors import CATALOGUE


def outcome(response):
    """A status; of a refusal its code, which always comes with the same status."""
    if response.status_code < 400:
        return response.status_code
    error = response.json()["error"]
    assert error["message"]
    assert CATALOGUE[error["code"]].status == response.status_code
    return error["code"]


def undone(deed):
    """What a deed answers; the database is afterwards as before."""
    before = transaction.savepoint()
    try:
        return deed()
    finally:
        transaction.savepoint_rollback(before)
