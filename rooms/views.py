"""Pages of rooms: home, the room, and the doors before it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts import friend_selectors
from accounts.models import User
from accounts.selectors import person
from rooms import access, entry, invites, selectors
from rooms.evenings.selectors import at_home
from rooms.gateway.wire import PROTOCOL_VERSION
from rooms.models import Membership, Room
from rooms.places import knocks
from rooms.places.archive_page import leads_to_archive
from rooms.places.reopening import closed_rooms_of
from rooms.places.welcome import welcome_for
from syncwatch.lib import rate
from syncwatch.lib.client_ip import client_ip
from syncwatch.lib.errors import ApiError, NotFound

LIMITS = {"chat_chars": 2000, "queue_items": 200}
CLOSED_MOST = 10
CONTINUE_MOST = 3  # one large picture and two beside it


def home(request: HttpRequest) -> HttpResponse:
    """My rooms, the last used first."""
    if not request.user.is_authenticated:
        return redirect(f"{settings.LOGIN_URL}?next=/home")
    rooms = selectors.listed(selectors.rooms_for(request.user)[:50])
    closed = list(closed_rooms_of(request.user)[:CLOSED_MOST])
    watching = [room for room in rooms if _goes_on(room)][:CONTINUE_MOST]
    shown = {
        "rooms": rooms,
        "watching": watching,
        "closed": closed,
        "evenings": at_home(request.user),
    }
    return render(request, "rooms/home.html", shown)


def _goes_on(room: dict[str, Any]) -> bool:
    """Something is on that was not seen to its end, or people are at it right now."""
    over = room["left_off"] and room["left_off"]["finished"] and not room["head_count"]
    return bool(room["now_playing"] and not over)


def room(request: HttpRequest, code: str) -> HttpResponse:
    """The room for its members; its door for those who may knock; 404 where it is hidden."""
    user = request.user if isinstance(request.user, User) else None
    try:
        found = access.open_room(code)
    except NotFound as error:
        if leads_to_archive(user, code):
            return redirect("closed-room", code=code.lower())
        return _door(request, {"problem": error.as_dict()}, status=error.status)
    membership = access.place_or_none(user, found) if user else None
    try:
        _require_way_in(user, found, membership)
    except ApiError as error:
        return _door(request, {"problem": error.as_dict()}, status=error.status)
    if membership is not None:
        return render(request, "rooms/room.html", {"room": found, "boot": _boot(found, membership)})
    shown = {"door": selectors.doors([found])[0], "code": found.code}
    if found.asks:
        stands = knocks.standing(user, found) if user else {"state": "none"}
        return _door(request, shown | {"knock": stands}, template="rooms/ask.html")
    return _door(request, shown)


def _require_way_in(user: User | None, found: Room, membership: Membership | None) -> None:
    """Raise why the door stays shut. Who is banned reads it; where the room is hidden, only who was
    inside once.
    """
    if user is not None and membership is not None:
        entry.require_seat(user, found, membership.role)
        return
    if user is not None and (not found.hidden or entry.belonged(user, found)):
        entry.require_not_banned(user, found)
    if found.hidden:
        raise NotFound(access.NO_ROOM)


def invite(request: HttpRequest, token: str) -> HttpResponse:
    """The door behind an invitation; what is wrong with the link is said in words."""
    try:
        rate.check_sync("invite_lookup", client_ip(request))
        found = access.invite_by(token)
        user = request.user if isinstance(request.user, User) else None
        if user and access.place_or_none(user, found.room):
            return redirect("room-page", code=found.room.code)
        invites.require_for(found, user)
        invites.require_open(found)
    except ApiError as error:
        return _door(request, {"problem": error.as_dict()}, status=error.status)
    door = selectors.invite_door(found)
    return _door(request, {"door": door["room"], "invite": {"token": token, "role": door["role"]}})


def _door(
    request: HttpRequest,
    context: dict[str, Any],
    *,
    status: int = 200,
    template: str = "rooms/door.html",
) -> HttpResponse:
    user = request.user
    me = person(user) if isinstance(user, User) else None
    return render(request, template, {**context, "me": me}, status=status)


def _boot(found: Room, membership: Membership) -> dict[str, Any]:
    """What the room page knows before its socket is open."""
    return {
        "code": found.code,
        "name": found.name,
        "me": {"user": person(membership.user), **selectors.place_wire(membership, found)},
        "welcome": welcome_for(membership, found),
        "hidden": friend_selectors.hidden_ids(membership.user),
        "ws_path": f"/ws/rooms/{found.code}/",
        "protocol": PROTOCOL_VERSION,
        "outside": settings.EXTERNAL_SOURCES,
        "limits": LIMITS | {"upload_bytes": settings.MAX_UPLOAD_BYTES},
    }
