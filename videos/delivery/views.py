"""The door of delivery: signed addresses in, playlists and segments out.

In the embedded default this view sends the bytes. With nginx in front, nginx sends them and asks
`/media/auth` about each request (`auth_request`): it passes the original address in
`X-Original-URI` and gets 204 or 403. The same check runs in both, on the address as it was sent;
one that is not plain (dots, escapes, double slashes) is refused, so both see the same object.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext, gettext_lazy

from syncwatch.lib.errors import ApiError, Forbidden, NotFound
from videos.delivery import names, ranges, revocation, sources, tokens
from videos.delivery.addresses import ROOT
from videos.delivery.names import PLAYLIST, Asked
from videos.delivery.ranges import Facts, Verdict
from videos.delivery.sources import Opened, Pieces, in_thread
from videos.errors import storage_refusal
from videos.storage import MissingError, StorageError, hls_prefix, told

NOT_HERE = gettext_lazy("There is no such part of this film.")
OK, PARTIAL, UNSATISFIABLE = 200, 206, 416
METHODS = ("GET", "HEAD")
LOOKS = 3  # how often an object may change between looking and opening
ORIGINAL = "X-Original-URI"


async def media(request: HttpRequest, rest: str) -> HttpResponseBase:
    """One object of a film. A bad token is 403 whatever it asks for; then unknown names are 404."""
    if request.method not in METHODS:
        return HttpResponse(status=405, headers={"Allow": ", ".join(METHODS)})
    try:
        wanted = await _allowed(rest)
        return _dressed(await _answer(request, wanted))
    except ApiError as refusal:
        return _refused(refusal)


async def auth(request: HttpRequest) -> HttpResponseBase:
    """For nginx: may this request have what it asks for?"""
    path = urlsplit(request.headers.get(ORIGINAL, "")).path
    try:
        wanted = await _allowed(path.removeprefix(ROOT) if path.startswith(ROOT) else "")
        if names.ending_of(wanted.name) is None:
            raise Forbidden(tokens.MEDIA_DENIED, NOT_HERE)  # nginx knows only 401 and 403
    except ApiError as refusal:
        return _refused(refusal)
    return HttpResponse(status=204, headers={"Cache-Control": "no-store"})


async def _allowed(rest: str) -> Asked:
    wanted = names.asked(rest)
    if wanted is None:
        raise tokens.denied(gettext("This address is not signed."))
    await revocation.require_valid(tokens.read(wanted.token, wanted.video_id), wanted.video_id)
    return wanted


async def _answer(request: HttpRequest, wanted: Asked) -> HttpResponseBase:
    ending = names.ending_of(wanted.name)
    if ending is None:
        raise NotFound(NOT_HERE)
    key = f"{hls_prefix(wanted.video_id)}/{wanted.name}"
    try:
        if ending == PLAYLIST:
            return await _playlist(request, key)
        response = await _object(request, key)
    except MissingError as error:
        raise NotFound(NOT_HERE) from error
    except StorageError as error:
        raise storage_refusal(error) from error
    if response.status_code != UNSATISFIABLE:
        response["Cache-Control"] = names.keep(ending)
        response["Content-Type"] = names.KINDS[ending]
    return response


async def _playlist(request: HttpRequest, key: str) -> HttpResponseBase:
    """Small and perhaps growing: read at once, so that one answer shows one state of it."""
    facts, content = await in_thread(_read, key)
    decided = ranges.verdict(_headers(request), facts)
    part = content[decided.start : decided.start + decided.length]
    response = HttpResponse(part if request.method == "GET" else b"", status=decided.status)
    if decided.status != UNSATISFIABLE:
        response["Cache-Control"] = names.keep_playlist(content)
        response["Content-Type"] = names.KINDS[PLAYLIST]
    return _described(response, decided, facts)


def _read(key: str) -> tuple[Facts, bytes]:
    opened = sources.open_whole(key)
    try:
        with told():
            return opened.facts, opened.body.read(opened.facts.size)
    finally:
        opened.body.close()


async def _object(request: HttpRequest, key: str) -> HttpResponseBase:
    headers = _headers(request)
    if request.method == "GET" and not any(name in headers for name in ranges.CONDITIONS):
        opened = await in_thread(sources.open_whole, key)
        whole = Verdict(OK, 0, opened.facts.size)
        return _described(_streamed(opened, whole), whole, opened.facts)
    for _ in range(LOOKS):
        facts = await in_thread(sources.look, key)
        decided = ranges.verdict(headers, facts)
        if request.method == "HEAD" or not decided.length:
            return _described(HttpResponse(status=decided.status), decided, facts)
        opened = await in_thread(sources.open_part, key, decided.start, decided.length)
        if opened.facts.etag == facts.etag:
            return _described(_streamed(opened, decided), decided, facts)
        await in_thread(opened.body.close)
    raise StorageError(RuntimeError(f"{key} changes all the time"))


def _headers(request: HttpRequest) -> dict[str, str]:
    """By lower-case names. A range is a matter of GET alone."""
    headers = {name.lower(): value for name, value in request.headers.items()}
    if request.method != "GET":
        headers.pop("range", None)
    return headers


def _streamed(opened: Opened, decided: Verdict) -> StreamingHttpResponse:
    return StreamingHttpResponse(Pieces(opened.body, decided.length), status=decided.status)


Described = HttpResponse | StreamingHttpResponse


def _described(response: Described, decided: Verdict, facts: Facts) -> Described:
    """The headers that say which bytes of what these are."""
    response["Accept-Ranges"] = "bytes"
    if decided.status == UNSATISFIABLE:
        response["Content-Range"] = f"bytes */{facts.size}"
        response["Cache-Control"] = "no-store"
        return response
    response["ETag"] = facts.etag
    response["Last-Modified"] = facts.last_modified
    if decided.status in (OK, PARTIAL):
        response["Content-Length"] = str(decided.length)
    if decided.status == PARTIAL:
        last = decided.start + decided.length - 1
        response["Content-Range"] = f"bytes {decided.start}-{last}/{facts.size}"
    return response


def _dressed(response: HttpResponseBase) -> HttpResponseBase:
    """Who else's pages may use it: those of listed origins, and ours when a CDN is in between."""
    if settings.MEDIA_CDN_URL or settings.CORS_ALLOWED_ORIGINS:
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
    if settings.MEDIA_CDN_URL and settings.PUBLIC_URL:
        response["Access-Control-Allow-Origin"] = settings.PUBLIC_URL
    return response


def _refused(refusal: ApiError) -> HttpResponseBase:
    response = JsonResponse({"error": refusal.as_dict()}, status=refusal.status)
    response["Cache-Control"] = "no-store"
    if refusal.retry_after is not None:
        response["Retry-After"] = str(max(1, round(refusal.retry_after)))
    return _dressed(response)
