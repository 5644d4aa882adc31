"""The token in the path of a film's addresses: until when, for whom, and that we said so.

`<exp>.<signed>~<scope>~<scope>.<mac>` with `exp` in seconds and `signed` in milliseconds of server
time. A scope is a word that can be revoked by itself; who calls `sign` decides what it stands for.
The MAC covers all of it and the film, so a token opens one film and nothing else.
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext

from syncwatch.lib import clock, signing
from syncwatch.lib.errors import Forbidden, register

PURPOSE = "media"
LONGEST = 400  # characters; ours have about 140
_SCOPE = re.compile(r"[A-Za-z0-9-]{1,64}")
_SHAPE = re.compile(
    rf"([0-9]{{1,12}})\.(([0-9]{{1,15}})((?:~{_SCOPE.pattern})+))\.([A-Za-z0-9_-]{{22}})"
)

MEDIA_DENIED = register(
    "media_denied", status=403,
    when="An address of a film is not signed by this server, for another film, or over.",
    recover="Ask for a new one: GET /api/videos/{id}/ or POST …/queue/{item_id}/play/.",
)  # fmt: skip


@dataclass(frozen=True)
class Token:
    """A token whose MAC was right and whose time is not over."""

    expires_s: int
    signed_ms: int
    scopes: tuple[str, ...]


def sign(video_id: str, *, scopes: tuple[str, ...], signed_ms: int, expires_s: int) -> str:
    if not all(_SCOPE.fullmatch(scope) for scope in scopes):
        raise ValueError(f"not usable as scopes of an address: {scopes}")
    scope = "~".join([str(signed_ms), *scopes])
    mac = signing.hmac_b64(PURPOSE, _message(expires_s, scope, video_id))
    return f"{expires_s}.{scope}.{mac}"


def _message(expires_s: int | str, scope: str, video_id: str) -> bytes:
    return f"{expires_s}.{scope}/{video_id}".encode()


def read(text: str, video_id: str) -> Token:
    """The token for this very film, still good. Raises Forbidden."""
    found = _SHAPE.fullmatch(text) if len(text) <= LONGEST else None
    if found is None:
        raise denied(gettext("This address is not signed."))
    expires_s, scope, signed_ms, scopes, mac = found.groups()
    if not signing.verify(PURPOSE, _message(expires_s, scope, video_id), mac):
        raise denied(gettext("This address was not signed for this film."))
    if int(expires_s) * 1000 <= clock.server_ms():
        raise denied(gettext("This address is over. Ask for a new one."))
    return Token(int(expires_s), int(signed_ms), tuple(scopes[1:].split("~")))


def denied(words: str) -> Forbidden:
    return Forbidden(MEDIA_DENIED, words)
