"""Sending somebody out of a room, as its API does, while sockets are open."""

from channels.db import database_sync_to_async


@database_sync_to_async
def kick(room, *, actor, target):
    from rooms import memberships
    from rooms.access import member_in

    memberships.member_kick(
        actor=member_in(room, str(actor.id)), target=member_in(room, str(target.id))
    )
