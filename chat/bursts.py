"""Floating reactions: told to everybody who is here, and never kept."""

from django.utils.translation import gettext

from chat import rules
from chat.protocol import Burst
from rooms import gateway
from syncwatch.lib import rate
from syncwatch.lib.errors import Invalid, TooMany


async def burst(*, code: str, by: str, sign: str, count: int) -> None:
    """Let a reaction float over the film. Where hundreds react at once some are left out: the
    picture is as full without them, and whoever sent one did nothing wrong.
    """
    emoji = rules.reaction(sign)
    if emoji is None:
        said = gettext("Reactions are {signs}. Choose one of them.")
        words = said.format(signs=" ".join(rules.REACTIONS))
        raise Invalid(words, {"emoji": [words]})
    try:
        await rate.check("react_room", code)
    except TooMany:
        return
    await gateway.pass_(code, Burst(by=by, emoji=emoji, count=count))
