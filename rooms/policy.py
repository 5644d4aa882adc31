"""The one policy table: what each role may do, and what each frame of the socket asks for.

Deny by default: a frame without a row here is refused, and a test fails for it. What a person may
do is what their role says, and then each right of their own that still holds.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext, gettext_noop

from syncwatch.lib.errors import Forbidden, register

CAPABILITIES = ("control", "queue", "chat", "voice", "invite", "moderate", "settings")

ROLES: dict[str, frozenset[str]] = {
    "owner": frozenset({"queue", "chat", "voice", "invite", "moderate", "settings"}),
    "moderator": frozenset({"queue", "chat", "voice", "invite", "moderate"}),
    "member": frozenset({"queue", "chat", "voice", "invite"}),
    "guest": frozenset({"queue", "chat", "voice"}),
}

# Who holds the remote, by the room's setting.
CONTROL: dict[str, frozenset[str]] = {
    "owner": frozenset({"owner"}),
    "moderators": frozenset({"owner", "moderator"}),
    "everyone": frozenset(ROLES),
}

PRESENT = ""  # being in the room is enough

POLICY: dict[str, str] = {
    "room:resume": PRESENT,
    "auth:renew": PRESENT,
    "room:away": PRESENT,
    "evening:ready": PRESENT,
    "sync:ping": PRESENT,
    "sync:status": PRESENT,
    "sync:request": PRESENT,
    "sync:answer": "control",
    "sync:play": "control",
    "sync:pause": "control",
    "sync:seek": "control",
    "sync:rate": "control",
    "sync:load": "control",
    "sync:length": "control",
    "chat:send": "chat",
    "chat:edit": "chat",
    "chat:delete": "chat",
    "chat:react": "chat",
    "chat:clear": "moderate",
    "chat:pin": "moderate",
    "chat:read": PRESENT,
    "chat:typing": "chat",
    "poll:open": "chat",
    "poll:vote": "chat",
    "poll:close": "chat",
    "react:burst": "chat",
    "voice:join": "voice",
    "voice:leave": PRESENT,
    "voice:state": "voice",
    "voice:signal": "voice",
    "voice:remove": "moderate",
    "voice:hush": "moderate",
}

WORDS = {
    "control": gettext_noop("Only {who} can give you the remote. Ask them."),
    "queue": gettext_noop("You may not change the queue of this room. Only {who} can let you."),
    "chat": gettext_noop("You may not write in this room. Only {who} can let you."),
    "voice": gettext_noop("You may not talk in this room. Only {who} can let you."),
    "invite": gettext_noop("You may not invite people to this room. Only {who} can let you."),
    "moderate": gettext_noop("You may not manage people in this room. Only {who} can let you."),
    "settings": gettext_noop("You may not change this room. Only {who} can let you."),
}
for _capability in CAPABILITIES:
    register(
        f"no_{_capability}", status=403,
        when=f"The person does not have the capability `{_capability}` in this room.",
        recover="Ask somebody whom the message names.",
    )  # fmt: skip
ROLE_WORDS = {
    "owner": gettext_noop("host"),
    "moderator": gettext_noop("moderator"),
    "member": gettext_noop("member"),
    "guest": gettext_noop("guest"),
}


class Right(NamedTuple):
    """One capability, given to a person or taken from them, whatever their role says.

    `until_ms` (server ms) is its end; None: until somebody ends it. `by` is a user id or None.
    With `stands_in` the room gave it, in the place of somebody who is gone.
    """

    capability: str
    allowed: bool
    until_ms: int | None = None
    by: str | None = None
    stands_in: bool = False

    def holds(self, now_ms: float) -> bool:
        return self.until_ms is None or self.until_ms > now_ms

    def wire(self) -> dict[str, Any]:
        return {
            "capability": self.capability,
            "allowed": self.allowed,
            "until": self.until_ms,
            "by": self.by,
            "stands_in": self.stands_in,
        }


def right_of(wire: Mapping[str, Any]) -> Right:
    """A right as `Right.wire` writes it."""
    return Right(wire["capability"], wire["allowed"], wire["until"], wire["by"], wire["stands_in"])


def role_capabilities(role: str, control: str) -> frozenset[str]:
    """What `role` alone may do in a room whose remote is given to `control`.

    Whoever is in no room has the role "" and may do nothing.
    """
    if not role:
        return frozenset()
    return ROLES[role] | ({"control"} if role in CONTROL[control] else frozenset())


def capabilities(role: str, control: str, rights: Iterable[Right], now_ms: float) -> frozenset[str]:
    """What a person may do: their role's share, then each right that holds at `now_ms`.

    A right past its end counts for nothing, whoever still remembers it. Nobody takes anything
    from the owner.
    """
    held = role_capabilities(role, control)
    for right in holding(role, rights, now_ms):
        held = held | {right.capability} if right.allowed else held - {right.capability}
    return held


def holding(role: str, rights: Iterable[Right], now_ms: float) -> list[Right]:
    """Those rights of a person that count right now, in the order of the table."""
    now = [right for right in rights if right.holds(now_ms) and role != "owner"]
    return sorted(now, key=lambda right: CAPABILITIES.index(right.capability))


def capabilities_by_role(control: str) -> dict[str, list[str]]:
    """For the room's wire form, so that every browser knows what a role means here."""
    return {role: sorted(role_capabilities(role, control)) for role in ROLES}


def allowed(event: str, held: frozenset[str]) -> bool:
    needed = POLICY.get(event)
    return needed is not None and (needed == PRESENT or needed in held)


def refusal(capability: str, who: str) -> Forbidden:
    """`who` can give what was asked for, in the asker's language."""
    return Forbidden(f"no_{capability}", gettext(WORDS[capability]).format(who=who))


def role_words(role: str) -> str:
    """A role as people call it."""
    return gettext(ROLE_WORDS[role])
