"""Background work of the room service."""

from celery import shared_task

from rooms.evenings import upkeep as evenings_upkeep
from rooms.places import temporary


@shared_task(name="rooms.tasks.sweep")
def sweep() -> int:
    """Close rooms that were for one evening. Repeatable."""
    return temporary.rooms_close()


@shared_task(name="rooms.tasks.remind_evenings")
def remind_evenings() -> int:
    """Evenings whose hour comes are begun also where Redis forgot them. Repeatable."""
    return evenings_upkeep.evenings_remind()
