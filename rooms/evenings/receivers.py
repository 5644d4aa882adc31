"""News of rooms that concern their evenings."""

from typing import Any

from django.dispatch import receiver

from accounts.models import User
from accounts.signals import block_added
from rooms.evenings import services
from rooms.signals import door_shut, member_removed


@receiver(member_removed, dispatch_uid="evenings")
def end_answer(*, room_code: str, user_id: str, **_: Any) -> None:
    services.answer_drop(room_code=room_code, user_id=user_id)


@receiver(door_shut, dispatch_uid="evenings")
def end_answer_from_outside(*, room_code: str, user_id: str, **_: Any) -> None:
    services.answer_drop_outside(room_code=room_code, user_id=user_id)


@receiver(block_added, dispatch_uid="evenings")
def end_answers_between(*, one: User, other: User, **_: Any) -> None:
    services.answers_drop_between(one, other)
