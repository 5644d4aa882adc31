"""The pictures themselves, `/emotes/….webp`. Who knows an address was told it in the room."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from chat.emotes.models import Emote
from syncwatch.lib.pictures import TYPE

HEADERS = {
    # Made of the bytes, an address never means others.
    "Cache-Control": "private, max-age=31536000, immutable",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}


@require_safe
def picture(request: HttpRequest, address: str) -> HttpResponse:
    found = Emote.objects.filter(address=address).values_list("data", flat=True).first()
    if found is None:
        raise Http404
    return HttpResponse(bytes(found), content_type=TYPE, headers=HEADERS)
