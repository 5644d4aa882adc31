"""What the database says now of people whose sockets are open."""

from collections.abc import Callable, Sequence

from channels.db import database_sync_to_async

from rooms.gateway import admission
from rooms.gateway.closing import Close
from rooms.gateway.connection import Connection

# To read of hundreds at one go holds up everybody's film: 20 ms with 400 people.
AT_ONCE = 50
Closing = Callable[[Connection, Close], None]


async def reread(connections: Sequence[Connection], close: Closing) -> None:
    """Give them the rights they have; `close` whoever has no place any more. A reading that was
    overtaken, by another one or by the news itself, changes nothing: it would give back what was
    taken meanwhile.
    """
    for first in range(0, len(connections), AT_ONCE):
        await _reread(connections[first : first + AT_ONCE], close)


async def _reread(connections: Sequence[Connection], close: Closing) -> None:
    for connection in connections:
        connection.reading += 1
    begun = [(connection, connection.reading) for connection in connections]
    user_ids = {each.caller.user_id for each in connections}
    places = await admission.places({each.caller.code for each in connections}, user_ids)
    hidden = await database_sync_to_async(admission.hidden_from)(user_ids)
    for connection, reading in begun:
        if connection.reading != reading:
            continue
        caller = connection.caller
        here = places.get(caller.code)
        place = here.get(caller.user_id) if here is not None else None
        if place is not None:
            connection.caller = admission.with_rights(caller, place, hidden[caller.user_id])
        else:
            close(connection, Close.NO_ROOM if here is None else Close.NOT_ALLOWED)
    await admission.remind(each.caller for each in connections)
