"""The refusals of the auth service, in the catalogue."""

from django.utils.translation import gettext

from syncwatch.lib.errors import ApiError, Forbidden, register

WRONG_CREDENTIALS = register(
    "wrong_credentials", status=401, when="Username and password do not belong together.",
    recover="Type them again. Nobody is told which of the two was wrong.",
)  # fmt: skip
WRONG_PASSWORD = register(
    "wrong_password", status=403, when="A password is wrong: one's own, asked again, or a room's.",
    recover="Type it again; a room's is known to whoever told you about it.",
)  # fmt: skip
USERNAME_TAKEN = register(
    "username_taken", status=409, when="Somebody has this username, in whatever case.",
    recover="Choose another.",
)  # fmt: skip
ACCOUNT_NEEDED = register(
    "account_needed", status=403, when="A guest asked for something that only an account has.",
    recover="POST /api/auth/upgrade/ keeps everything and adds a name and a password.",
)  # fmt: skip
NOT_A_GUEST = register(
    "not_a_guest", status=409, when="An upgrade was asked for by somebody who has an account.",
    recover="Nothing to do.",
)  # fmt: skip
ORIGIN_REFUSED = register(
    "origin_refused", status=403, when="The Origin header names a site that is not this one.",
    recover="Call from a page of this site, or have the operator add CORS_ALLOWED_ORIGINS.",
)  # fmt: skip
CSRF_FAILED = register(
    "csrf_failed", status=403, when="A request signed by cookie came without its CSRF token.",
    recover="Send the `csrftoken` cookie's value as X-CSRFToken.",
)  # fmt: skip


def wrong_credentials() -> ApiError:
    return ApiError(
        WRONG_CREDENTIALS, gettext("This username and password do not belong together. Try again.")
    )


def wrong_password(field: str) -> ApiError:
    words = gettext("This is not your current password.")
    return ApiError(WRONG_PASSWORD, words, fields={field: [words]})


def username_taken() -> ApiError:
    words = gettext("This username is taken. Please choose another.")
    return ApiError(USERNAME_TAKEN, words, fields={"username": [words]})


def account_needed() -> ApiError:
    return Forbidden(ACCOUNT_NEEDED, gettext("Guests have no password. Make an account first."))


def not_a_guest() -> ApiError:
    return ApiError(NOT_A_GUEST, gettext("You have an account already."))


def origin_refused() -> ApiError:
    return Forbidden(
        ORIGIN_REFUSED, gettext("This request came from another site and was refused.")
    )


def csrf_failed() -> ApiError:
    return Forbidden(CSRF_FAILED, gettext("This page is too old to act. Load it again."))
