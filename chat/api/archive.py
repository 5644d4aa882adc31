"""The chat API of a room that is closed: read, and nothing else."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

from accounts.auth import person_of
from chat.api import serializers as forms
from chat.selectors import history_before, message_wire
from rooms.places.archive import archive_in


class ArchivedMessagesView(APIView):
    """`/api/rooms/{code}/archive/messages/`"""

    @extend_schema(parameters=[forms.HistoryQuery], responses=forms.HistoryOut)
    def get(self, request: Request, code: str) -> Response:
        """A page of what was said, newest last; `next` leads to the messages before it."""
        person = person_of(request)
        room = archive_in(person, code).room
        query = forms.HistoryQuery(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        page, more = history_before(room, asked.get("before"), asked["limit"], reader=person)
        older = None
        if more:
            older = replace_query_param(request.build_absolute_uri(), "before", str(page[0].id))
        return Response({"results": [message_wire(each) for each in page], "next": older})
