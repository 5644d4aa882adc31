"""Voices through the relay: real browsers, the real coturn, and what is said where it fails."""

import pytest
from playwright.sync_api import expect

from bench import talk
from bench.talk import energy_over, expect_links, gather, heard, join
from e2e.lines import HOOK, refusals, restart, settled, tags
from syncwatch.lib import clock
from syncwatch.tests.relay import CoturnServer
from syncwatch.tests.stack import Stack
from voice.rules import CREDENTIAL_TTL_S, turn_credential

pytestmark = pytest.mark.timing

SECRET = "between us and the relay"
ICE = "**/voice/ice/"
HIDING = "localStorage['sw.voice'] ??= JSON.stringify({relayOnly: true})"
HIDE = "Hide my network address"


@pytest.fixture(scope="module")
def coturn():
    with CoturnServer(SECRET) as running:
        yield running


@pytest.fixture(scope="module")
def relayed(coturn):
    """The product, with coturn for a relay."""
    with Stack(RATE_LIMIT_FACTOR="100", **coturn.environment()) as running:
        yield running


@pytest.fixture
def hiding(talking_browser):
    """`hiding(stack, "Mara", "Ana")`: in one room there, and hiding their addresses."""
    made = []

    def open_all(stack, *names):
        for name in names:
            one = talk.talker(talking_browser, stack.url, name)
            one.page.add_init_script(HIDING)
            one.page.add_init_script(HOOK)
            made.append(one)
        gather(made, stack.url)
        return made

    yield open_all
    talk.part(made)


def given(*people, change):
    """What the server tells about relays, changed on its way to these browsers."""

    def serve(route):
        answer = route.fetch()
        told = answer.json()
        change(told)
        route.fulfill(response=answer, json=told)

    for each in people:
        each.page.route(ICE, serve)


def expect_both_ways(one, within_s=8):
    """Bytes of the one line grow, in and out."""
    [before] = heard(one)
    for _ in range(within_s * 10):
        [now] = heard(one)
        if now["bytes"] > before["bytes"] and now["sent"] > before["sent"]:
            return now
        one.page.wait_for_timeout(100)
    raise AssertionError(f"{one.name}: {before} and later {now}")


@pytest.mark.parametrize("transport", ["udp", pytest.param("tcp", marks=pytest.mark.long)])
def test_two_who_hide_their_addresses_hear_each_other(relayed, hiding, transport):
    mara, ana = hiding(relayed, "Mara", "Ana")

    def narrow(told):
        [server] = told["iceServers"]
        server["urls"] = [url for url in server["urls"] if url.endswith(f"={transport}")]
        assert len(server["urls"]) == 1

    given(mara, ana, change=narrow)
    join(mara, ana)
    for each in (mara, ana):
        expect_links(each, 1)
        line = expect_both_ways(each)
        assert (line["way"], line["relayed_over"]) == ("relay", transport)
    assert energy_over(ana) > 0.001


def test_fresh_credentials_keep_a_call_alive_beyond_the_first(relayed, hiding, coturn):
    """Good for four seconds each: when a new way is looked for, the first ones are long over."""
    mara, ana = hiding(relayed, "Mara", "Ana")
    lasts_s, asked = 4, []

    def shorten(told):
        asked.append(now_s())
        username, credential = expiring(in_s=lasts_s)
        told["iceServers"][0] |= {"username": username, "credential": credential}
        told["ttl"] = lasts_s

    given(mara, ana, change=shorten)
    join(mara, ana)
    expect_links(ana, 1)
    while now_s() < asked[1] + lasts_s + 1:
        ana.page.wait_for_timeout(100)
    before = tags(mara), tags(ana)
    restart(mara)
    for one, old in zip((mara, ana), before, strict=True):
        assert isinstance(settled(one, old), float)
        assert expect_both_ways(one)["way"] == "relay"
        assert refusals(one) == []


def test_expired_credentials_are_refused_and_said(relayed, hiding):
    [mara, ana] = hiding(relayed, "Mara", "Ana")

    def expire(told):
        username, credential = expiring(in_s=-1)
        told["iceServers"][0] |= {"username": username, "credential": credential}

    given(mara, change=expire)
    join(ana, mara)
    expect(mara.page.locator(".toasts")).to_contain_text("voice relay did not let you in")
    assert set(refusals(mara)) == {401}
    assert refusals(ana) == []


def test_a_relay_with_another_secret_stops_nothing_but_says_so(relayed, hiding):
    mara, ana = hiding(relayed, "Mara", "Ana")
    with CoturnServer("another secret") as other:
        given(mara, ana, change=lambda told: told["iceServers"][0].update(urls=other.urls()))
        join(mara, ana)
        for each in (mara, ana):
            toasts = each.page.locator(".toasts")
            expect(toasts).to_contain_text("voice relay did not let you in")
            expect(toasts.locator(".toast")).to_have_count(1)
            assert set(refusals(each)) == {401}
        mara.say("Can you hear me?")
        ana.expect_message("Can you hear me?")
        for each in (mara, ana):
            stop_hiding(each)
        for each in (mara, ana):
            expect_links(each, 1)
            assert heard(each)[0]["way"] != "relay"


def test_where_there_is_no_relay_who_hides_is_told_before_they_are_in(stack, hiding):
    """Nothing is half done: not in the call, and the way out is at hand."""
    mara, ana = hiding(stack, "Mara", "Ana")
    for each in (mara, ana):
        each.page.locator(talk.JOIN).click()
        expect(each.page.locator(".toasts")).to_contain_text("this server has no relay")
        expect(each.page.locator(talk.JOIN)).to_be_enabled()
        stop_hiding(each)
        expect(each.page.locator(talk.MUTE)).to_have_count(0)
    join(mara, ana)
    expect_links(ana, 1)
    ana.page.locator("[aria-label='Voice settings']:visible").click()
    dialog = ana.page.get_by_role("dialog")
    expect(dialog).to_contain_text("with this on you cannot talk here")
    dialog.get_by_role("switch", name=HIDE).check()
    expect(dialog).to_contain_text("You cannot talk here until you turn this off")
    expect(ana.page.locator(".toasts")).to_contain_text("this server has no relay")


def stop_hiding(one):
    """The way out stays when the words are gone."""
    one.page.locator("[aria-label='Voice settings']:visible").click()
    switch = one.page.get_by_role("switch", name=HIDE)
    expect(switch).to_be_checked()
    switch.uncheck()
    one.page.keyboard.press("Escape")
    expect(one.page.get_by_role("dialog")).to_have_count(0)


def expiring(*, in_s):
    return turn_credential(secret=SECRET, user_id="mara", now_s=now_s() + in_s - CREDENTIAL_TTL_S)


def now_s():
    """By the wall clock, which is coturn's."""
    return clock.server_ms() // 1000
