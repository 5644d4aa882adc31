"""As much of a TURN client (RFC 5766) as it takes to see what a relay grants and refuses."""

import hashlib
import hmac
import ipaddress
import os
import socket
import ssl
import struct

BINDING, ALLOCATE, CREATE_PERMISSION = 0x0001, 0x0003, 0x0008
USERNAME, INTEGRITY, ERROR_CODE, PEER = 0x0006, 0x0008, 0x0009, 0x0012
REALM, NONCE, REQUESTED_TRANSPORT = 0x0014, 0x0015, 0x0019
UDP = bytes([17, 0, 0, 0])
COOKIE = 0x2112A442
SUCCESS, HEADER_BYTES = 0x0100, 20
GRANTED = 200  # STUN has no number for "yes"


class TurnClient:
    """One connection to a relay, over `udp`, `tcp` or `tls`; answers are codes (GRANTED, 401 …)."""

    def __init__(self, port: int, *, over: str = "udp", timeout_s: float = 10) -> None:
        kind = socket.SOCK_DGRAM if over == "udp" else socket.SOCK_STREAM
        line = socket.socket(socket.AF_INET, kind)
        line.settimeout(timeout_s)
        line.connect(("127.0.0.1", port))
        self._line = _trusting_anyone().wrap_socket(line) if over == "tls" else line
        self._datagrams = over == "udp"
        self._key = b""
        self._signed_with: list[tuple[int, bytes]] = []

    def __enter__(self):
        return self

    def __exit__(self, *_: object) -> None:
        self._line.close()

    def bind(self) -> int:
        return self._ask(BINDING, [])[0]

    def allocate(self, username: str, credential: str) -> int:
        """Ask for an address on the relay: as nobody, then with what the relay wants to see."""
        wanted = [(REQUESTED_TRANSPORT, UDP)]
        code, told = self._ask(ALLOCATE, wanted)
        if code != 401 or NONCE not in told:
            return code
        realm = told[REALM]
        words = b":".join([username.encode(), realm, credential.encode()])
        self._key = hashlib.md5(words, usedforsecurity=False).digest()
        self._signed_with = [(USERNAME, username.encode()), (REALM, realm), (NONCE, told[NONCE])]
        return self._ask(ALLOCATE, wanted)[0]

    def permit(self, address: str) -> int:
        """Ask whether the relay would talk to this address for us."""
        return self._ask(CREATE_PERMISSION, [(PEER, self._mixed(address))])[0]

    @staticmethod
    def _mixed(address: str, port: int = 9) -> bytes:
        """XOR-PEER-ADDRESS. Only of IPv4: coturn allocates no other unless asked to."""
        number = int(ipaddress.IPv4Address(address)) ^ COOKIE
        return struct.pack("!BBHI", 0, 1, port ^ (COOKIE >> 16), number)

    def _ask(self, method: int, fields: list[tuple[int, bytes]]) -> tuple[int, dict[int, bytes]]:
        body = b"".join(_field(*each) for each in [*fields, *self._signed_with])
        number = os.urandom(12)
        if self._key:
            signed = _header(method, len(body) + 24, number) + body
            body += _field(INTEGRITY, hmac.digest(self._key, signed, hashlib.sha1))
        self._line.sendall(_header(method, len(body), number) + body)
        kind, told = self._answer()
        if kind == method | SUCCESS:
            return GRANTED, told
        return told[ERROR_CODE][2] * 100 + told[ERROR_CODE][3], told

    def _answer(self) -> tuple[int, dict[int, bytes]]:
        if self._datagrams:
            packet = self._line.recv(4096)
            head, body = packet[:HEADER_BYTES], packet[HEADER_BYTES:]
        else:
            head = self._read(HEADER_BYTES)
            body = self._read(struct.unpack_from("!H", head, 2)[0])
        return struct.unpack_from("!H", head)[0], _fields(body)

    def _read(self, count: int) -> bytes:
        found = b""
        while len(found) < count:
            more = self._line.recv(count - len(found))
            if not more:
                raise ConnectionError("the relay hung up")
            found += more
        return found


def _trusting_anyone() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _header(method: int, length: int, number: bytes) -> bytes:
    return struct.pack("!HHI", method, length, COOKIE) + number


def _field(kind: int, value: bytes) -> bytes:
    return struct.pack("!HH", kind, len(value)) + value + bytes(-len(value) % 4)


def _fields(body: bytes) -> dict[int, bytes]:
    found, at = {}, 0
    while at < len(body):
        kind, length = struct.unpack_from("!HH", body, at)
        found[kind] = body[at + 4 : at + 4 + length]
        at += 4 + length + -length % 4
    return found
