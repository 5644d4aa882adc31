"""The chat API: the history. What is new comes over the room's socket."""

from typing import Any

from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

from accounts.auth import person_of
from chat import exports, search
from chat.access import words_in
from chat.api import serializers as forms
from chat.pins import pin_wire, pins_of
from chat.reads import unread_of
from chat.selectors import edits_wire, history_before, message_wire, reacted_wire
from rooms.access import place_in
from syncwatch.lib import rate
from syncwatch.lib.api import CursorPage
from syncwatch.lib.streams import streamed


class MessagesView(APIView):
    """`/api/rooms/{code}/messages/`"""

    @extend_schema(parameters=[forms.SearchQuery], responses=forms.HistoryOut)
    def get(self, request: Request, code: str) -> Response:
        """A page of the chat, newest last. `next` leads to the messages before it. With `q` what
        has these words in it, newest first, as far as one may know of it.
        """
        person = person_of(request)
        room = place_in(person, code).room
        query = forms.SearchQuery(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        before, limit, words = asked.get("before"), asked["limit"], asked.get("q")
        if words is None:
            page, more = history_before(room, before, limit, reader=person)
            oldest = page[:1]
        else:
            rate.check_sync("search", str(person.pk))
            reader = search.Reader(
                person, asked.get("item"), asked.get("to", 0.0), asked.get("seen", ())
            )
            page, more = search.said(room, words, reader=reader, before=before, limit=limit)
            oldest = page[-1:]
        older = None
        if more:
            address = request.build_absolute_uri()
            older = replace_query_param(address, "before", str(oldest[0].id))
        return Response({"results": [message_wire(each) for each in page], "next": older})


class ExportNegotiation(DefaultContentNegotiation):
    """`format` says how the file is written, not how this API speaks."""

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> Any:
        return renderers[0], renderers[0].media_type


class ExportView(APIView):
    """`/api/rooms/{code}/messages/export/`"""

    content_negotiation_class = ExportNegotiation

    @extend_schema(parameters=[forms.ExportQuery], responses={(200, "text/plain"): str})
    def get(self, request: Request, code: str) -> HttpResponseBase:
        """The whole chat as a file, for moderators: `format` is `txt` or `json`."""
        person = person_of(request)
        place = place_in(person, code)
        place.require("moderate")
        query = forms.ExportQuery(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        kind = query.validated_data["format"]
        rate.check_sync("chat_export", str(person.pk))
        content_type, write = exports.FORMATS[kind]
        return streamed(
            request,
            write(place.room, person),
            content_type=content_type,
            name=f"{code}-chat.{kind}",
        )


class MessageHistoryView(APIView):
    """`/api/rooms/{code}/messages/{message_id}/history/`"""

    @extend_schema(responses=forms.EditListOut)
    def get(self, request: Request, code: str, message_id: str) -> Response:
        """What a message read before it was edited, the newest first; for moderators."""
        place = place_in(person_of(request), code)
        place.require("moderate")
        message = words_in(str(place.room.pk), message_id, moderates=True)
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
        person = person_of(request)
        room = place_in(person, code).room
        message = words_in(str(room.pk), message_id, reader=str(person.pk))
        pages = ReactedPage()
        page = pages.paginate_queryset(message.reactions.select_related("user"), request) or []
        return pages.get_paginated_response([reacted_wire(each) for each in page])
