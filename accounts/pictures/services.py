"""Writes: a person's picture set and taken away, by themselves or by staff."""

import logging

from django.db import transaction
from django.utils.translation import gettext_lazy

from accounts import audit
from accounts.models import User
from accounts.people import person_told
from accounts.pictures import drawing, files, rules
from accounts.pictures.rules import Refusal, RefusedError
from syncwatch.lib.errors import Invalid, Unavailable
from syncwatch.lib.ids import b32

log = logging.getLogger(__name__)
TOKEN_LENGTH = 32  # 160 bits: whoever was shown the picture knows its address, nobody else
WORDS = {
    Refusal.EMPTY: gettext_lazy("There is nothing in this file. Choose another one."),
    Refusal.TOO_LARGE: gettext_lazy("This file has more than 3 MB. Choose a smaller picture."),
    Refusal.DRAWING: gettext_lazy(
        "An SVG is a program that draws. Save it as PNG, and choose that file."
    ),
    Refusal.UNKNOWN: gettext_lazy("This is no PNG, JPEG or WebP. Choose a picture of these kinds."),
    Refusal.BROKEN: gettext_lazy("This picture is damaged or ends early. Save it anew and retry."),
    Refusal.MOVING: gettext_lazy("This picture moves. Choose one that stands still."),
    Refusal.MORE_BEHIND: gettext_lazy(
        "Behind this picture the file goes on with something else. Save it anew and retry."
    ),
    Refusal.TOO_SMALL: gettext_lazy("This picture is too small: 32 pixels a side is the least."),
    Refusal.TOO_MANY_PIXELS: gettext_lazy(
        "This picture has more than 25 million pixels. Choose a smaller one."
    ),
}


def refused(why: Refusal) -> Invalid:
    words = str(WORDS[why])
    return Invalid(words, {"file": [words]})


def picture_set(*, user: User, raw: bytes) -> User:
    """Show this picture from now on. Open rooms see it at once; the one before is gone."""
    try:
        drawn = drawing.squares(raw, rules.looked_at(raw))
    except RefusedError as error:
        raise refused(error.why) from None
    token = b32(TOKEN_LENGTH)
    try:
        files.put(token, drawn)
        _shown_from_now(user, token)
    except OSError as error:
        _drop(token)
        log.warning("no picture stored: %s", error)
        raise Unavailable from error
    except BaseException:
        _drop(token)
        raise
    return user


@transaction.atomic
def _shown_from_now(user: User, token: str | None) -> bool:
    """False where there was none to take away. The row decides; bytes follow after the commit, and
    what a storage that is away keeps, the sweep takes later.
    """
    before = User.objects.select_for_update(no_key=True).get(pk=user.pk).picture_token
    if before == token:
        return False
    User.objects.filter(pk=user.pk).update(picture_token=token)
    user.picture_token = token
    if before:
        transaction.on_commit(lambda: _drop(before))
    person_told(user)
    return True


def _drop(token: str) -> None:
    try:
        files.drop(token)
    except OSError as error:
        log.warning("a picture waits for the sweep: %s", error)


def picture_remove(*, user: User) -> bool:
    """Initials again; said twice it stays so."""
    return _shown_from_now(user, None)


@transaction.atomic
def picture_take_down(*, actor: User, user: User) -> bool:
    """Staff take a person's picture away; False where there was none any more."""
    if not picture_remove(user=user):
        return False
    audit.record(actor, "account.picture_remove", user.pk)
    return True


def leftovers_drop() -> int:
    """Bytes that no person shows: what a killed process or a storage that was away left behind."""
    settled = files.settled()
    shown = User.objects.filter(picture_token__in=settled)
    known = set(shown.values_list("picture_token", flat=True))
    gone = [token for token in settled if token not in known]
    for token in gone:
        files.drop(token)
    return len(gone)
