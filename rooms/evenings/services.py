"""Planning an evening, moving it, calling it off, and saying whether one comes."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext, gettext_lazy

from accounts.models import User
from rooms import refusals
from rooms.access import NO_ROOM, Place, place_or_none
from rooms.evenings import asked, rules, telling
from rooms.evenings.films import film_on_list
from rooms.evenings.models import Evening, EveningAnswer, EveningState, Waiting
from rooms.evenings.protocol import What
from rooms.evenings.rules import Flaw
from rooms.evenings.selectors import upcoming, upcoming_in
from rooms.models import Invite, Room
from syncwatch.lib import clock
from syncwatch.lib.errors import Conflict, Invalid, NotFound, register

NO_FILM = register(
    "no_film", status=409, when="An evening is to begin in a room without a film to play.",
    recover="Put a film on the room's list first.",
)  # fmt: skip
NO_LOBBY = register(
    "no_lobby", status=409, when="Being ready, or putting off, while no evening is near.",
    recover="Wait for the half hour before the start.",
)  # fmt: skip
_FLAWS = {
    Flaw.PAST: gettext_lazy("This time is over already. Choose one that is still to come."),
    Flaw.FAR: gettext_lazy("Evenings are planned a year ahead at most. Choose an earlier day."),
}


@dataclass(frozen=True)
class Wish:
    """What an evening should be. `item_id` None: whatever is next in the room then."""

    starts_at: datetime.datetime
    title: str = ""
    note: str = ""
    item_id: UUID | None = None

    @property
    def fields(self) -> dict[str, object]:
        return {
            "starts_at": self.starts_at, "title": self.title,
            "note": self.note, "item_id": self.item_id,
        }  # fmt: skip


def require_may_change(place: Place, evening: Evening | None) -> None:
    by = place.membership
    mine = evening is None or evening.planned_by_id == by.user_id
    lacking = rules.needed_to_change(mine=mine, capabilities=place.capabilities)
    if lacking:
        raise refusals.refusal(lacking, by.role, refusals.granters(place.room.pk))


@transaction.atomic
def evening_plan(*, place: Place, wish: Wish) -> tuple[Evening, bool]:
    """The room's date is this one. True: there was none before. Said again, nothing happens."""
    room, by = _held(place.room), place.membership.user
    evening = upcoming(room)
    require_may_change(place, evening)
    if evening is not None and all(
        getattr(evening, name) == value for name, value in wish.fields.items()
    ):
        return evening, False
    _require_possible(room, wish, evening)
    if evening is None:
        evening = Evening.objects.create(room=room, planned_by=by, **wish.fields)
        telling.room_told(evening, "planned", by=by)
        telling.line_left(evening, "planned", by=by)
        telling.people_told(evening, "planned", by=by)
        return evening, True
    moved = evening.starts_at != wish.starts_at
    _change(evening, wish.fields)
    telling.room_told(evening, "moved" if moved else "changed", by=by)
    if moved:
        telling.line_left(evening, "moved", by=by)
        telling.people_told(evening, "moved", by=by)
    return evening, False


def _held(room: Room) -> Room:
    """One change of a room's date at a time."""
    found = Room.objects.select_for_update(no_key=True, of=("self",)).get(pk=room.pk)
    if found.closed_at:
        raise NotFound(NO_ROOM)
    return found


def _require_possible(room: Room, wish: Wish, evening: Evening | None) -> None:
    if evening is None or evening.starts_at != wish.starts_at:
        flaw = rules.flaw_of(wish.starts_at, now=clock.now())
        if flaw is not None:
            raise Invalid(_FLAWS[flaw], {"starts_at": [str(_FLAWS[flaw])]})
    if wish.item_id is not None and film_on_list(room.pk, wish.item_id) is None:
        words = gettext("This film is not on the list of this room.")
        raise Invalid(words, {"item_id": [words]})


def _change(evening: Evening, fields: dict[str, object]) -> None:
    """What calendars have of it is older now; a new time waits for nobody yet."""
    if fields.get("starts_at", evening.starts_at) != evening.starts_at:
        evening.waiting = ""
    for name, value in fields.items():
        setattr(evening, name, value)
    evening.sequence += 1
    evening.changed_at = clock.now()
    evening.save()


@transaction.atomic
def evening_cancel(*, place: Place) -> None:
    """It does not take place. Said again, it stays so."""
    room, by = _held(place.room), place.membership.user
    evening = upcoming(room)
    require_may_change(place, evening)
    if evening is None:
        return
    _change(evening, {"state": EveningState.CANCELLED})
    telling.room_told(evening, "cancelled", by=by)
    telling.line_left(evening, "cancelled", by=by)
    telling.people_told(evening, "cancelled", by=by)


@transaction.atomic
def evening_strike(*, evening: Evening) -> bool:
    """Whoever runs the server calls it off; False where it is not to come any more."""
    Room.objects.select_for_update(no_key=True, of=("self",)).get(pk=evening.room_id)
    found = upcoming(evening.room)
    if found is None or found.pk != evening.pk:
        return False
    _change(found, {"state": EveningState.CANCELLED})
    telling.room_told(found, "cancelled", by=None)
    telling.line_left(found, "cancelled", by=None)
    telling.struck_told(found)
    return True


