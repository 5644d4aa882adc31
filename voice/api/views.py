"""The voice API: how to reach the others."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.auth import person_of
from rooms.access import place_in
from voice.api import serializers as forms
from voice.selectors import ice_for


class IceView(APIView):
    """`/api/rooms/{code}/voice/ice/`"""

    @extend_schema(responses=forms.IceOut)
    def get(self, request: Request, code: str) -> Response:
        """STUN and TURN servers, with credentials made for this person."""
        place_in(person_of(request), code).require("voice")
        return Response(ice_for(person_of(request)), headers={"Cache-Control": "no-store"})
