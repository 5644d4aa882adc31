"""The one policy table: what each role may do, and what each frame of the socket asks for.

Deny by default: a frame without a row here is refused, and a test fails for it.
"""

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
    "sync:ping": PRESENT,
    "sync:status": PRESENT,
    "sync:request": PRESENT,
    "sync:answer": "control",
    "sync:play": "control",
    "sync:pause": "control",
    "sync:seek": "control",
    "sync:rate": "control",
    "sync:load": "control",
    "chat:send": "chat",
    "chat:edit": "chat",
    "chat:delete": "chat",
    "chat:typing": "chat",
    "react:burst": "chat",
    "voice:join": "voice",
    "voice:leave": PRESENT,
    "voice:state": "voice",
    "voice:signal": "voice",
    "voice:remove": "moderate",
    "voice:hush": "moderate",
}

WORDS = {
    "control": gettext_noop(
        "Only {who} may control playback in this room. You can ask them for the remote."
    ),
    "queue": gettext_noop("You may not change the queue of this room."),
    "chat": gettext_noop("You may not write in this room."),
    "voice": gettext_noop("You may not talk in this room."),
    "invite": gettext_noop("You may not invite people to this room. Ask its host."),
    "moderate": gettext_noop("Only the host and moderators of this room may do this."),
    "settings": gettext_noop("Only the host may change this room."),
}
for _capability in CAPABILITIES:
    register(
        f"no_{_capability}", status=403,
        when=f"The person does not have the capability `{_capability}` in this room.",
        recover="Ask somebody whom the message names.",
    )  # fmt: skip
WHO = {
    "owner": gettext_noop("the host"),
    "moderators": gettext_noop("the host and moderators"),
    "everyone": gettext_noop("people in here"),
}
ROLE_WORDS = {
    "owner": gettext_noop("host"),
    "moderator": gettext_noop("moderator"),
    "member": gettext_noop("member"),
    "guest": gettext_noop("guest"),
}


def capabilities(role: str, control: str) -> frozenset[str]:
    """What `role` may do in a room whose remote is given to `control`."""
    return ROLES[role] | ({"control"} if role in CONTROL[control] else frozenset())


def capabilities_by_role(control: str) -> dict[str, list[str]]:
    """For the room's wire form, so that every browser knows what a role means here."""
    return {role: sorted(capabilities(role, control)) for role in ROLES}


def allowed(event: str, held: frozenset[str]) -> bool:
    needed = POLICY.get(event)
    return needed is not None and (needed == PRESENT or needed in held)


def require(capability: str, held: frozenset[str], *, control: str = "everyone") -> None:
    """Raise the refusal that says who may, where `held` lacks the capability."""
    if capability not in held:
        raise refusal(capability, gettext(WHO[control]))


def refusal(capability: str, who: str) -> Forbidden:
    """`who` may do what was asked for, in the asker's language."""
    return Forbidden(f"no_{capability}", gettext(WORDS[capability]).format(who=who))


def role_words(role: str) -> str:
    """A role as people call it."""
    return gettext(ROLE_WORDS[role])
