"""The chat API: what was said to a film, in the order of the film."""

from django.utils.translation import gettext
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

from accounts.auth import person_of
from chat.api import serializers as forms
from chat.moments import moments, place_of
from chat.selectors import message_wire
from rooms.access import place_in
from syncwatch.lib.errors import NotFound
from syncwatch.lib.ids import uuid_or_none


class MomentsView(APIView):
    """`/api/rooms/{code}/items/{item_id}/messages/`"""

    @extend_schema(parameters=[forms.MomentsQuery], responses=forms.HistoryOut)
    def get(self, request: Request, code: str, item_id: str) -> Response:
        """What people said to an item of the queue, in the order of the film: for whoever watches
        it later. Two hundred at once; `next` leads on. An item that left the queue keeps its words;
        one that never was has none.
        """
        person = person_of(request)
        room = place_in(person, code).room
        query = forms.MomentsQuery(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        item = uuid_or_none(item_id)
        if item is None:
            raise NotFound(gettext("There is no such film in this room."))
        after = place_of(asked["cursor"]) if "cursor" in asked else None
        page, last = moments(
            room, item, from_s=asked.get("from"), to_s=asked.get("to"), after=after, reader=person
        )
        address = request.build_absolute_uri()
        onward = replace_query_param(address, "cursor", str(last)) if last else None
        return Response({"results": [message_wire(each) for each in page], "next": onward})
