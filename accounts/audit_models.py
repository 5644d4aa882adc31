"""The append-only audit."""

from typing import Any, NoReturn

from django.db import models

from syncwatch.lib import clock
from syncwatch.lib.ids import uuid7


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    """Refuses what a bulk statement could do to the audit; the database refuses it once more."""

    def update(self, **_changes: Any) -> NoReturn:
        raise AuditAppendOnlyError

    def delete(self) -> NoReturn:
        raise AuditAppendOnlyError


class AuditAppendOnlyError(TypeError):
    """Somebody tried to change or remove an audit row."""

    def __init__(self) -> None:
        super().__init__("Audit rows are written once and never changed or deleted.")


class AuditEntry(models.Model):
    """Who did what to what. Ids only: names would outlive the people who took them away.

    No foreign keys, because a row must survive the erasure of everything that it speaks about.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField(default=clock.now, db_index=True)
    actor_id = models.UUIDField(null=True, db_index=True)
    action = models.CharField(max_length=64, db_index=True)
    target = models.CharField(max_length=128, blank=True, default="")
    detail = models.JSONField(default=dict)

    objects = AuditQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name_plural = "audit entries"
        # What was done to this? Asked by staff from the page of a thing.
        indexes = [models.Index(fields=["target"], name="accounts_audit_target")]

    def __str__(self) -> str:
        return f"{self.action} {self.target}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AuditAppendOnlyError
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise AuditAppendOnlyError
