"""The refusals of the auth service, in the catalogue."""

import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext

from syncwatch.lib.errors import ApiError, Conflict, Forbidden, Invalid, register

WRONG_CREDENTIALS = register(
    "wrong_credentials", status=401, when="Username and password do not belong together.",
    recover="Type them again. Nobody is told which of the two was wrong.",
)  # fmt: skip
WRONG_PASSWORD = register(
    "wrong_password", status=403, when="A password is wrong: one's own, asked again, or a room's.",
    recover="Type it again; a room's is known to whoever told you about it.",
)  # fmt: skip
ACCOUNT_SUSPENDED = register(
    "account_suspended", status=403, when="The person was shut out by those who run the site.",
    recover="Wait until the day that the message names, or ask those who run the site.",
)  # fmt: skip
ACCOUNT_CLOSING = register(
    "account_closing", status=409, when="A closed account's right password, with `if_closed: ask`.",
    recover="Ask the person. The same without `if_closed` brings the account back.",
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

ALREADY_FRIENDS = register(
    "already_friends", status=409, when="An ask to somebody who is a friend.",
    recover="Nothing to do.",
)  # fmt: skip
ALREADY_ASKED = register(
    "already_asked", status=409, when="A second ask to somebody who has not answered.",
    recover="Wait, or take it back: DELETE /api/friends/{user_id}/.",
)  # fmt: skip
FRIENDS_FULL = register(
    "friends_full", status=409, when="One of the two has as many friends as anybody can have.",
    recover="End a friendship, or take asks back.",
)  # fmt: skip
BLOCKED_BY_YOU = register(
    "blocked_by_you", status=409, when="An ask to somebody whom the person blocked.",
    recover="DELETE /api/friends/{user_id}/block/ first.",
)  # fmt: skip
HAS_NO_ACCOUNT = register(
    "has_no_account", status=409, when="An ask to a guest; guests have no friends.",
    recover="Ask them again once they made an account.",
)  # fmt: skip


def wrong_credentials() -> ApiError:
    return ApiError(
        WRONG_CREDENTIALS, gettext("This username and password do not belong together. Try again.")
    )


def account_suspended(reason: str, until: datetime.datetime | None) -> ApiError:
    words = gettext("This account is suspended. Ask the people who run this site.")
    if until is not None:
        when = date_format(until, "DATETIME_FORMAT")
        words = gettext("This account is suspended until {when} (UTC).").format(when=when)
    told = gettext("The reason given: {reason}").format(reason=reason) if reason else ""
    return ApiError(ACCOUNT_SUSPENDED, f"{words} {told}".strip())


def account_closing(until: datetime.datetime) -> ApiError:
    words = gettext("This account is closed. On {day} everything in it is erased.")
    return Conflict(ACCOUNT_CLOSING, words.format(day=date_format(until, "DATE_FORMAT")))


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


def friends_need_account() -> ApiError:
    words = gettext("Friends need an account. Make one first; it keeps everything you have.")
    return Forbidden(ACCOUNT_NEEDED, words)


def friend_of_oneself() -> ApiError:
    words = gettext("This is you. Ask somebody else.")
    return Invalid(words, {"username": [words]})


def block_of_oneself() -> ApiError:
    return Invalid(gettext("You cannot block yourself."))


def guest_has_no_friends(name: str) -> ApiError:
    words = gettext(
        "{name} is here as a guest. Guests can become friends once they have an account."
    )
    return Conflict(HAS_NO_ACCOUNT, words.format(name=name))


def already_friends(name: str) -> ApiError:
    return Conflict(
        ALREADY_FRIENDS, gettext("You and {name} are friends already.").format(name=name)
    )


def already_asked(name: str) -> ApiError:
    words = gettext("You asked {name} already. There is no answer yet.").format(name=name)
    return Conflict(ALREADY_ASKED, words)


def friends_full(most: int) -> ApiError:
    words = gettext("You have {most} friends and open asks, the most. Take one away first.")
    return Conflict(FRIENDS_FULL, words.format(most=most))


def their_friends_full(name: str) -> ApiError:
    words = gettext("{name} has as many friends as anybody can have.").format(name=name)
    return Conflict(FRIENDS_FULL, words)


def blocked_by_you(name: str) -> ApiError:
    words = gettext("You blocked {name}. Unblock them first.").format(name=name)
    return Conflict(BLOCKED_BY_YOU, words)


def blocks_full(most: int) -> ApiError:
    words = gettext("You blocked {most} people, the most. Unblock somebody first.")
    return Conflict(message=words.format(most=most))


def no_such_ask() -> str:
    return gettext("This ask is not there any more.")


def no_such_friend() -> str:
    return gettext("You are not friends with this person.")


def no_such_block() -> str:
    return gettext("You have not blocked this person.")
