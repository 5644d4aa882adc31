"""The API of a room's queue: thin doors over services. What changes is told on the socket."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.auth import access_of, person_of
from playback import access, films, grants, selectors, services
from playback.api import serializers as forms
from playback.models import QueueItem
from rooms.access import Place, place_in
from rooms.models import Room
from syncwatch.lib import clock
from syncwatch.lib.api import CursorPage, read
from videos.delivery import Holder


class QueuePage(CursorPage):
    page_size = selectors.ITEMS_SHOWN
    ordering = ("rank", "id")


def _may_change(request: Request, code: str) -> Place:
    place = place_in(person_of(request), code)
    place.require("queue")
    return place


def _item(item: QueueItem) -> Response:
    return Response(selectors.item_wire(item))


def _holder(request: Request, room: Room, asked_ms: int) -> Holder:
    """Whom signed addresses are for: this sign-in, in this room."""
    session_id = access_of(request).session.id
    return grants.holder_in(
        room, user_id=person_of(request).pk, session_id=session_id, asked_ms=asked_ms
    )


def _unkept(answer: Response) -> Response:
    """Signed addresses are nobody's to keep."""
    answer["Cache-Control"] = "no-store"
    return answer


class QueueView(APIView):
    """`/api/rooms/{code}/queue/`"""

    @extend_schema(operation_id="rooms_queue_list", responses=forms.QueueOut)
    def get(self, request: Request, code: str) -> Response:
        """The films of the room in their order, with what is for the asker alone: addresses of
        their pictures, and in their language why one cannot be shown.
        """
        asked_ms = clock.server_ms()
        room = place_in(person_of(request), code).room
        pages = QueuePage()
        page = pages.paginate_queryset(selectors.queue_of(room), request) or []
        wished = selectors.wishes_of(person_of(request), page)
        items = zip(
            selectors.items_wire(page),
            grants.pictures(page, _holder(request, room, asked_ms)),
            strict=True,
        )
        told = [item | own | {"voted": item["id"] in wished} for item, own in items]
        return _unkept(pages.get_paginated_response(told))

    @extend_schema(request=forms.ItemIn, responses={201: forms.ItemOut})
    def post(self, request: Request, code: str) -> Response:
        """Put a film on the list: last, or `before` another."""
        place = _may_change(request, code)
        given = {name: _text(value) for name, value in read(forms.ItemIn, request).items()}
        item = services.item_add(room=place.room, by=person_of(request), **given)
        return Response(selectors.item_wire(item), status=status.HTTP_201_CREATED)


def _text(value: Any) -> str:
    return "" if value is None else str(value)


class ItemView(APIView):
    """`/api/rooms/{code}/queue/{item_id}/`"""

    @extend_schema(request=forms.ItemPatch, responses=forms.ItemOut)
    def patch(self, request: Request, code: str, item_id: str) -> Response:
        """Give it another title on this list."""
        place = _may_change(request, code)
        given = read(forms.ItemPatch, request)
        return _item(
            services.item_rename(room=place.room, by=person_of(request), item_id=item_id, **given)
        )

    @extend_schema(responses={204: None})
    def delete(self, request: Request, code: str, item_id: str) -> Response:
        """Take it off the list. When it is on, the next one takes its place: who does that holds
        the remote.
        """
        place = _may_change(request, code)
        item = access.item_in(place.room, item_id)
        if films.is_on(place.room, item):
            place.require("control")
        films.item_off(room=place.room, by=person_of(request), item=item)
        return Response(status=status.HTTP_204_NO_CONTENT)


class RestoreView(APIView):
    @extend_schema(request=None, responses=forms.ItemOut)
    def post(self, request: Request, code: str, item_id: str) -> Response:
        """Take a removal back within ten minutes: the item stands where it stood."""
        room = _may_change(request, code).room
        return _item(services.item_restore(room=room, by=person_of(request), item_id=item_id))


class ReorderView(APIView):
    @extend_schema(request=forms.ReorderIn, responses={204: None})
    def post(self, request: Request, code: str) -> Response:
        """Move one item in front of another, give the whole order, or let chance give it."""
        room = _may_change(request, code).room
        given = read(forms.ReorderIn, request)
        if "shuffle" in given:
            on = films.on_now(room)
            services.queue_shuffle(room=room, by=person_of(request), after=on)
        elif "items" in given:
            ids = [str(item_id) for item_id in given["items"]]
            services.queue_reorder(room=room, by=person_of(request), item_ids=ids)
        else:
            before = _text(given.get("before")) or None
            item_id = str(given["item_id"])
            services.item_move(room=room, by=person_of(request), item_id=item_id, before=before)
        return Response(status=status.HTTP_204_NO_CONTENT)


class VoteView(APIView):
    @extend_schema(request=forms.VoteIn, responses=forms.ItemOut)
    def post(self, request: Request, code: str, item_id: str) -> Response:
        """Wish for an item, or take the wish back."""
        room = place_in(person_of(request), code).room
        on = read(forms.VoteIn, request)["on"]
        return _item(services.item_vote(room=room, by=person_of(request), item_id=item_id, on=on))


class PlayView(APIView):
    @extend_schema(request=None, responses=forms.GrantOut)
    def post(self, request: Request, code: str, item_id: str) -> Response:
        """Addresses to play an item from, for this session in this room."""
        asked_ms = clock.server_ms()
        room = place_in(person_of(request), code).room
        item = access.playable(access.item_in(room, item_id))
        return _unkept(Response(grants.grant(item, _holder(request, room, asked_ms))))
