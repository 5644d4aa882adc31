"""The one policy table: every frame × role × who holds the remote, and nothing without a row"""

import pytest

from rooms import policy, rules
from rooms.gateway.events import Catalogue
from rooms.gateway.kernel_events import KernelEvents
from rooms.models import Capability, Control, Role

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


NOW_MS = 1_000_000
ENDS = {"no end": None, "later": NOW_MS + 1, "now": NOW_MS, "before": NOW_MS - 1}


def by_role(needed, role, control):
    holders = HOLDS_THE_REMOTE[control] if needed == "control" else MAY[needed]
    return role in holders


@pytest.mark.parametrize("control", list(Control))
@pytest.mark.parametrize("role", ROLES)
def test_frames_are_allowed_as_the_table_says(role, control):
    held = policy.capabilities(role, control, (), NOW_MS)
    for event in spoken():
        needed = policy.POLICY[event]
        expected = needed == policy.PRESENT or by_role(needed, role, control)
        assert policy.allowed(event, held) is expected, (event, role, control)


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("allowed", [True, False])
@pytest.mark.parametrize("capability", policy.CAPABILITIES)
@pytest.mark.parametrize("role", ROLES)
def test_a_right_of_ones_own_decides_until_its_end_and_touches_nothing_else(
    role, capability, allowed, end
):
    """Every frame × role × right, in every kind of room."""
    right = policy.Right(capability, allowed, ENDS[end])
    counts = end in {"no end", "later"} and role != "owner"
    for control in Control:
        held = policy.capabilities(role, control, [right], NOW_MS)
        for event in spoken():
            needed = policy.POLICY[event]
            expected = needed == policy.PRESENT or by_role(needed, role, control)
            if counts and needed == capability:
                expected = allowed
            assert policy.allowed(event, held) is expected, (event, control)


def test_a_right_is_the_same_on_the_wire_and_back():
    for right in (policy.Right("chat", False, 5, "someone"), policy.Right("control", True)):
        assert policy.right_of(right.wire()) == right


@pytest.mark.parametrize("control", list(Control))
@pytest.mark.parametrize("role", ROLES)
def test_capabilities_are_exactly_these(role, control):
    expected = {capability for capability, roles in MAY.items() if role in roles}
    if role in HOLDS_THE_REMOTE[control]:
        expected.add("control")
    assert policy.capabilities(role, control, (), NOW_MS) == expected
    assert policy.capabilities_by_role(control)[role] == sorted(expected)


@pytest.mark.parametrize("event", ["", "sync", "sync:explode", "SYNC:PLAY", "sync:play "])
def test_what_has_no_row_is_denied_to_the_owner_too(event):
    assert not policy.allowed(event, policy.capabilities("owner", "everyone", (), NOW_MS))


def test_playback_is_never_open_to_presence_alone():
    """The remote is the one thing that a room may keep from its guests."""
    for event in ("sync:play", "sync:pause", "sync:seek", "sync:rate", "sync:load"):
        assert policy.POLICY[event] == "control"


def test_every_capability_has_its_words():
    assert set(policy.WORDS) == set(policy.CAPABILITIES)


@pytest.mark.parametrize("capability", policy.CAPABILITIES)
def test_a_refusal_says_who_can_help(capability):
    refused = policy.refusal(capability, "Mara (host)")
    assert (refused.code, refused.status) == (f"no_{capability}", 403)
    assert "Only Mara (host) can" in refused.message


def test_the_table_of_rows_knows_the_same_capabilities():
    assert tuple(Capability.values) == policy.CAPABILITIES


@pytest.mark.parametrize("gives", [True, False])
@pytest.mark.parametrize("capability", policy.CAPABILITIES)
@pytest.mark.parametrize("target", ROLES)
@pytest.mark.parametrize("actor", ROLES)
@pytest.mark.parametrize("control", list(Control))
def test_who_may_give_whom_what(actor, target, capability, gives, control):
    """In words: managing people, to those below; the owner's own two by the owner; and nobody
    gives what they do not have, but for the remote.
    """
    holds = policy.role_capabilities(actor, control)
    rank = ROLES[::-1].index
    expected = None
    if actor in {"member", "guest"}:
        expected = "no_moderate"
    elif rank(actor) <= rank(target):
        expected = "not_below"
    elif capability in {"moderate", "settings"} and actor != "owner":
        expected = "owner_only"
    withheld = rules.right_withheld(
        actor_role=actor, actor_holds=holds, target_role=target, capability=capability, gives=gives
    )
    assert withheld == expected


@pytest.mark.parametrize(
    ("holds", "capability", "gives", "withheld"),
    [
        ({"moderate"}, "voice", True, "not_held"),
        ({"moderate"}, "voice", False, None),
        ({"moderate"}, "control", True, None),
        ({"moderate", "voice"}, "voice", True, None),
        ({"voice", "chat", "control"}, "voice", True, "no_moderate"),
    ],
)
def test_nobody_gives_what_they_do_not_have_but_for_the_remote(holds, capability, gives, withheld):
    found = rules.right_withheld(
        actor_role="moderator", actor_holds=frozenset(holds), target_role="guest",
        capability=capability, gives=gives,
    )  # fmt: skip
    assert found == withheld


def test_ranks_know_every_role():
    assert set(rules.RANK) == set(policy.ROLES) == set(ROLES)
    for actor in ROLES:
        assert not rules.outranks(actor, actor)
        assert not rules.may_give(actor, "owner")
        assert rules.may_give(actor, actor) is (actor in {"member", "guest"})
