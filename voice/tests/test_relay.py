"""The credentials that we give out, shown to the real coturn."""

import pytest

from syncwatch.lib import clock
from syncwatch.tests.relay import CoturnServer
from syncwatch.tests.turn_client import GRANTED, TurnClient
from voice.rules import CREDENTIAL_TTL_S, turn_credential

SECRET = "between us and the relay"
REFUSED = 401


@pytest.fixture(scope="module")
def coturn():
    with CoturnServer(SECRET) as running:
        yield running


@pytest.fixture
def given(api, people, room, settings, coturn):
    """User name and credential as a member's browser gets them."""
    settings.TURN_URLS = coturn.urls()
    settings.TURN_SECRET = SECRET
    answer = api(people.member).get(f"/api/rooms/{room.code}/voice/ice/")
    [turn] = answer.json()["iceServers"]
    assert turn["urls"] == coturn.urls()
    return turn["username"], turn["credential"]


@pytest.mark.parametrize("over", ["udp", "tcp"])
def test_what_a_member_is_given_opens_the_relay(coturn, given, over):
    with TurnClient(coturn.port, over=over) as client:
        assert client.allocate(*given) == GRANTED
        assert client.permit("127.0.0.1") == GRANTED


def test_it_is_refused_when_its_hour_is_over(coturn):
    expired = _made(ago_s=CREDENTIAL_TTL_S + 1)
    with TurnClient(coturn.port) as client:
        assert client.allocate(*expired) == REFUSED


def test_it_is_good_until_then(coturn):
    nearly = _made(ago_s=CREDENTIAL_TTL_S - 60)
    with TurnClient(coturn.port) as client:
        assert client.allocate(*nearly) == GRANTED


def test_a_longer_hour_cannot_be_written_into_it(coturn, given):
    username, credential = given
    ends, _, who = username.partition(":")
    with TurnClient(coturn.port) as client:
        assert client.allocate(f"{int(ends) + 3600}:{who}", credential) == REFUSED


def test_another_secret_opens_nothing(coturn):
    with TurnClient(coturn.port) as client:
        assert client.allocate(*_made(secret="a guess")) == REFUSED


def test_nobody_gets_in_without_any(coturn):
    with TurnClient(coturn.port) as client:
        assert client.allocate("", "") == REFUSED


def _made(*, ago_s=0, secret=SECRET):
    """By the wall clock, which is coturn's."""
    return turn_credential(secret=secret, user_id="mara", now_s=clock.server_ms() // 1000 - ago_s)
