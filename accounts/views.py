"""Pages: sign in, make an account, one's own account. Their scripts talk to the API."""

import contextlib

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods, require_safe

from accounts import cookies, models, selectors, services, sessions
from accounts.models import RefreshSession, User
from syncwatch.lib.errors import NotSignedIn

AFTER_SIGN_IN = "/home"
FIELDS = {
    "username_max": models.USERNAME_MAX,
    "username_pattern": models.USERNAME_PATTERN.removeprefix("^").removesuffix("\\Z"),
    "username_words": models.USERNAME_WORDS,
    "display_name_max": models.DISPLAY_NAME_MAX,
}


def _next(request: HttpRequest) -> str:
    """Where to go afterwards: an address of this site, never another one's."""
    wanted = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else AFTER_SIGN_IN


def _door(request: HttpRequest, template: str) -> HttpResponse:
    """A guest may still want an account; whoever has one is let through."""
    user = request.user
    if isinstance(user, User) and not user.is_guest:
        return redirect(_next(request))
    return render(request, template, {"next": _next(request), "fields": FIELDS})


@require_safe
@ensure_csrf_cookie
def login(request: HttpRequest) -> HttpResponse:
    return _door(request, "accounts/login.html")


@require_safe
@ensure_csrf_cookie
def register(request: HttpRequest) -> HttpResponse:
    return _door(request, "accounts/register.html")


@require_safe
@ensure_csrf_cookie
def account(request: HttpRequest) -> HttpResponse:
    user = request.user
    if not isinstance(user, User):
        return redirect(f"{settings.LOGIN_URL}?next=/account")
    context = {
        "account": selectors.account(user),
        "languages": settings.LANGUAGES,
        "themes": models.Theme.choices,
        "presence_choices": models.PresenceShown.choices,
        "fields": FIELDS,
        "grace_days": services.GRACE_DAYS,
    }
    return render(request, "accounts/account.html", context)


def _session_of(request: HttpRequest) -> RefreshSession:
    """By whichever of the two cookies is still valid."""
    try:
        return sessions.authenticate_token(cookies.access_of(request.COOKIES)).session
    except NotSignedIn:
        return sessions.authenticate_refresh(cookies.refresh_of(request.COOKIES))


@require_http_methods(["GET", "HEAD", "POST"])
def logout(request: HttpRequest) -> HttpResponse:
    """POST signs out; following a link here changes nothing, so no other site can do it."""
    if request.method != "POST":
        return redirect("account")
    with contextlib.suppress(NotSignedIn):  # signed out already
        sessions.session_end(_session_of(request))
    response = redirect("landing")
    cookies.drop(response)
    return response
