"""What a page weighs: its scripts as they travel, and whom it asks for anything."""

import gzip
from urllib.parse import urlsplit

from playwright.sync_api import Page

LOADED = "() => performance.getEntriesByType('resource').map(({ name }) => name)"
_weights: dict[str, int] = {}


def script_bytes(page: Page) -> int:
    """All scripts that the page has loaded by now, gzipped one by one as the server sends them."""
    scripts = [url for url in page.evaluate(LOADED) if urlsplit(url).path.endswith(".js")]
    return sum(_weight(page, url) for url in set(scripts))


def _weight(page: Page, url: str) -> int:
    if url not in _weights:
        _weights[url] = len(gzip.compress(page.request.get(url).body(), 9))
    return _weights[url]


def foreign(page: Page) -> list[str]:
    """What it asked of anybody but the server it came from."""
    origin = urlsplit(page.url)[:2]
    inside = ("data:", "blob:")
    return [
        url
        for url in page.evaluate(LOADED)
        if url and not url.startswith(inside) and urlsplit(url)[:2] != origin
    ]
