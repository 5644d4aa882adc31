"""The chat API: the history. What is new comes over the room's socket."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

from accounts.auth import person_of
from chat.access import words_in
from chat.api import serializers as forms
from chat.pins import pin_wire, pins_of
from chat.reads import unread_of
from chat.selectors import edits_wire, history_before, message_wire, reacted_wire
from rooms.access import place_in
from syncwatch.lib.api import CursorPage


class MessagesView(APIView):
    """`/api/rooms/{code}/messages/`"""

    @extend_schema(parameters=[forms.HistoryQuery], responses=forms.HistoryOut)
    def get(self, request: Request, code: str) -> Response:
        """A page of the chat, newest last. `next` leads to the messages before it."""
        room = place_in(person_of(request), code).room
        query = forms.HistoryQuery(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        before, limit = query.validated_data.get("before"), query.validated_data["limit"]
        page, more = history_before(room, before, limit)
        older = None
        if more:
            address = request.build_absolute_uri()
            older = replace_query_param(address, "before", str(page[0].id))
        return Response({"results": [message_wire(each) for each in page], "next": older})


class MessageHistoryView(APIView):
    """`/api/rooms/{code}/messages/{message_id}/history/`"""

    @extend_schema(responses=forms.EditListOut)
    def get(self, request: Request, code: str, message_id: str) -> Response:
        """What a message read before it was edited, the newest first; for moderators."""
        place = place_in(person_of(request), code)
        place.require("moderate")
        message = words_in(str(place.room.pk), message_id)
        return Response({"results": edits_wire(message), "next": None})


class PinsView(APIView):
    """`/api/rooms/{code}/pins/`"""

    @extend_schema(responses=forms.PinListOut)
    def get(self, request: Request, code: str) -> Response:
        """The pinned messages, the newest pin first: fifty at most, in one piece."""
        room = place_in(person_of(request), code).room
        return Response({"results": [pin_wire(row) for row in pins_of(room)], "next": None})


class UnreadView(APIView):
    """`/api/unread/`"""

    @extend_schema(responses=forms.UnreadListOut)
    def get(self, request: Request) -> Response:
        """My rooms in which others said something since I read there last, and how much."""
        return Response({"results": unread_of(person_of(request)), "next": None})


class ReactedPage(CursorPage):
    ordering = ("created_at", "id")


class MessageReactionsView(APIView):
    """`/api/rooms/{code}/messages/{message_id}/reactions/`"""

    @extend_schema(responses=forms.ReactedListOut)
    def get(self, request: Request, code: str, message_id: str) -> Response:
        """Everybody who reacted to a message, the first ones first."""
        room = place_in(person_of(request), code).room
        message = words_in(str(room.pk), message_id)
        pages = ReactedPage()
        page = pages.paginate_queryset(message.reactions.select_related("user"), request) or []
        return pages.get_paginated_response([reacted_wire(each) for each in page])
