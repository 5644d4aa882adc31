"""HTTP door of one's own picture."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import selectors
from accounts.api.serializers import AccountOut
from accounts.auth import access_of
from accounts.pictures import services
from accounts.pictures.services import MAX_BYTES
from syncwatch.lib import rate
from syncwatch.lib.api import StrictSerializer, read


class PictureIn(StrictSerializer):
    file = serializers.FileField(
        allow_empty_file=True, help_text="PNG, JPEG, WebP or GIF, at most 3 MB."
    )


class PictureView(APIView):
    """`/api/auth/picture/`"""

    parser_classes = [MultiPartParser]

    @extend_schema(request=PictureIn, responses=AccountOut)
    def put(self, request: Request) -> Response:
        """Show this picture beside one's name. Its middle is cut out as a square."""
        user = access_of(request).user
        given = read(PictureIn, request)["file"]
        rate.check_sync("picture", str(user.pk))
        services.picture_set(user=user, raw=given.read(MAX_BYTES + 1))
        return Response(selectors.account(user))

    @extend_schema(responses=AccountOut)
    def delete(self, request: Request) -> Response:
        """Initials again."""
        user = access_of(request).user
        services.picture_remove(user=user)
        return Response(selectors.account(user))
