"""What must reach open sockets at once."""

import logging
import uuid

from accounts import store
from accounts.signals import session_revoked
from syncwatch.lib import bus
from syncwatch.lib.redis import RedisError

log = logging.getLogger(__name__)

SESSIONS_GROUP = "sessions"


def revoked(sid: uuid.UUID) -> None:
    """End a session everywhere: its access tokens, then its sockets in whatever process.

    Call it after the commit. Redis away is no reason to fail: the row refuses already, and every
    process looks for sockets of ended sign-ins when Redis is back, and twice a minute in any case.
    """
    try:
        store.mark_revoked(sid)
        bus.publish_sync(SESSIONS_GROUP, {"type": "session.revoked", "sid": str(sid)})
    except RedisError as error:
        log.warning("session %s revoked in the database only: %s", sid, error)
    session_revoked.send_robust(sender=None, sid=sid)


def people_changed(user_ids: list[str]) -> None:
    """Every process reads anew what these people may do, on whatever sockets they have.

    With Redis away they are read again when it is back, and twice a minute in any case.
    """
    try:
        for user_id in user_ids:
            bus.publish_sync(SESSIONS_GROUP, {"type": "person.changed", "user": user_id})
    except RedisError as error:
        log.warning("a change of %s was not announced: %s", ", ".join(user_ids), error)
