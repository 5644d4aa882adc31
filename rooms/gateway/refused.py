"""What a connection hears whose person may not do what a frame asks for."""

import logging

from channels.db import database_sync_to_async
from django.db.utils import InterfaceError, OperationalError
from django.utils.translation import gettext

from rooms import policy, refusals
from rooms.gateway.connection import Connection
from rooms.refusals import Granter
from syncwatch.lib.errors import ApiError, Forbidden

log = logging.getLogger(__name__)


async def refusal_for(connection: Connection, kind: str) -> ApiError:
    """Who can give what is missing, by name. A room's people are read once until rights change, so
    a client that asks on and on costs nothing; without a database it is said in general.
    """
    capability = policy.POLICY.get(kind)
    if not capability:
        return Forbidden(message=gettext("This is not open to you."))
    return refusals.refusal(capability, connection.caller.role, await _granters(connection))


async def _granters(connection: Connection) -> list[Granter]:
    room = connection.hub.local_room(connection.caller.code)
    if room is not None and room.granters is not None:
        return room.granters
    try:
        found = await database_sync_to_async(refusals.granters)(connection.caller.room_id)
    except (OperationalError, InterfaceError) as error:
        log.warning("a refusal names nobody: %s", error)
        return []
    if room is not None:
        room.granters = found
    return found
