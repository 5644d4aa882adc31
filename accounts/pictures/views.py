"""The address of a picture: whoever knows it was shown the person."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.pictures import files
from accounts.pictures.files import SIZES

A_DAY_S = 86_400


@require_safe
def picture(request: HttpRequest, token: str, side: int) -> HttpResponse:
    """Gone from here the moment it is taken away; a browser that has it may show it for a day."""
    known = token.isascii() and side in SIZES
    if not known or not User.objects.filter(picture_token=token).exists():
        raise Http404
    try:
        content = files.read(token, side)
    except OSError:
        raise Http404 from None
    return HttpResponse(
        content,
        content_type="image/webp",
        headers={
            "Cache-Control": f"private, max-age={A_DAY_S}, immutable",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Content-Disposition": "inline",
        },
    )
