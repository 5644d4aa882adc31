"""Every frame of the room socket for every role, sent for real: who is refused, and in which words

`test_policy.py` asks the table itself, with every right and end; here each frame goes through a
socket, so that none has a way around the table.
"""

import pytest
from channels.db import database_sync_to_async

from rooms import policy, rights
from rooms.access import member_in
from rooms.models import Control, Role, Room
from rooms.rights import Change

in_db = database_sync_to_async
pytestmark = pytest.mark.django_db(transaction=True)
ID = "01890000-0000-7000-8000-000000000001"
WORDS = {"body": "Hello", "nonce": "n"}
STATUS = {
    "seq": 0, "position": 0, "buffered": 0, "state": "paused", "drift_ms": 0, "rtt_ms": 1,
}  # fmt: skip
# What is about something names nothing that there is: who may, hears that it is not found.
FRAMES = {
    "sync:status": STATUS,
    "sync:request": {"action": "control"},
    "sync:answer": {"user_id": ID, "action": "control", "granted": False},
    "sync:play": {},
    "sync:pause": {},
    "sync:seek": {"position": 1},
    "sync:rate": {"rate": 1},
    "sync:load": {"item_id": ID},
    "sync:length": {"item_id": ID, "duration": 60},
    "chat:send": WORDS,
    "chat:edit": {"id": ID, "body": "Hi"},
    "chat:delete": {"id": ID},
    "chat:react": {"id": ID, "emoji": "🔥", "on": True},
    "chat:clear": {"user_id": ID},
    "chat:pin": {"id": ID, "on": True},
    "chat:read": {"id": ID},
    "chat:typing": {},
    "poll:open": {"question": "And?", "options": ["A", "B"], "nonce": "p", "for_s": 60},
    "poll:vote": {"id": ID, "options": [0]},
    "poll:close": {"id": ID},
    "react:burst": {"emoji": "👏"},
    "voice:join": {"session": "session-of-mine"},
    "voice:state": {"muted": True},
    "voice:signal": {"to": ID, "epoch": 0, "candidate": None},
    "voice:remove": {"user_id": ID},
    "voice:hush": {},
    "voice:leave": {},
    "evening:ready": {"ready": True},
    "room:away": {"away": True},
    "auth:renew": {"ticket": "none"},
    "room:resume": {"since": 0, "epoch": "another"},
}
LACKING = {f"no_{capability}" for capability in policy.CAPABILITIES}
NO_ANSWER = {"sync:ping"}  # a pong, at once and with no ref; nothing to refuse
MAY = {  # apart from the remote, which the room's setting gives
    "queue": {"owner", "moderator", "member", "guest"},
    "chat": {"owner", "moderator", "member", "guest"},
    "voice": {"owner", "moderator", "member", "guest"},
    "moderate": {"owner", "moderator"},
}
HOLDS_THE_REMOTE = {
    "owner": {"owner"},
    "moderators": {"owner", "moderator"},
    "everyone": {"owner", "moderator", "member", "guest"},
}


@pytest.fixture(autouse=True)
def _patient(settings):
    settings.RATE_LIMIT_FACTOR = 1_000


def product_frames():
    return {event for event in policy.POLICY if event.split(":")[0] not in {"light", "slow"}}


def test_no_frame_is_left_out():
    assert set(FRAMES) | NO_ANSWER == product_frames()


async def refused(socket):
    """What each frame was refused for lack of: {frame: code}; each refusal says who can help."""
    found = {}
    for kind, body in FRAMES.items():
        answer = await socket.ask(type=kind, **body)
        if answer["type"] == "error" and answer["code"] in LACKING:
            assert "Mara" in answer["message"], (kind, answer)
            found[kind] = answer["code"]
        elif answer["type"] == "error":
            assert answer["code"] not in {"invalid", "malformed", "forbidden"}, (kind, answer)
    return found


@pytest.mark.parametrize("control", list(Control))
@pytest.mark.parametrize("role", list(Role))
async def test_each_role_is_refused_what_the_table_says(sockets, cast, room, role, control):
    await Room.objects.filter(pk=room.pk).aupdate(control=control)
    socket = await sockets.open(cast[role], room.code)
    expected = {}
    for kind in FRAMES:
        needed = policy.POLICY[kind]
        holders = HOLDS_THE_REMOTE[control] if needed == "control" else MAY.get(needed, {role})
        if role not in holders:
            expected[kind] = f"no_{needed}"
    assert await refused(socket) == expected


@pytest.mark.parametrize("role", ["moderator", "member", "guest"])
async def test_whom_everything_was_taken_from_may_only_be_there(sockets, cast, room, role):
    def take_all():
        actor, target = (member_in(room, str(cast[who].id)) for who in ("owner", role))
        changes = [Change(capability, allowed=False) for capability in policy.CAPABILITIES]
        rights.rights_set(actor=actor, target=target, changes=changes)

    await in_db(take_all)()
    socket = await sockets.open(cast[role], room.code)
    expected = {kind: f"no_{policy.POLICY[kind]}" for kind in FRAMES if policy.POLICY[kind]}
    assert await refused(socket) == expected
