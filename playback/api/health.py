"""How everybody who watches does: a thin door. The room's socket tells of changed players alone."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.auth import person_of
from playback import health
from playback.api import serializers as forms
from rooms.access import place_in


class HealthView(APIView):
    """`/api/rooms/{code}/health/`"""

    @extend_schema(parameters=[forms.HealthQuery], responses=forms.HealthOut)
    def get(self, request: Request, code: str) -> Response:
        """How the film runs with each person: whom the room waits for first, then who stalls, then
        the farthest from the room. `count` says how many watch.
        """
        room = place_in(person_of(request), code).room
        asked = forms.HealthQuery(data=request.query_params.dict())
        asked.is_valid(raise_exception=True)
        return Response(health.health_of(room.code, limit=asked.validated_data["limit"]))
