"""The HTTP API's shared pieces: strict parsing, one error shape, cursor pages, throttling."""

import json
import logging
from collections.abc import Callable
from typing import IO, TYPE_CHECKING, Any, NoReturn

from django.core.exceptions import PermissionDenied
from django.db.utils import InterfaceError, OperationalError
from django.http import Http404
from django.utils.translation import gettext
from rest_framework import exceptions, serializers
from rest_framework.pagination import CursorPagination
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle

from syncwatch.lib import rate
from syncwatch.lib.errors import (
    INVALID,
    ApiError,
    Forbidden,
    Invalid,
    Malformed,
    NotFound,
    NotSignedIn,
    TooMany,
    Unavailable,
)  # fmt: skip
from syncwatch.lib.redis import RedisError

if TYPE_CHECKING:  # these classes are named in settings, which views read while loading
    from rest_framework.views import APIView

log = logging.getLogger(__name__)
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
UNREACHABLE = (RedisError, OperationalError, InterfaceError)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number that JSON knows")


class StrictJSONParser(BaseParser):
    """JSON as the standard has it: no NaN, no Infinity, objects only, not nested past reason."""

    media_type = "application/json"

    def parse(
        self, stream: IO[bytes], media_type: str | None = None, parser_context: Any = None
    ) -> dict[str, Any]:
        raw = stream.read()
        if not raw:
            return {}
        try:
            data = json.loads(raw.decode(), parse_constant=_refuse_constant)
        except (ValueError, RecursionError) as error:
            raise Malformed(gettext("The body is not valid JSON.")) from error
        if not isinstance(data, dict):
            raise Malformed(gettext("The body must be a JSON object."))
        return data


class StrictSerializer(serializers.Serializer):
    """Refuses fields it does not know, so that a typing error is never silently dropped."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict):
            unknown = {
                key: [gettext("This field is not known.")] for key in data if key not in self.fields
            }
            if unknown:
                raise serializers.ValidationError(unknown)
        return super().to_internal_value(data)


def read(serializer: type[serializers.Serializer], request: Request) -> dict[str, Any]:
    """The validated body of a request."""
    incoming = serializer(data=request.data)
    incoming.is_valid(raise_exception=True)
    return dict(incoming.validated_data)


class CursorPage(CursorPagination):
    """`{"results": [...], "next": url|null}`"""

    page_size = 50
    max_page_size = 200
    page_size_query_param = "limit"
    ordering: str | tuple[str, ...] = "-id"

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"results": data, "next": self.get_next_link()})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": "object",
            "required": ["results", "next"],
            "properties": {
                "results": schema,
                "next": {"type": "string", "nullable": True, "format": "uri"},
            },
        }


class ReadWriteThrottle(BaseThrottle):
    """20 reads and 5 writes a second for each person, or for each address when not signed in."""

    def allow_request(self, request: Request, view: "APIView") -> bool:
        from syncwatch.lib.client_ip import client_ip

        who = str(request.user.pk) if request.user.is_authenticated else client_ip(request)
        rate.check_sync("api_read" if request.method in SAFE_METHODS else "api_write", who)
        return True


_Translate = Callable[[Any], ApiError]
# What a view may raise, and what it means for the client; the first row that fits counts.
TRANSLATIONS: tuple[tuple[tuple[type[BaseException], ...], _Translate], ...] = (
    ((ApiError,), lambda error: error),
    ((Http404, exceptions.NotFound), lambda error: NotFound()),
    (
        (exceptions.NotAuthenticated, exceptions.AuthenticationFailed),
        lambda error: NotSignedIn(),
    ),
    (
        (PermissionDenied, exceptions.PermissionDenied),
        lambda error: Forbidden(
            message=str(getattr(error, "detail", "") or gettext("You may not."))
        ),
    ),
    ((exceptions.ValidationError,), lambda error: _invalid(error.detail)),
    ((exceptions.Throttled,), lambda error: TooMany(error.wait or 1)),
    (UNREACHABLE, lambda error: Unavailable()),
    (
        (exceptions.APIException,),
        lambda error: ApiError(INVALID, str(error.detail), status=error.status_code),
    ),
)


def as_api_error(error: BaseException) -> ApiError | None:
    """What a view raised, as one of ours; None for a fault that is ours to mend."""
    for kinds, translate in TRANSLATIONS:
        if isinstance(error, kinds):
            return translate(error)
    return None


def _invalid(detail: Any) -> ApiError:
    fields = detail if isinstance(detail, dict) else {"": detail}
    words = {name: [str(word) for word in _flat(value)] for name, value in fields.items()}
    first = next(iter(words.items()), ("", [gettext("Something is not right.")]))
    return Invalid(f"{first[0]}: {first[1][0]}".lstrip(": "), words)


def _flat(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [word for inner in value.values() for word in _flat(inner)]
    return (
        [word for inner in value for word in _flat(inner)] if isinstance(value, list) else [value]
    )


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's hook: the contract's error body, `Retry-After` where it makes sense."""
    refusal = as_api_error(error)
    if refusal is None:
        return None
    response = Response({"error": refusal.as_dict()}, status=refusal.status)
    if refusal.retry_after is not None:
        response["Retry-After"] = str(max(1, round(refusal.retry_after)))
    if refusal.status == NotSignedIn().status:
        response["WWW-Authenticate"] = 'Bearer realm="syncwatch"'
    if isinstance(error, UNREACHABLE):
        log.error("a part of the server is away: %s", error)
    return response