@transaction.atomic
def evening_answer(*, room: Room, user: User, answer: str) -> Evening:
    """Whether one comes; one answer a person, the last one counts. `room` is one that asks them:
    see rooms.evenings.asked.
    """
    _held(room)
    evening = upcoming_in(room)
    before = EveningAnswer.objects.filter(evening=evening, user=user).first()
    if before is not None and before.answer == answer:
        return evening
    said = {"answer": answer, "answered_at": clock.now()}
    EveningAnswer.objects.update_or_create(evening=evening, user=user, defaults=said)
    telling.room_told(evening, "answered", by=user)
    return evening


@transaction.atomic
def evening_start(*, place: Place) -> Evening:
    """Not later, now: it is due, and begins as it would have begun by itself."""
    _held(place.room)
    evening = upcoming_in(place.room)
    require_may_change(place, evening)
    films = (film_on_list(place.room.pk, wanted) for wanted in (evening.item_id, None))
    if not any(films):
        raise Conflict(NO_FILM, gettext("There is no film to begin with. Add one first."))
    if evening.starts_at > clock.now() or evening.waiting:
        _put(evening, clock.now(), place.membership.user)
    return evening


@transaction.atomic
def evening_later(*, place: Place) -> Evening:
    """Ten minutes later, for those who are in the lobby already."""
    _held(place.room)
    evening, now = upcoming_in(place.room), clock.now()
    require_may_change(place, evening)
    if not rules.lobby_open(evening.starts_at, now=now):
        words = gettext("It is not that near yet. Move it to another time instead.")
        raise Conflict(NO_LOBBY, words)
    _put(evening, max(evening.starts_at, now) + rules.LATER, place.membership.user)
    telling.line_left(evening, "moved", by=place.membership.user)
    return evening


def _put(evening: Evening, starts_at: datetime.datetime, by: User) -> None:
    _change(evening, {"starts_at": starts_at})
    telling.room_told(evening, "moved", by=by)


def require_lobby(room_id: str) -> None:
    """Raise where nobody gathers for an evening just now."""
    found = Evening.objects.filter(room_id=room_id, state=EveningState.PLANNED).first()
    if found is None or not rules.lobby_open(found.starts_at, now=clock.now()):
        words = gettext("No evening begins here in the next half hour.")
        raise Conflict(NO_LOBBY, words)


@transaction.atomic
def answer_drop(*, room_code: str, user_id: str) -> None:
    """Who is not of the room any more does not come either."""
    said = EveningAnswer.objects.filter(
        evening__room__code=room_code, evening__state=EveningState.PLANNED, user_id=user_id
    ).select_related("evening__room", "evening__planned_by")
    for each in said:
        each.delete()
        telling.room_told(each.evening, "answered", by=None)


def answer_drop_outside(*, room_code: str, user_id: str) -> None:
    """An invitation was taken back, or a ban came: who has no other way in does not come."""
    user = User.objects.filter(pk=user_id).first()
    room = Room.objects.filter(code=room_code).first()
    if user is None or room is None or place_or_none(user, room) is not None:
        return
    if not asked.invitations(user, room=room):
        answer_drop(room_code=room_code, user_id=user_id)


def answers_drop_between(one: User, other: User) -> None:
    """A block came: what one of them invited the other to by name is closed to them."""
    both = [one.pk, other.pk]
    made = Invite.objects.filter(created_by__in=both, for_user__in=both, revoked_at=None)
    open_ones = made.filter(room__evenings__state=EveningState.PLANNED)
    for code, user_id in set(open_ones.values_list("room__code", "for_user")):
        answer_drop_outside(room_code=code, user_id=str(user_id))


# --- what time brings about; playback asks ------------------------------------------------------


@transaction.atomic
def due(code: str, evening_id: str) -> Evening | None:
    """An evening that still is to come in an open room. One that nobody waits for any more, also
    because nobody could look in time, is missed.
    """
    found = Evening.objects.filter(
        pk=evening_id, room__code=code, room__closed_at=None, state=EveningState.PLANNED
    )
    evening = found.select_related("room", "planned_by").first()
    if evening is not None and rules.over(evening.starts_at, now=clock.now()):
        _ended(evening, EveningState.MISSED, "missed")
        return None
    return evening


@transaction.atomic
def evening_begun(evening: Evening) -> bool:
    """Its film runs. False: that was written down already."""
    return _ended(evening, EveningState.BEGUN, "begun")


@transaction.atomic
def evening_waits(evening: Evening, why: Waiting) -> None:
    """It is due and cannot begin: the room hears why, and whoever planned it, once."""
    held = Evening.objects.filter(
        pk=evening.pk, state=EveningState.PLANNED, starts_at=evening.starts_at
    )
    first = not evening.waiting
    if held.exclude(waiting=why).update(waiting=why):
        evening.waiting = why
        telling.room_told(evening, "waiting", by=None)
        if first:
            telling.planner_told(evening, "waiting")


def _ended(evening: Evening, state: EveningState, what: What) -> bool:
    held = Evening.objects.filter(pk=evening.pk, state=EveningState.PLANNED)
    if not held.update(state=state, waiting="", changed_at=clock.now()):
        return False
    evening.state, evening.waiting = state, ""
    telling.room_told(evening, what, by=None)
    if state == EveningState.MISSED:
        telling.planner_told(evening, what)
    return True
