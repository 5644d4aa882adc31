"""The servers that voices need: STUN to find a way, TURN where there is none."""

import secrets
import socket
from urllib.parse import parse_qs

from django.conf import settings

from syncwatch.management.doctor.finding import Verdict, note, ok, wrong

ASK_S = 1.5
TRIES = 2  # a datagram may get lost
PORTS = {"stun": 3478, "turn": 3478, "turns": 5349, "stuns": 5349}
BINDING, COOKIE = b"\x00\x01\x00\x00", b"\x21\x12\xa4\x42"
BINDING_ANSWERED = b"\x01\x01"
PAGE = "docs/operations.md, the relay for voice."


def relay() -> Verdict:
    """Are the settings whole, and does every address answer?"""
    addresses = [*settings.TURN_URLS, *settings.STUN_URLS]
    if bool(settings.TURN_URLS) != bool(settings.TURN_SECRET):
        given, lacking = (
            ("TURN_URLS", "TURN_SECRET") if settings.TURN_URLS else ("TURN_SECRET", "TURN_URLS")
        )
        return wrong(
            f"{given} is set, {lacking} is not: nobody is offered the relay", f"See {PAGE}"
        )
    if silent := [address for address in addresses if not _answers(address)]:
        return wrong(
            f"no answer from {', '.join(silent)}",
            f"Is it up, and do firewalls let it through? See {PAGE}",
        )
    if not settings.TURN_URLS:
        return note("none: people behind strict networks do not hear each other", f"See {PAGE}")
    return ok(", ".join(addresses))


def _answers(address: str) -> bool:
    """True for one whose form we cannot read: browsers judge that, not we."""
    scheme, _, rest = address.partition(":")
    place, _, query = rest.partition("?")
    host, port = _split(place, PORTS.get(scheme, 0))
    if not port:
        return True
    transport = parse_qs(query).get("transport", ["udp"])[0]
    try:
        if scheme in {"turns", "stuns"} or transport == "tcp":
            socket.create_connection((host, port), timeout=ASK_S).close()
            return True
        return any(_binds(host, port) for _ in range(TRIES))
    except OSError:
        return False


def _split(place: str, default: int) -> tuple[str, int]:
    host, colon, port = place.rpartition(":")
    if colon and port.isdecimal() and not host.endswith(":"):
        return host.strip("[]"), int(port)
    return place.strip("[]"), default


def _binds(host: str, port: int) -> bool:
    """One STUN question (RFC 8489), which every such server answers to anybody."""
    number = secrets.token_bytes(12)
    family, kind, protocol, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_DGRAM)[0]
    with socket.socket(family, kind, protocol) as line:
        line.settimeout(ASK_S)
        line.sendto(BINDING + COOKIE + number, where)
        try:
            answer = line.recv(2048)
        except TimeoutError:
            return False
    return answer.startswith(BINDING_ANSWERED) and answer[8:20] == number
