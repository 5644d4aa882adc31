"""Asking for a deed that only others may do: the question, and what became of it."""

from collections.abc import Mapping
from typing import Any

from playback.protocol import Answer, Answered, Request, Requested
from rooms import gateway
from syncwatch.lib.errors import Conflict, register

MAY_ALREADY = register(
    "may_already", status=409, when="Somebody asks for a deed that they may do themselves.",
    recover="Do it.",
)  # fmt: skip
ASKED = "cap:control"  # exactly those who can do what is asked for


async def ask(*, code: str, person: Mapping[str, Any], may: bool, question: Request) -> None:
    if may:
        raise Conflict(MAY_ALREADY, "You need not ask: you may do this yourself.")
    event = Requested(
        person=dict(person), action=question.action, position=question.position,
        rate=question.rate, item_id=question.item_id,
    )  # fmt: skip
    await gateway.pass_(code, event, ASKED)


async def answer(*, code: str, by: str, answer: Answer) -> None:
    """Tell the asker, and everybody who was asked, so that nobody answers twice."""
    event = Answered(user_id=answer.user_id, action=answer.action, granted=answer.granted, by=by)
    await gateway.pass_(code, event, f"user:{answer.user_id}")
    await gateway.pass_(code, event, ASKED)
