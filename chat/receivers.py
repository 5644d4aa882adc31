"""News from the room, in whatever process they are told."""

from typing import Any

from django.dispatch import receiver

from chat import deeds, reports
from rooms.deeds import Deed
from rooms.signals import deed_done, member_changed


@receiver(deed_done, dispatch_uid="chat")
def keep_deed(*, deed: Deed, **_: Any) -> None:
    deeds.deed_keep(deed)


@receiver(member_changed, dispatch_uid="chat")
def tell_reports(*, room_code: str, user_id: str, capabilities: list[str], **_: Any) -> None:
    """Whoever looks after people from now on hears what waits."""
    if "moderate" in capabilities:
        reports.tell_one(room_code, user_id)
