"""What a room asks of whoever writes in it, before anything is stored."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from chat import store
from chat.rules import Barrier, Order, Speaker, Verdict, judge
from chat.unheard.selectors import shadow_muted
from rooms.models import Membership
from syncwatch.lib import clock
from syncwatch.lib.errors import ApiError, register

TOO_NEW = register(
    "too_new", status=403, when="A new guest writes before the room lets them.",
    recover="Wait `retry_after` seconds.",
)  # fmt: skip
SLOW_MODE = register(
    "slow_mode", status=429, when="The room has slow mode, and the person wrote a moment ago.",
    recover="Wait `retry_after` seconds.",
)  # fmt: skip
WORD_REFUSED = register(
    "word_refused", status=403, when="The message has a word that the room keeps out.",
    recover="Say it in other words.",
)  # fmt: skip
LINK_REFUSED = register(
    "link_refused", status=403, when="The message has a link, and the person may post none here.",
    recover="Leave the link out, or ask a moderator to post it.",
)  # fmt: skip


@dataclass(frozen=True)
class Desk:
    """A person in front of a room's chat: what holds for them, read once for one message."""

    code: str
    user_id: str
    speaker: Speaker
    order: Order
    unheard: bool = False  # whoever it is, nobody else gets what they write

    def admitted(self, body: str, *, nonce: str | None = None) -> str:
        """What may be said of `body`; raises the refusal in words. Without a nonce it is no new
        message, and slow mode does not ask.
        """
        last = self._last(nonce) if nonce is not None else None
        last_ms = last.ms if last and last.nonce != nonce else None
        now_ms = clock.server_ms()
        verdict = judge(body, self.speaker, self.order, now_ms=now_ms, last_ms=last_ms)
        if verdict.barrier is not None:
            raise _refusal(verdict)
        return verdict.body

    def take_turn(self, body: str, *, nonce: str) -> None:
        """Last of all: of two tabs that send at once, slow mode lets one. Raises as `admitted`."""
        while (last := self._last(nonce)) is not None and last.nonce != nonce:
            self.admitted(body, nonce=nonce)
            now_ms = clock.server_ms()
            if store.speak(self.code, self.user_id, now_ms=now_ms, nonce=nonce, before=last):
                return

    def _last(self, nonce: str | None) -> store.Spoken | None:
        slow = self.order.slow_mode_s > 0 and not self.speaker.moderates
        return store.spoken(self.code, self.user_id) if slow and nonce is not None else None


def desk_of(room_id: UUID | str, user_id: UUID | str | None, *, moderates: bool) -> Desk | None:
    """None: nothing holds for them."""
    if moderates or user_id is None:
        return None
    place = (
        Membership.objects.filter(room_id=room_id, user_id=user_id, ended_at=None)
        .select_related("room")
        .annotate(unheard=shadow_muted())
        .first()
    )
    if place is None:
        return None
    speaker = Speaker(place.role, moderates, place.joined_at.timestamp() * 1000)
    order = order_of(place.room.slow_mode_s, place.room.new_guest_delay_s, place.room.filters)
    return Desk(place.room.code, str(user_id), speaker, order, unheard=place.unheard)


def order_of(slow_mode_s: int, new_guest_delay_s: int, filters: dict[str, Any]) -> Order:
    return Order(
        slow_mode_s, new_guest_delay_s, tuple(filters["words"]), filters["links"],
        filters["action"],
    )  # fmt: skip


def _refusal(verdict: Verdict) -> ApiError:
    words = {
        Barrier.TOO_NEW: gettext("You are new here. You can write in {time}."),
        Barrier.SLOW_MODE: gettext("This room has slow mode. You can write again in {time}."),
        Barrier.WORD: gettext("This room keeps “{found}” out of its chat. Say it in other words."),
        Barrier.LINK: gettext("You may not post links in this room. Leave it out and send again."),
    }
    said = words[verdict.barrier] if verdict.barrier else ""
    return ApiError(
        str(verdict.barrier),
        said.format(time=countdown(verdict.wait_s), found=verdict.found),
        retry_after=verdict.wait_s or None,
    )


def countdown(wait_s: float) -> str:
    """`2:10`, never shorter than it is."""
    minutes, seconds = divmod(-int(-wait_s // 1), 60)
    return f"{minutes}:{seconds:02}"
