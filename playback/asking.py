"""Asking for a deed that only others may do: the question, and what became of it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from playback.protocol import Answer, Answered, Request, Requested
from rooms import gateway
from syncwatch.lib.errors import Invalid

# What each deed may carry, and nothing else: whoever grants it does exactly what they read.
CARRIES = {"play": "", "pause": "", "seek": "position", "rate": "rate", "load": "item_id"}
HOLDERS = "control"  # exactly those who can do what is asked for
GRANTERS = "moderate"  # those who can give more than that


async def ask(*, code: str, person: Mapping[str, Any], may: bool, question: Request) -> None:
    """A deed is asked of those who can do it; anything else, and what somebody may do already, of
    those who can grant it; but of nobody whom a block keeps apart from the asker.
    """
    _check(question)
    event = Requested(
        person=dict(person), action=question.action, position=question.position,
        rate=question.rate, item_id=question.item_id,
    )  # fmt: skip
    asked = HOLDERS if question.action in CARRIES and not may else GRANTERS
    await gateway.pass_(code, event, gateway.able(asked, asked_by=person["id"]))


def _check(question: Request) -> None:
    for field in ("position", "rate", "item_id"):
        carried = getattr(question, field) is not None
        if carried and field != CARRIES.get(question.action):
            words = gettext("“{action}” is not asked for with this.")
            told = words.format(action=question.action)
            raise Invalid(told, {field: [told]})


async def answer(*, code: str, by: str, answer: Answer) -> None:
    """Tell the asker, and everybody who was asked, so that nobody answers twice."""
    event = Answered(user_id=answer.user_id, action=answer.action, granted=answer.granted, by=by)
    await gateway.pass_(code, event, f"user:{answer.user_id}")
    asked = HOLDERS if answer.action in CARRIES else GRANTERS
    await gateway.pass_(code, event, gateway.able(asked, asked_by=answer.user_id))
