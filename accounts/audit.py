"""The append-only audit: who did what to what. Every app writes here, nobody rewrites."""

import uuid
from collections.abc import Mapping
from typing import Any

from accounts.models import AuditEntry, User


def record(
    actor: User | uuid.UUID | None,
    action: str,
    target: object = "",
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Write one row, in the caller's transaction. `actor` None is the system itself.

    Put ids into `target` and `detail`, never names: these rows outlive an erased account.
    """
    actor_id = actor.id if isinstance(actor, User) else actor
    AuditEntry.objects.create(
        actor_id=actor_id, action=action, target=str(target), detail=dict(detail or {})
    )
