"""Pages of films: upload and library, one film. Their scripts talk to the API."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from accounts.models import User
from syncwatch.lib.errors import NotFound
from videos import access


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    return redirect(f"{settings.LOGIN_URL}?next={request.path}")


@require_safe
@ensure_csrf_cookie
def videos_page(request: HttpRequest) -> HttpResponse:
    """Upload and library."""
    if not isinstance(request.user, User):
        return _to_sign_in(request)
    limits = {"max_upload_bytes": settings.MAX_UPLOAD_BYTES, "quota": settings.USER_QUOTA_BYTES}
    return render(request, "videos/videos.html", limits)


@require_safe
@ensure_csrf_cookie
def video_page(request: HttpRequest, video_id: str) -> HttpResponse:
    """One film of one's own; absent and somebody else's look the same."""
    if not isinstance(request.user, User):
        return _to_sign_in(request)
    try:
        video = access.video_for(request.user, video_id)
    except NotFound as error:
        return render(request, "404.html", status=error.status)
    return render(request, "videos/video.html", {"video": video})
