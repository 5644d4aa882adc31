"""Writes: a person's picture set and taken away, by themselves or by staff."""

import logging

from django.db import transaction

from accounts import audit
from accounts.models import User
from accounts.people import person_told
from accounts.pictures import files
from syncwatch.lib.errors import Unavailable
from syncwatch.lib.ids import b32
from syncwatch.lib.pictures import squares

log = logging.getLogger(__name__)
TOKEN_LENGTH = 32  # 160 bits: whoever was shown the picture knows its address, nobody else
MAX_BYTES = 3_000_000
MIN_SIDE_PX = 32


def picture_set(*, user: User, raw: bytes) -> User:
    """Show this picture from now on. Open rooms see it at once; the one before is gone."""
    drawn = squares(
        raw, sides_px=files.SIZES, least_px=MIN_SIDE_PX, bytes_max=MAX_BYTES, what="file"
    )
    token = b32(TOKEN_LENGTH)
    try:
        files.put(token, {side: one.data for side, one in drawn.items()})
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
