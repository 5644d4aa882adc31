"""/ws/me/: who may open it, what it says, and that snapshot and events agree"""

import json

import pytest
from channels.db import database_sync_to_async

from accounts import friend_selectors, friends, notices, sessions
from accounts.models import User
from rooms.gateway.hub import running_hub
from syncwatch.lib import redis
from syncwatch.tests.socket_client import until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("light")]
in_db = database_sync_to_async
ask, accept = in_db(friends.friend_ask), in_db(friends.friend_accept)


async def signed_in(user):
    return await in_db(sessions.session_open)(user=user, agent="test")


# --- the door --------------------------------------------------------------------------------


async def test_its_first_frame_is_how_things_stand(sockets, people):
    await ask(user=people.member, other=people.owner)
    mara = await sockets.me(people.owner)
    assert mara.snapshot["protocol"] == 1
    assert mara.snapshot["friends"] == mara.snapshot["asked_by_me"] == []
    [row] = mara.snapshot["asked_me"]
    assert row["user"]["display_name"] == "Ana"
    assert mara.snapshot["notices_unread"] == 1
    assert mara.snapshot["server_time"] > 0


async def test_nobody_is_4401_and_another_version_4400(sockets, people):
    assert await sockets.refusal(None, "") == 4401
    assert await sockets.refusal(people.owner, "", version="2") == 4400
    assert await sockets.refusal(None, "", query="&ticket=forged") == 4401


async def test_by_cookie_of_this_site_and_by_ticket(sockets, people):
    opened = await signed_in(people.owner)
    own = {"cookie": f"access={opened.access}", "origin": "http://localhost"}
    await sockets.me(None, headers=own)
    access = await in_db(sessions.authenticate_token)(opened.access)
    ticket = await in_db(sessions.ticket_new)(access)
    await sockets.me(None, query=f"&ticket={ticket}")
    assert await sockets.refusal(None, "", query=f"&ticket={ticket}") == 4401, "used up"


async def test_another_sites_page_is_refused_at_the_handshake(sockets, people):
    opened = await signed_in(people.owner)
    evil = {"cookie": f"access={opened.access}", "origin": "https://evil.example"}
    socket = await sockets.prepare(None, "", headers=evil)
    assert (await socket.handshake())["type"] == "websocket.close"


async def test_a_guest_may_listen(sockets, people):
    ilya = await sockets.me(people.guest)
    assert ilya.snapshot["friends"] == []


async def test_logging_out_closes_it(sockets, people):
    opened = await signed_in(people.owner)
    mara = await sockets.me(None, headers={"authorization": f"Bearer {opened.access}"})
    other = await sockets.me(people.owner)
    await in_db(sessions.session_end)(opened.session)
    assert await mara.closing_code() == 4401
    await other.send(type="me:ping")
    assert (await other.frame("me:pong")) == {"type": "me:pong"}


async def test_a_sign_in_that_ended_unheard_is_found(sockets, people):
    opened = await signed_in(people.owner)
    mara = await sockets.me(None, headers={"authorization": f"Bearer {opened.access}"})
    await in_db(type(opened.session).objects.all().delete)()
    await running_hub().recheck_everybody()
    assert await mara.closing_code() == 4401


async def test_it_is_warned_and_renewed_in_place(sockets, people, frozen_clock):
    opened = await signed_in(people.owner)
    frozen_clock.advance(14 * 60_000 + 30_000)
    mara = await sockets.me(None, headers={"authorization": f"Bearer {opened.access}"})
    warning = await mara.frame("auth:expiring")
    fresh = await signed_in(people.owner)
    answer = await mara.ask(type="auth:renew", access=fresh.access)
    assert answer["type"] == "ack"
    assert answer["expires_at"] > warning["expires_at"]
    stranger = await signed_in(people.stranger)
    answer = await mara.ask(type="auth:renew", access=stranger.access)
    assert (answer["type"], answer["code"]) == ("error", "not_signed_in")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"type": "room:resume", "since": 0, "epoch": ""}', "unknown_type"),
        ('{"type": "chat:send", "body": "x", "nonce": "1"}', "unknown_type"),
        ('{"type": "me:ping", "more": 1}', "invalid"),
        ('{"type": "auth:renew"}', "not_signed_in"),
        ("{}", "invalid"),
        ("{", "malformed"),
    ],
)
async def test_it_takes_nothing_else(sockets, people, text, code):
    mara = await sockets.me(people.owner)
    await mara.send_text(text)
    assert (await mara.frame("error"))["code"] == code


# --- what it says ----------------------------------------------------------------------------


async def test_an_ask_and_its_answer_reach_every_page_of_both(sockets, people):
    mara = [await sockets.me(people.owner) for _ in range(2)]
    ana = await sockets.me(people.member)
    await ask(user=people.member, other=people.owner)
    for page in mara:
        asked = await page.frame("friend:asked")
        assert (asked["ask"]["user"]["display_name"], asked["by_me"]) == ("Ana", False)
        notice = await page.frame("notice:new")
        assert (notice["notice"]["kind"], notice["unread"]) == ("friend_asked", 1)
    assert (await ana.frame("friend:asked"))["by_me"] is True
    await accept(user=people.owner, other=people.member)
    assert (await mara[1].frame("notice:count"))["unread"] == 0
    assert (await mara[1].frame("friend:accepted"))["friend"]["user"]["display_name"] == "Ana"
    assert (await ana.frame("notice:new"))["notice"]["kind"] == "friend_accepted"
    assert (await ana.frame("friend:accepted"))["friend"]["user"]["display_name"] == "Mara"
    await in_db(friends.friend_remove)(user=people.owner, other=people.member)
    assert (await ana.frame("friend:removed"))["user_id"] == str(people.owner.id)
    assert (await mara[0].frame("friend:removed"))["user_id"] == str(people.member.id)


