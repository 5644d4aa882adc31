"""The room API: planning an evening, answering, and its calendar's file."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.auth import person_of
from accounts.schema import PersonOut
from rooms import access, entry
from rooms.access import Place
from rooms.evenings import asked, ics, services
from rooms.evenings.films import film_on_list
from rooms.evenings.models import NOTE_MAX, TITLE_MAX, Answer, EveningState, Waiting
from rooms.evenings.selectors import answer_of, asked_to, evening_wire, latest, upcoming
from rooms.evenings.services import Wish
from syncwatch.lib import rate
from syncwatch.lib.api import StrictSerializer, read
from syncwatch.lib.errors import Forbidden
from syncwatch.lib.text import clean_text


class InstantField(serializers.DateTimeField):
    """A moment of the whole world: a time without a zone is nobody's."""

    default_error_messages = {
        "naive": gettext_lazy("Say the time with its zone, as in 2026-11-27T20:30:00Z."),
    }

    def to_internal_value(self, value: Any) -> Any:
        if isinstance(value, str):
            try:
                parsed = parse_datetime(value)
            except ValueError:  # the form of one, and no such day
                self.fail("invalid", format="2026-11-27T20:30:00Z")
            if parsed is not None and is_naive(parsed):
                self.fail("naive")
        return super().to_internal_value(value)


class WordsField(serializers.CharField):
    """Plain text from a person, or none; a `line` has no ends of lines in it."""

    def __init__(self, *, line: bool = False, **options: Any) -> None:
        self.line = line
        super().__init__(allow_blank=True, required=False, trim_whitespace=False, **options)

    def to_internal_value(self, data: Any) -> str:
        words = super().to_internal_value(data)
        if self.line:
            words = " ".join(words.split())
        return clean_text(words, self.max_length or NOTE_MAX, what=self.field_name or "")


class EveningIn(StrictSerializer):
    starts_at = InstantField(help_text="ISO 8601 with its zone; a year ahead at most.")
    title = WordsField(max_length=TITLE_MAX, line=True)
    note = WordsField(max_length=NOTE_MAX)
    item_id = serializers.UUIDField(
        required=False, allow_null=True,
        help_text="A film of the room's list; null: whatever is next in the room then.",
    )  # fmt: skip


class AnswerIn(StrictSerializer):
    answer = serializers.ChoiceField(Answer.choices)


class EveningFilmOut(serializers.Serializer[Any]):
    item_id = serializers.CharField()
    title = serializers.CharField()


class SaidOut(serializers.Serializer[Any]):
    yes = PersonOut(many=True)
    maybe = PersonOut(many=True)
    no = PersonOut(many=True)


class CountsOut(serializers.Serializer[Any]):
    yes = serializers.IntegerField()
    maybe = serializers.IntegerField()
    no = serializers.IntegerField()


class EveningOut(serializers.Serializer[Any]):
    id = serializers.CharField()
    starts_at = serializers.DateTimeField()
    title = serializers.CharField()
    note = serializers.CharField()
    film = EveningFilmOut(allow_null=True)
    planned_by = PersonOut(allow_null=True)
    state = serializers.ChoiceField(EveningState.choices)
    waiting = serializers.ChoiceField(
        Waiting.choices, allow_null=True, help_text="Why it is due and does not begin."
    )
    sequence = serializers.IntegerField()
    answers = SaidOut()
    counts = CountsOut()


class EveningHereOut(serializers.Serializer[Any]):
    evening = EveningOut(allow_null=True)
    answer = serializers.ChoiceField(Answer.choices, allow_null=True, help_text="One's own.")


class EveningAskedOut(serializers.Serializer[Any]):
    id = serializers.CharField()
    code = serializers.CharField(help_text="Of the room.")
    room = serializers.CharField()
    title = serializers.CharField()
    starts_at = serializers.DateTimeField()
    answer = serializers.ChoiceField(Answer.choices, allow_null=True, help_text="One's own.")


class EveningsOut(serializers.Serializer[Any]):
    results = EveningAskedOut(many=True)
    next = serializers.CharField(allow_null=True)


