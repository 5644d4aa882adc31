"""The last pages: not found, not allowed, our fault. JSON under /api/, a page elsewhere."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext

from syncwatch.lib.errors import SERVER_ERROR, ApiError, Forbidden, NotFound


def _answer(request: HttpRequest, error: ApiError, template: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        return JsonResponse({"error": error.as_dict()}, status=error.status)
    return render(request, template, status=error.status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, NotFound(), "404.html")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, Forbidden(), "403.html")


def too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without the token of its page."""
    return _answer(request, Forbidden(), "403.html")


def server_error(request: HttpRequest) -> HttpResponse:
    fault = ApiError(SERVER_ERROR, gettext("Something broke on our side. It is in the log."))
    return _answer(request, fault, "500.html")
