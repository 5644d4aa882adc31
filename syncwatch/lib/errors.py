"""What can go wrong, in words for people: one catalogue for the HTTP API and the room socket."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

Words = str | Promise  # what a module says before it knows to whom


@dataclass(frozen=True)
class Entry:
    """A row of the catalogue: when a code is sent and what the client can do about it."""

    status: int
    when: str
    recover: str


CATALOGUE: dict[str, Entry] = {}


def register(code: str, *, status: int, when: str, recover: str) -> str:
    """Put a code into the catalogue. Raising a code that has no row is a programming error."""
    if code in CATALOGUE:
        raise ValueError(f"The code {code!r} has a row already; one code means one thing.")
    CATALOGUE[code] = Entry(status, when, recover)
    return code


class ApiError(Exception):
    """A refusal that travels to the client as `{code, message, fields?, retry_after?}`."""

    def __init__(
        self,
        code: str,
        message: Words,
        *,
        status: int | None = None,
        fields: dict[str, list[str]] | None = None,
        retry_after: float | None = None,
    ) -> None:
        self.message = str(message)  # now, in the language of whoever asked
        super().__init__(self.message)
        self.code = code
        self.status = status or CATALOGUE[code].status
        self.fields = fields
        self.retry_after = retry_after

    def as_dict(self) -> dict[str, Any]:
        body: dict[str, Any] = {"code": self.code, "message": self.message}
        if self.fields:
            body["fields"] = self.fields
        if self.retry_after is not None:
            body["retry_after"] = round(self.retry_after, 1)
        return body


INVALID = register(
    "invalid", status=400, when="A field is missing, unknown or out of range.",
    recover="Correct what `fields` names.",
)  # fmt: skip
MALFORMED = register(
    "malformed", status=400, when="The body or frame is not JSON of the expected shape.",
    recover="Send what the protocol describes.",
)  # fmt: skip
NOT_SIGNED_IN = register(
    "not_signed_in", status=401, when="No valid access token came with the request.",
    recover="Refresh, or sign in again.",
)  # fmt: skip
FORBIDDEN = register(
    "forbidden", status=403, when="The person may see this but not do that.",
    recover="Ask somebody whom the message names.",
)  # fmt: skip
NOT_FOUND = register(
    "not_found", status=404, when="It does not exist, or is hidden from this person.",
    recover="Check the address.",
)  # fmt: skip
CONFLICT = register(
    "conflict", status=409, when="It changed in the meantime, or exists already.",
    recover="Look again, then decide.",
)  # fmt: skip
RATE_LIMITED = register(
    "rate_limited", status=429, when="Too many requests or frames of one kind.",
    recover="Wait `retry_after` seconds.",
)  # fmt: skip
UNAVAILABLE = register(
    "unavailable", status=503, when="A part of the server does not answer right now.",
    recover="Try again after `retry_after` seconds; nothing was changed.",
)  # fmt: skip
SERVER_ERROR = register(
    "server_error", status=500, when="A fault of ours; it is in the log.",
    recover="Try again; report it if it stays.",
)  # fmt: skip


class Invalid(ApiError):
    def __init__(self, message: Words, fields: dict[str, list[str]] | None = None) -> None:
        super().__init__(INVALID, message, fields=fields)


class Malformed(ApiError):
    def __init__(
        self, message: Words = gettext_lazy("This is not JSON of the expected shape.")
    ) -> None:
        super().__init__(MALFORMED, message)


class NotSignedIn(ApiError):
    def __init__(self, message: Words = gettext_lazy("Sign in first.")) -> None:
        super().__init__(NOT_SIGNED_IN, message)


class Forbidden(ApiError):
    def __init__(
        self, code: str = FORBIDDEN, message: Words = gettext_lazy("You may not do this.")
    ) -> None:
        super().__init__(code, message, status=403)


class NotFound(ApiError):
    def __init__(self, message: Words = gettext_lazy("There is nothing here.")) -> None:
        super().__init__(NOT_FOUND, message)


class Conflict(ApiError):
    def __init__(
        self, code: str = CONFLICT, message: Words = gettext_lazy("This changed meanwhile.")
    ) -> None:
        super().__init__(code, message, status=409)


class TooMany(ApiError):
    def __init__(self, retry_after: float, message: str = "") -> None:
        wait = gettext("That was a lot at once. Try again in {seconds} s.")
        words = message or wait.format(seconds=max(1, round(retry_after)))
        super().__init__(RATE_LIMITED, words, retry_after=retry_after)


class Unavailable(ApiError):
    def __init__(
        self, message: Words = gettext_lazy("The server is catching its breath. Try again.")
    ) -> None:
        super().__init__(UNAVAILABLE, message, retry_after=2)