async def test_a_stranger_hears_nothing_of_it(sockets, people):
    jonas = await sockets.me(people.stranger)
    await ask(user=people.member, other=people.owner)
    assert await jonas.quiet()


async def test_what_a_blocked_person_asks_reaches_nobody(sockets, people):
    await in_db(friends.block_add)(user=people.owner, other=people.member)
    mara = await sockets.me(people.owner)
    await ask(user=people.member, other=people.owner)
    assert await mara.quiet()


async def test_both_hear_that_their_hidden_people_changed_and_not_why(sockets, people):
    mara, ana = await sockets.me(people.owner), await sockets.me(people.member)
    await in_db(friends.block_add)(user=people.owner, other=people.member)
    assert await mara.frame("hidden:changed") == await ana.frame("hidden:changed")
    await in_db(friends.block_remove)(user=people.owner, other_id=people.member.pk)
    assert await ana.frame("hidden:changed") == {"type": "hidden:changed"}


async def test_read_on_one_page_it_is_read_on_all(sockets, people):
    await ask(user=people.member, other=people.owner)
    mara = await sockets.me(people.owner)
    await in_db(notices.notices_read)(user=people.owner)
    assert (await mara.frame("notice:count"))["unread"] == 0


async def test_redis_begun_anew_everybody_gets_a_fresh_state(sockets, people):
    mara = await sockets.me(people.owner)
    await running_hub().audit()
    assert await mara.quiet()
    redis.sync().flushall()
    await running_hub().audit()
    assert (await mara.frame("me:snapshot"))["friends"] == []


async def test_who_is_gone_is_listened_for_no_more(sockets, people):
    mara = await sockets.me(people.owner)
    [hub] = running_hub().beside
    await mara.close()
    await until(lambda: not hub.people)


# --- snapshot and events agree ---------------------------------------------------------------


def applied(state, event):
    """What a client makes of an event; static/js/friends/state.js does the same."""
    state = json.loads(json.dumps(state))
    kind = event["type"]

    def without(user_id, *lists):
        for name in lists:
            state[name] = [row for row in state[name] if row["user"]["id"] != user_id]

    if kind == "friend:asked":
        name = "asked_by_me" if event["by_me"] else "asked_me"
        without(event["ask"]["user"]["id"], name)
        state[name].insert(0, event["ask"])
    elif kind == "friend:accepted":
        without(event["friend"]["user"]["id"], "friends", "asked_me", "asked_by_me")
        state["friends"].append(event["friend"])
        state["friends"].sort(key=lambda row: row["user"]["display_name"])
    elif kind == "friend:removed":
        without(event["user_id"], "friends", "asked_me", "asked_by_me")
    elif kind == "presence:changed":
        for row in state["friends"]:
            if row["user"]["id"] == event["user_id"]:
                row |= {name: event[name] for name in ("presence", "room", "since")}
    elif kind in {"notice:new", "notice:count"}:
        state["notices_unread"] = event["unread"]
    return state


@in_db
def fresh(user):
    state = friend_selectors.me_snapshot(User.objects.get(pk=user.pk), protocol=1)
    return {name: getattr(state, name) for name in state.__struct_fields__}


def same(state):
    return {name: state[name] for name in (
        "friends", "asked_me", "asked_by_me", "notices_unread")}  # fmt: skip


STEPS = {
    "asked": lambda p: friends.friend_ask(user=p.member, other=p.owner),
    "put aside": lambda p: friends.friend_decline(user=p.owner, other=p.member),
    "asked back": lambda p: friends.friend_ask(user=p.owner, other=p.member),
    "asked another": lambda p: friends.friend_ask(user=p.owner, other=p.stranger),
    "read": lambda p: notices.notices_read(user=p.owner),
    "said yes": lambda p: friends.friend_accept(user=p.stranger, other=p.owner),
    "ended": lambda p: friends.friend_remove(user=p.member, other=p.owner),
    "asked anew": lambda p: friends.friend_ask(user=p.member, other=p.owner),
    "blocked": lambda p: friends.block_add(user=p.owner, other=p.member),
    "unblocked": lambda p: friends.block_remove(user=p.owner, other_id=p.member.pk),
    "blocked by": lambda p: friends.block_add(user=p.stranger, other=p.owner),
}


async def test_old_state_and_events_are_the_new_state(sockets, people):
    """After each step, for both sides: what was told on the way makes the state that is fetched."""
    pages = {"owner": await sockets.me(people.owner), "member": await sockets.me(people.member)}
    states = {name: page.snapshot for name, page in pages.items()}
    for step, deed in STEPS.items():
        await in_db(deed)(people)
        for name, page in pages.items():
            while not await page.quiet():
                event = await page.next()
                states[name] = applied(applied(states[name], event), event)  # harmless twice
            assert same(states[name]) == same(await fresh(getattr(people, name))), (step, name)