def _place(request: Request, code: str) -> Place:
    """A place in the room; who is banned from it hears that, not that they should join."""
    user = person_of(request)
    try:
        return access.place_in(user, code)
    except Forbidden:
        entry.require_not_banned(user, access.open_room(code))
        raise


class EveningView(APIView):
    """`/api/rooms/{code}/evening/`"""

    @extend_schema(responses=EveningHereOut)
    def get(self, request: Request, code: str) -> Response:
        """The room's date to come, or null; and what one said to it."""
        place = _place(request, code)
        evening = upcoming(place.room)
        told = {
            "evening": evening_wire(evening) if evening else None,
            "answer": answer_of(evening, place.membership.user),
        }
        return Response(told)

    @extend_schema(request=EveningIn, responses={201: EveningOut, 200: EveningOut})
    def put(self, request: Request, code: str) -> Response:
        """Plan the room's evening, or change it; it begins by itself. A room has one to come. Its
        people and invited friends are told of a new time.
        """
        place = _place(request, code)
        wish = Wish(**read(EveningIn, request))
        rate.check_sync("evening_plan", str(place.membership.user_id))
        evening, fresh = services.evening_plan(place=place, wish=wish)
        return Response(
            evening_wire(evening), status=status.HTTP_201_CREATED if fresh else status.HTTP_200_OK
        )

    @extend_schema(responses={204: None})
    def delete(self, request: Request, code: str) -> Response:
        """It does not take place. Said again, it stays so."""
        services.evening_cancel(place=_place(request, code))
        return Response(status=status.HTTP_204_NO_CONTENT)


class EveningAnswerView(APIView):
    @extend_schema(request=AnswerIn, responses=EveningOut)
    def put(self, request: Request, code: str) -> Response:
        """Whether one comes; the last answer counts. Also from outside, for whoever is invited by
        name: they read how many come, and no names.
        """
        user = person_of(request)
        room = asked.room_asking(user, code)
        answer = read(AnswerIn, request)["answer"]
        rate.check_sync("evening_answer", str(user.pk))
        evening = services.evening_answer(room=room, user=user, answer=answer)
        inside = access.place_or_none(user, room) is not None
        return Response(evening_wire(evening, outside=None if inside else user))


class EveningsView(APIView):
    """`/api/evenings/`"""

    @extend_schema(responses=EveningsOut)
    def get(self, request: Request) -> Response:
        """What one could come to, the next first: in one's own rooms, and in those one is invited
        to by name; with one's answer.
        """
        return Response({"results": asked_to(person_of(request)), "next": None})


class EveningStartView(APIView):
    @extend_schema(request=None, responses={202: EveningOut})
    def post(self, request: Request, code: str) -> Response:
        """Begin now: the film starts for everybody who is there, in a moment."""
        evening = services.evening_start(place=_place(request, code))
        return Response(evening_wire(evening), status=status.HTTP_202_ACCEPTED)


class EveningLaterView(APIView):
    @extend_schema(request=None, responses=EveningOut)
    def post(self, request: Request, code: str) -> Response:
        """Put it off by ten minutes, in the half hour before it."""
        return Response(evening_wire(services.evening_later(place=_place(request, code))))


class AnyForm(BaseContentNegotiation):
    """There is one form of it, whatever a calendar asks for; refusals are JSON as everywhere."""

    def select_parser(self, request: Request, parsers: Iterable[BaseParser]) -> BaseParser:
        return next(iter(parsers))

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        first = next(iter(renderers))
        return first, first.media_type or ""


class EveningCalendarView(APIView):
    content_negotiation_class = AnyForm

    @extend_schema(responses={(200, "text/calendar"): OpenApiResponse(OpenApiTypes.STR)})
    def get(self, request: Request, code: str) -> HttpResponse:
        """The evening for a calendar (RFC 5545). Fetched again it moves there, or is called off."""
        room = _place(request, code).room
        evening = latest(room)
        film = film_on_list(room.pk, evening.item_id) if evening.item_id else None
        address = request.build_absolute_uri(f"/r/{room.code}")
        if settings.PUBLIC_URL:
            address = f"{settings.PUBLIC_URL}/r/{room.code}"
        body = ics.calendar(evening, url=address, film=film[1] if film else "")
        answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="evening.ics"'
        return answer
