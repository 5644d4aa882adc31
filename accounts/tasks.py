"""Background work of the auth service."""

import logging

from celery import shared_task

from accounts import services, suspension
from accounts.friends import asks_forget
from accounts.models import RefreshSession
from accounts.pictures.services import leftovers_drop
from syncwatch.lib import clock

log = logging.getLogger(__name__)


@shared_task
def sweep() -> None:
    """Erase accounts whose grace is over, let in whose suspension is over, forget sessions that
    ended long ago, and asks that were taken back. Repeatable.
    """
    for user in services.accounts_due():
        services.account_erase(user=user)
        log.info("account %s erased after its days of grace", user.id)
    for user in suspension.over():
        suspension.account_restore(actor=None, user=user)
    _pictures_swept()
    RefreshSession.objects.filter(expires_at__lte=clock.now()).delete()
    asks_forget()


def _pictures_swept() -> None:
    """A storage that is away keeps nobody's account from being erased."""
    try:
        leftovers_drop()
    except OSError as error:
        log.warning("pictures were not looked through: %s", error)
