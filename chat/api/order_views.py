"""The chat API: what is kept out, and what people report."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.auth import person_of
from chat import reports
from chat.api import order_forms as forms
from rooms import order
from rooms.access import Place, place_in
from syncwatch.lib import rate
from syncwatch.lib.api import CursorPage, read


def moderated(request: Request, code: str) -> Place:
    place = place_in(person_of(request), code)
    place.require("moderate")
    return place


class FiltersView(APIView):
    """`/api/rooms/{code}/filters/`"""

    @extend_schema(responses=forms.FiltersOut)
    def get(self, request: Request, code: str) -> Response:
        """What the chat keeps out; for moderators alone."""
        return Response(moderated(request, code).room.filters)

    @extend_schema(request=forms.FiltersIn, responses=forms.FiltersOut)
    def put(self, request: Request, code: str) -> Response:
        """Set it; what is not named stays. It holds from the next message on."""
        place = moderated(request, code)
        asked = read(forms.FiltersIn, request)
        return Response(order.filters_set(actor=place.membership, filters=asked))


class ReportPage(CursorPage):
    ordering = ("-id",)


class ReportsView(APIView):
    """`/api/rooms/{code}/reports/`"""

    @extend_schema(
        parameters=[
            OpenApiParameter("state", str, description="Only these; waiting: open or taken.")
        ],
        responses=forms.ReportOut(many=True),
    )
    def get(self, request: Request, code: str) -> Response:
        """What people reported, the newest first; for moderators, without what is about them."""
        place = moderated(request, code)
        asked = {"state": request.query_params["state"]} if "state" in request.query_params else {}
        query = forms.ReportsQuery(data=asked)
        query.is_valid(raise_exception=True)
        pages = ReportPage()
        found = reports.reports_for(place, query.validated_data.get("state"))
        page = pages.paginate_queryset(found, request) or []
        return pages.get_paginated_response([reports.report_wire(each) for each in page])

    @extend_schema(request=forms.ReportIn, responses={201: forms.ReceiptOut, 200: forms.ReceiptOut})
    def post(self, request: Request, code: str) -> Response:
        """Ask the moderators to look at a message or at a person. Again, while it is not settled:
        the same one.
        """
        person = person_of(request)
        place = place_in(person, code)
        asked = read(forms.ReportIn, request)
        rate.check_sync("report", str(person.pk))
        media_time_s = asked.pop("media_time", None)
        report, fresh = reports.report_file(place=place, media_time_s=media_time_s, **asked)
        return Response(
            reports.report_receipt(report),
            status=status.HTTP_201_CREATED if fresh else status.HTTP_200_OK,
        )


class ReportView(APIView):
    """`/api/rooms/{code}/reports/{report_id}/`"""

    @extend_schema(request=forms.ReportPatch, responses=forms.ReportOut)
    def patch(self, request: Request, code: str, report_id: str) -> Response:
        """Take a report on, or settle it."""
        place = moderated(request, code)
        report = reports.report_in(place, report_id)
        state = read(forms.ReportPatch, request)["state"]
        settled = reports.report_settle(place=place, report=report, state=state)
        return Response(reports.report_wire(settled))
