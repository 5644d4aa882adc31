"""The one policy table: every frame × role × who holds the remote, and nothing without a row"""

import pytest

from rooms import policy, rules
from rooms.gateway.events import Catalogue
from rooms.gateway.kernel_events import KernelEvents
from rooms.models import Control, Role

ROLES = [role.value for role in Role]
HOLDS_THE_REMOTE = {
    "owner": {"owner"},
    "moderators": {"owner", "moderator"},
    "everyone": {"owner", "moderator", "member", "guest"},
}
MAY = {  # apart from the remote, which the room's setting gives
    "queue": {"owner", "moderator", "member", "guest"},
    "chat": {"owner", "moderator", "member", "guest"},
    "voice": {"owner", "moderator", "member", "guest"},
    "invite": {"owner", "moderator", "member"},
    "moderate": {"owner", "moderator"},
    "settings": {"owner"},
}


def spoken():
    """Every frame that the product's own socket takes."""
    from syncwatch.realtime import MODULES

    return Catalogue((KernelEvents(), *MODULES)).routes()


def written():
    """The rows of the table, without those of made-up modules."""
    return {event for event in policy.POLICY if event.split(":")[0] not in {"light", "slow"}}


def test_every_frame_has_a_row_and_every_row_a_frame():
    assert set(spoken()) == written()


def test_every_row_names_a_capability_or_asks_for_presence_alone():
    assert {policy.POLICY[event] for event in written()} <= {policy.PRESENT, *policy.CAPABILITIES}


@pytest.mark.parametrize("control", list(Control))
@pytest.mark.parametrize("role", ROLES)
def test_frames_are_allowed_as_the_table_says(role, control):
    held = policy.capabilities(role, control)
    for event in spoken():
        needed = policy.POLICY[event]
        if needed == policy.PRESENT:
            expected = True
        elif needed == "control":
            expected = role in HOLDS_THE_REMOTE[control]
        else:
            expected = role in MAY[needed]
        assert policy.allowed(event, held) is expected, (event, role, control)


@pytest.mark.parametrize("control", list(Control))
@pytest.mark.parametrize("role", ROLES)
def test_capabilities_are_exactly_these(role, control):
    expected = {capability for capability, roles in MAY.items() if role in roles}
    if role in HOLDS_THE_REMOTE[control]:
        expected.add("control")
    assert policy.capabilities(role, control) == expected
    assert policy.capabilities_by_role(control)[role] == sorted(expected)


@pytest.mark.parametrize("event", ["", "sync", "sync:explode", "SYNC:PLAY", "sync:play "])
def test_what_has_no_row_is_denied_to_the_owner_too(event):
    assert not policy.allowed(event, policy.capabilities("owner", "everyone"))


def test_playback_is_never_open_to_presence_alone():
    """The remote is the one thing that a room may keep from its guests."""
    for event in ("sync:play", "sync:pause", "sync:seek", "sync:rate", "sync:load"):
        assert policy.POLICY[event] == "control"


def test_every_capability_has_its_words():
    assert set(policy.WORDS) == set(policy.CAPABILITIES)


@pytest.mark.parametrize("capability", policy.CAPABILITIES)
@pytest.mark.parametrize("control", list(Control))
def test_a_refusal_says_who_may(capability, control):
    from syncwatch.lib.errors import Forbidden

    with pytest.raises(Forbidden) as refused:
        policy.require(capability, frozenset(), control=control)
    assert refused.value.code == f"no_{capability}"
    assert "{" not in refused.value.message
    policy.require(capability, frozenset({capability}), control=control)


def test_ranks_know_every_role():
    assert set(rules.RANK) == set(policy.ROLES) == set(ROLES)
    for actor in ROLES:
        assert not rules.outranks(actor, actor)
        assert not rules.may_give(actor, "owner")
        assert rules.may_give(actor, actor) is (actor == "member")
