"""The page of public rooms, `/rooms`."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from rest_framework.exceptions import NotFound as NoSuchPage
from rest_framework.request import Request

from rooms.models import Room
from rooms.places.listing import WORDS_MAX, found_by, listing
from rooms.places.pagination import RoomPage
from rooms.selectors import public_rooms


def public_list(request: HttpRequest) -> HttpResponse:
    """Who looks for company: rooms for everybody, by words, a page at a time."""
    if not request.user.is_authenticated:
        return redirect(f"{settings.LOGIN_URL}?next=/rooms")
    words = request.GET.get("q", "")[:WORDS_MAX]
    pages = RoomPage()
    found = _page(pages, words, request)
    more = pages.get_next_link() if found else None
    cursor = more.split("?", 1)[1] if more else ""
    context = {"rooms": listing(found), "words": words, "more": cursor}
    return render(request, "rooms/public.html", context)


def _page(pages: RoomPage, words: str, request: HttpRequest) -> list[Room]:
    try:
        return pages.paginate_queryset(found_by(public_rooms(), words), Request(request)) or []
    except NoSuchPage:  # the cursor in the address is none of ours
        return []
