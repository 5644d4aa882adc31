"""The relay's page, read by the real coturn, and what a relay with it refuses."""

import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from syncwatch.lib import clock
from syncwatch.tests.relay import CoturnServer
from syncwatch.tests.turn_client import GRANTED, TurnClient
from voice.rules import turn_credential

CONFIG = Path(settings.BASE_DIR) / "deploy/coturn/turnserver.conf"
SECRET = "between us and the relay"
FORBIDDEN = 403
# What coturn says of lines that it does not understand; it starts all the same.
NOT_UNDERSTOOD = re.compile(r"(?i)bad configuration|unknown|unrecogni[sz]ed|wrong|invalid|error")
COMPLAINTS_OF_THE_TEST = ("STUN CHANGE_REQUEST",)  # one address is all there is here
OUTSIDE = "8.8.8.8"
INSIDE = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "172.31.255.254", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255",
]  # fmt: skip


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost",
         "-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    return folder


@pytest.fixture(scope="module")
def relay(certificate):
    files = [f"--cert={certificate}/fullchain.pem", f"--pkey={certificate}/privkey.pem"]
    with CoturnServer(SECRET, config=CONFIG, options=files) as running:
        yield running


def mine():
    return turn_credential(secret=SECRET, user_id="mara", now_s=clock.server_ms() // 1000)


def test_coturn_understands_every_line_of_its_page(relay):
    start, _, _ = relay.said().partition("turn server id=")  # then it serves
    lines = [
        line
        for line in start.splitlines()
        if NOT_UNDERSTOOD.search(line) or "WARNING" in line
        if not any(words in line for words in COMPLAINTS_OF_THE_TEST)
    ]
    assert not lines
    denied = re.findall(r"^denied-peer-ip=(.+)$", CONFIG.read_text(), re.MULTILINE)
    assert len(denied) >= 20
    for network in denied:
        assert f"Black listing: {network}" in start


@pytest.mark.parametrize("over", ["udp", "tcp", "tls"])
def test_our_credentials_open_it_on_every_way_in(relay, over):
    port = relay.tls_port if over == "tls" else relay.port
    with TurnClient(port, over=over) as client:
        assert client.allocate(*mine()) == GRANTED


def test_it_is_no_way_into_the_network_it_stands_in(relay):
    with TurnClient(relay.port) as client:
        client.allocate(*mine())
        assert {address: client.permit(address) for address in INSIDE} == dict.fromkeys(
            INSIDE, FORBIDDEN
        )
        assert client.permit(OUTSIDE) == GRANTED


def test_two_who_hide_behind_it_meet_though_its_own_address_is_an_inner_one():
    """They meet at the relay itself. Loopback stands for the inner address here."""
    options = [f"--external-ip={OUTSIDE}/127.0.0.1", "--allow-loopback-peers"]
    with (
        CoturnServer(SECRET, config=CONFIG, options=options) as relay,
        TurnClient(relay.port) as client,
    ):
        client.allocate(*mine())
        assert client.permit(OUTSIDE) == GRANTED
        assert client.permit("127.0.0.2") == FORBIDDEN


def test_it_goes_on_without_tls_where_there_is_no_certificate():
    with (
        CoturnServer(SECRET, config=CONFIG) as relay,
        TurnClient(relay.port, over="tcp") as client,
    ):
        assert client.allocate(*mine()) == GRANTED


def test_a_full_call_of_people_who_hide_their_addresses_finds_room():
    """A line to each other one, over UDP, TCP and TLS, from two networks, twice at worst."""
    said = dict(re.findall(r"^([a-z-]+)=(\d+)$", CONFIG.read_text(), re.MULTILINE))
    peers = settings.VOICE_MAX_PEERS
    one_person = (peers - 1) * 3 * 2 * 2
    assert int(said["user-quota"]) >= one_person
    ports = int(said["max-port"]) - int(said["min-port"]) + 1
    assert ports >= int(said["total-quota"]) >= one_person * peers
