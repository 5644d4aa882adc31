"""The queue of a room that is closed: what was on the list, without anything to play."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.auth import person_of
from playback import selectors
from playback.api import serializers as forms
from playback.api.views import QueuePage
from rooms.places.archive import archive_in


class ArchivedQueueView(APIView):
    """`/api/rooms/{code}/archive/queue/`"""

    @extend_schema(operation_id="rooms_archive_queue_list", responses=forms.QueueOut)
    def get(self, request: Request, code: str) -> Response:
        room = archive_in(person_of(request), code).room
        pages = QueuePage()
        page = pages.paginate_queryset(selectors.queue_of(room), request) or []
        return pages.get_paginated_response(selectors.items_wire(page))
