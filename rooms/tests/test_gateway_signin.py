"""Signing in on a socket, staying signed in, and what logging out does to open ones."""

import pytest
from channels.db import database_sync_to_async

from accounts import sessions
from rooms.gateway.hub import running_hub
from syncwatch.tests.socket_client import until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("light")]
in_db = database_sync_to_async
OURS = "http://localhost"
QUARTER_MS = 15 * 60_000


@in_db
def signed_in(user):
    return sessions.session_open(user=user, agent="test")


@in_db
def ticket_for(user):
    opened = sessions.session_open(user=user, agent="test")
    return sessions.ticket_new(sessions.authenticate_token(opened.access))


def bearer(opened):
    return {"authorization": f"Bearer {opened.access}"}


# --- coming with a token, a cookie or a ticket -----------------------------------------------


async def test_a_ticket_opens_one_socket(sockets, people, room):
    query = f"&ticket={await ticket_for(people.member)}"
    socket = await sockets.open(None, room.code, query=query)
    assert socket.snapshot["me"]["user"]["id"] == str(people.member.id)
    assert await sockets.refusal(None, room.code, query=query) == 4401


async def test_a_cookie_speaks_for_a_page_of_this_site(sockets, people, room):
    cookie = f"access={(await signed_in(people.member)).access}"
    socket = await sockets.open(None, room.code, headers={"cookie": cookie, "origin": OURS})
    assert socket.snapshot["me"]["role"] == "member"


async def test_a_cookie_without_origin_comes_from_no_browser(sockets, people, room):
    cookie = f"access={(await signed_in(people.member)).access}"
    assert await sockets.refusal(None, room.code, headers={"cookie": cookie}) == 4401


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example", "null", "", "https://localhost", "http://localhost:81",
        "http://sub.localhost", "http://localhost.evil.example", "http://localhost, null",
    ],
)  # fmt: skip
async def test_another_sites_page_gets_nowhere_with_our_cookie(sockets, people, room, origin):
    cookie = f"access={(await signed_in(people.member)).access}"
    socket = await sockets.prepare(None, room.code, headers={"cookie": cookie, "origin": origin})
    assert (await socket.handshake())["type"] == "websocket.close"


async def test_a_listed_site_may_connect_but_not_by_our_cookie(sockets, people, room, settings):
    settings.CORS_ALLOWED_ORIGINS = ["https://app.example"]
    opened = await signed_in(people.member)
    other = {"origin": "https://app.example"}
    assert await sockets.refusal(None, room.code, headers={
        **other, "cookie": f"access={opened.access}"}) == 4401  # fmt: skip
    await sockets.open(None, room.code, headers={**other, **bearer(opened)})


@pytest.mark.parametrize("header", ["Bearer forged", "Bearer ", "Basic eDp5", ""])
async def test_a_bad_header_is_4401(sockets, room, header):
    assert await sockets.refusal(None, room.code, headers={"authorization": header}) == 4401


async def test_a_refresh_token_opens_no_socket(sockets, people, room):
    opened = await signed_in(people.member)
    headers = {"authorization": f"Bearer {opened.refresh}"}
    assert await sockets.refusal(None, room.code, headers=headers) == 4401


async def test_an_expired_token_is_4401(sockets, people, room, frozen_clock):
    headers = bearer(await signed_in(people.member))
    frozen_clock.advance(QUARTER_MS)
    assert await sockets.refusal(None, room.code, headers=headers) == 4401


# --- logging out -----------------------------------------------------------------------------


async def test_logging_out_closes_the_sockets_of_that_sign_in_alone(sockets, people, room):
    opened = await signed_in(people.member)
    one = await sockets.open(None, room.code, headers=bearer(opened))
    two = await sockets.open(None, room.code, headers=bearer(opened))
    other = await sockets.open(people.member, room.code)
    await in_db(sessions.session_end)(opened.session)
    assert [await one.closing_code(), await two.closing_code()] == [4401, 4401]
    assert (await other.ask(type="light:switch", on=True))["type"] == "ack"


async def test_a_stolen_refresh_token_used_again_closes_the_familys_sockets(
    sockets, people, room, frozen_clock
):
    opened = await signed_in(people.member)
    ana = await sockets.open(None, room.code, headers=bearer(opened))
    rotate = in_db(sessions.session_rotate)
    await rotate(refresh=opened.refresh)
    frozen_clock.advance(11_000)
    with pytest.raises(Exception, match="used twice"):
        await rotate(refresh=opened.refresh)
    assert await ana.closing_code() == 4401


# --- the end of a token ----------------------------------------------------------------------


async def almost_over(sockets, user, room, frozen_clock, left_ms=150):
    """A socket whose token ends in a moment."""
    opened = await signed_in(user)
    frozen_clock.advance(QUARTER_MS - left_ms)
    return await sockets.open(None, room.code, headers=bearer(opened))


async def test_a_minute_before_the_end_there_is_a_warning_then_4401(
    sockets, people, room, frozen_clock
):
    ana = await almost_over(sockets, people.member, room, frozen_clock)
    warned = await ana.frame("auth:expiring")
    assert warned["expires_at"] == 1_800_000_000_000 + QUARTER_MS
    assert await ana.closing_code() == 4401


async def test_earlier_there_is_none(sockets, people, room, frozen_clock):
    ana = await almost_over(sockets, people.member, room, frozen_clock, left_ms=70_000)
    assert await ana.quiet()


@pytest.mark.parametrize("by", ["ticket", "access"])
async def test_a_renewed_sign_in_goes_on(sockets, people, room, frozen_clock, by):
    ana = await almost_over(sockets, people.member, room, frozen_clock, left_ms=10_000)
    if by == "ticket":
        fresh = await ticket_for(people.member)
    else:
        fresh = (await signed_in(people.member)).access
    answer = await ana.ask(type="auth:renew", **{by: fresh})
    assert answer["type"] == "ack"
    assert answer["expires_at"] == 1_800_000_000_000 + 2 * QUARTER_MS - 10_000
    held = running_hub().rooms[room.code].of_user(str(people.member.id))[0]
    closing = running_hub()._timers[held.caller.conn_id][1]
    loop_left_s = closing.when() - closing._loop.time()
    assert loop_left_s > 14 * 60, "the close that was planned is planned anew"


async def test_after_renewing_by_another_sign_in_that_ones_logout_counts(sockets, people, room):
    ana = await sockets.open(people.member, room.code)
    fresh = await signed_in(people.member)
    await ana.ask(type="auth:renew", access=fresh.access)
    await in_db(sessions.session_end)(fresh.session)
    assert await ana.closing_code() == 4401


async def test_a_renewal_that_is_none_is_refused_and_the_socket_lives(sockets, people, room):
    ana = await sockets.open(people.member, room.code)
    used = await ticket_for(people.member)
    await ana.ask(type="auth:renew", ticket=used)
    for fields in (
        {}, {"ticket": used}, {"ticket": "x"}, {"access": "forged"},
        {"access": (await signed_in(people.owner)).access},
        {"ticket": await ticket_for(people.owner)},
    ):  # fmt: skip
        answer = await ana.ask(type="auth:renew", **fields)
        assert (answer["type"], answer["code"]) == ("error", "not_signed_in")
    assert (await ana.ask(type="light:switch", on=True))["type"] == "ack"


async def test_the_timers_of_a_closed_socket_are_gone(sockets, people, room):
    ana = await sockets.open(people.member, room.code)
    assert len(running_hub()._timers) == 1
    await ana.close()
    await until(lambda: not running_hub()._timers)
