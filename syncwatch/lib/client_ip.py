"""The address a request came from. Forwarded headers count only behind TRUSTED_PROXIES."""

import ipaddress
from collections.abc import Mapping
from typing import Any, Protocol

from django.conf import settings

UNIX = "unix"  # the word in TRUSTED_PROXIES for a proxy that connects by unix socket
IPV6_SITE_PREFIX = 64  # what one household gets: counting single addresses would count nothing

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class HasMeta(Protocol):
    """What Django's and DRF's requests have in common here."""

    @property
    def META(self) -> dict[str, Any]: ...  # noqa: N802  Django's name


def client_ip(request: HasMeta) -> str:
    """For limits and logs: an IPv4 address, or the /64 network of an IPv6 one."""
    meta = request.META
    return resolve(meta.get("REMOTE_ADDR") or "", meta.get("HTTP_X_FORWARDED_FOR", ""))


def client_ip_of_scope(scope: Mapping[str, Any]) -> str:
    peer = scope.get("client") or ("",)
    forwarded = b",".join(
        value for name, value in scope.get("headers", ()) if name == b"x-forwarded-for"
    )
    return resolve(peer[0] or "", forwarded.decode("latin-1"))


def resolve(peer: str, forwarded: str) -> str:
    """Walk from the nearest hop outwards; the first one that is not a proxy of ours is the client.

    Whatever stands further out was written by the client, so it is never looked at.
    """
    client = _address(peer)
    trusted = _is_trusted(client) if client else UNIX in settings.TRUSTED_PROXIES
    hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
    while trusted and hops:
        further = _address(hops.pop())
        if further is None:
            break
        client, trusted = further, _is_trusted(further)
    return _as_key(client)


def _address(raw: str) -> Address | None:
    try:
        address = ipaddress.ip_address(raw.strip("[]"))
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _is_trusted(address: Address) -> bool:
    return any(address in network for network in _networks())


def _networks() -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    words = [word for word in settings.TRUSTED_PROXIES if word != UNIX]
    return [ipaddress.ip_network(word, strict=False) for word in words]


def _as_key(address: Address | None) -> str:
    if address is None:
        return UNIX
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, IPV6_SITE_PREFIX), strict=False))
    return str(address)
