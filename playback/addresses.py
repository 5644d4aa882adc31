"""Addresses outside: which ones an item may have. They are parsed, never fetched by the server."""

import re
from dataclasses import dataclass
from ipaddress import IPv6Address, IPv6Network
from urllib.parse import parse_qs, unquote, urlsplit

from django.utils.translation import gettext

from playback.models import URL_MAX, Source

YOUTUBE_HOSTS = frozenset({"youtube.com", "m.youtube.com", "youtu.be", "youtube-nocookie.com"})
YOUTUBE_ID = re.compile(r"[A-Za-z0-9_-]{11}")
FILE_ENDINGS = (".mp4", ".m4v", ".webm", ".mov")
HLS_ENDINGS = (".m3u8",)
PLAYLISTS = frozenset({"index", "master", "playlist", "stream", "video", "manifest"})
PRIVATE_ENDINGS = (".local", ".internal", ".localhost", ".lan", ".home.arpa")
PUBLIC = IPv6Network("2000::/3")
NUMBER = re.compile(r"(^|\.)(\d+|0x[0-9a-f]*)$")


class AddressRefusedError(ValueError):
    """Words for the person who gave the address."""


@dataclass(frozen=True)
class Address:
    source: Source
    url: str

    @property
    def title(self) -> str:
        """What it is called where nobody gave it a name: never longer than the address."""
        parts = urlsplit(self.url)
        if self.source == Source.YOUTUBE:
            return f"YouTube {_youtube_id(self.url)}"
        name = unquote(parts.path.rsplit("/", 1)[-1]).rpartition(".")[0].strip()
        says_something = name and name.isprintable() and name.lower() not in PLAYLISTS
        return name if says_something else str(parts.hostname)


def outside_address(raw: str) -> Address:
    """What an address is, in its plain form. Raises AddressRefusedError in words."""
    if len(raw) > URL_MAX or any(char == " " or not char.isprintable() for char in raw.strip()):
        raise AddressRefusedError(gettext("This is no web address. Copy it from the address bar."))
    try:
        parts = urlsplit(raw.strip())
        host = (parts.hostname or "").lower()
        port = parts.port
    except ValueError as error:
        raise AddressRefusedError(gettext("This is no web address.")) from error
    if parts.scheme != "https" or not host:
        raise AddressRefusedError(gettext("Only addresses that begin with https:// can be played."))
    if parts.username or parts.password:
        raise AddressRefusedError(
            gettext("The address holds a password. Everybody in the room would see it.")
        )
    if host.removeprefix("www.") in YOUTUBE_HOSTS:
        return Address(Source.YOUTUBE, f"https://www.youtube.com/watch?v={_youtube_id(raw)}")
    _refuse_private(host)
    where = f"[{host}]" if ":" in host else host
    where += "" if port is None else f":{port}"
    query = f"?{parts.query}" if parts.query else ""
    return Address(_kind(parts.path), f"https://{where}{parts.path}{query}")


def _kind(path: str) -> Source:
    if path.lower().endswith(HLS_ENDINGS):
        return Source.HLS
    if path.lower().endswith(FILE_ENDINGS):
        return Source.FILE
    raise AddressRefusedError(
        gettext(
            "Only films can be played: an address that ends in .mp4, .webm or .m3u8, or YouTube."
        )
    )


def _youtube_id(raw: str) -> str:
    parts = urlsplit(raw.strip())
    named = parse_qs(parts.query).get("v", [""])[0]
    last = parts.path.rstrip("/").rsplit("/", 1)[-1]
    for candidate in (named, last):
        if YOUTUBE_ID.fullmatch(candidate):
            return candidate
    raise AddressRefusedError(gettext("This YouTube address names no film."))


def _refuse_private(host: str) -> None:
    """Names and numbers of the viewers' own networks are nobody's film."""
    refused = AddressRefusedError(gettext("This address is inside a private network."))
    if ":" in host:
        if not _global(host):
            raise refused
        return
    name = _plain_name(host)
    # Browsers read a name whose last part is a number as one: 127.1, 0x7f000001, 2130706433.
    if "." not in name or name.endswith(PRIVATE_ENDINGS) or NUMBER.search(name):
        raise refused


def _global(host: str) -> bool:
    try:
        number = IPv6Address(host)
    except ValueError:
        return False
    inside = number.ipv4_mapped or number.sixtofour
    return number in PUBLIC and number.is_global and (inside is None or inside.is_global)


def _plain_name(host: str) -> str:
    """A host's name as browsers look it up: full-width dots and digits are plain ones."""
    try:
        return host.encode("idna").decode().lower().rstrip(".")
    except UnicodeError as error:
        raise AddressRefusedError(gettext("This is no web address.")) from error
