"""Pure decisions about people."""

import datetime

ASIDE_FOR = datetime.timedelta(days=30)


def still_aside(declined_at: datetime.datetime | None, *, now: datetime.datetime) -> bool:
    """Does an ask to be friends that was put aside keep the next one of the same person aside?"""
    return declined_at is not None and now < declined_at + ASIDE_FOR
