"""The page of a closed room: what was said and what was on, to be read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.models import User
from rooms.access import NO_ROOM, Place, open_room
from rooms.places.archive import archive_in
from syncwatch.lib.errors import NotFound


def closed_room(request: HttpRequest, code: str) -> HttpResponse:
    """For its people, while it may come back. Opened again, the address leads inside."""
    user = request.user if isinstance(request.user, User) else None
    try:
        place = archive_of(user, code)
    except NotFound as error:
        if _is_open(code):
            return redirect("room-page", code=code)
        problem = {"problem": error.as_dict(), "me": user}
        return render(request, "rooms/door.html", problem, status=error.status)
    context = {"room": place.room, "is_host": place.room.owner_id == place.membership.user_id}
    return render(request, "rooms/closed.html", context)


def _is_open(code: str) -> bool:
    try:
        return open_room(code) is not None
    except NotFound:
        return False


def archive_of(user: User | None, code: str) -> Place:
    """Whoever is not signed in belongs to no room."""
    if user is None:
        raise NotFound(NO_ROOM)
    return archive_in(user, code)


def leads_to_archive(user: User | None, code: str) -> bool:
    """Is this the code of a closed room that this person may read?"""
    try:
        return archive_of(user, code) is not None
    except NotFound:
        return False
