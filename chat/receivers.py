"""News from the room, in whatever process they are told."""

from typing import Any

from django.dispatch import receiver

from chat import deeds
from rooms.deeds import Deed
from rooms.signals import deed_done


@receiver(deed_done, dispatch_uid="chat")
def keep_deed(*, deed: Deed, **_: Any) -> None:
    deeds.deed_keep(deed)
