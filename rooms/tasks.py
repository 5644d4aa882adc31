"""Background work of the room service."""

from celery import shared_task

from rooms.places import temporary


@shared_task(name="rooms.tasks.sweep")
def sweep() -> int:
    """Close rooms that were for one evening. Repeatable."""
    return temporary.rooms_close()
