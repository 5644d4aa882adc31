"""HTTP door of the export: everything kept about a person, as one file."""

from typing import Any

from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import export, selectors
from accounts.auth import access_of
from syncwatch.lib import rate
from syncwatch.lib.streams import streamed

FORMATS = ("json", "zip")


class ExportNegotiation(DefaultContentNegotiation):
    """`format` and `Accept` say how the file is written, not how this API speaks."""

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> Any:
        return renderers[0], renderers[0].media_type


def _wanted(request: Request) -> str:
    accepted = "zip" if request.headers.get("Accept", "") == "application/zip" else "json"
    wanted = request.query_params.get("format", accepted)
    if wanted not in FORMATS:
        raise ValidationError({"format": [f"One of {', '.join(FORMATS)}."]})
    return wanted


class ExportView(APIView):
    content_negotiation_class = ExportNegotiation

    @extend_schema(
        parameters=[OpenApiParameter("format", str, enum=FORMATS, description="json unless said.")],
        responses={200: OpenApiTypes.OBJECT, (200, "application/zip"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Everything kept about the person, as a file: one JSON, or with `?format=zip` (or
        `Accept: application/zip`) an archive with a file for each part, a list of them in words
        and the picture.
        """
        user = access_of(request).user
        kind = _wanted(request)
        rate.check_sync("own_export", str(user.pk))
        if kind == "zip":
            return streamed(
                request, export.as_zip(user),
                content_type="application/zip", name="syncwatch-export.zip", at_once=1,
            )  # fmt: skip
        response = Response(selectors.own_export(user))
        response["Content-Disposition"] = 'attachment; filename="syncwatch-export.json"'
        response["Cache-Control"] = "no-store"
        return response
