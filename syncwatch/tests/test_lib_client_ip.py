"""The address a request came from: forwarded headers count only behind proxies of ours"""

import pytest

from syncwatch.lib.client_ip import client_ip, client_ip_of_scope, resolve

NONE, ONE = [], ["10.0.0.1"]
NET = ["10.0.0.0/8", "fd00::/8"]


@pytest.mark.parametrize(
    ("proxies", "peer", "forwarded", "client"),
    [
        (NONE, "203.0.113.5", "", "203.0.113.5"),
        (NONE, "203.0.113.5", "198.51.100.1", "203.0.113.5"),
        (ONE, "203.0.113.5", "198.51.100.1", "203.0.113.5"),
        (ONE, "10.0.0.1", "198.51.100.1", "198.51.100.1"),
        (ONE, "10.0.0.1", "1.2.3.4, 198.51.100.1", "198.51.100.1"),
        (NET, "10.0.0.1", "1.2.3.4, 198.51.100.1, 10.9.9.9", "198.51.100.1"),
        (NET, "10.0.0.1", "10.1.1.1, 10.2.2.2", "10.1.1.1"),
        (ONE, "10.0.0.1", "", "10.0.0.1"),
        (ONE, "10.0.0.1", " , ,", "10.0.0.1"),
        (ONE, "10.0.0.1", "198.51.100.1, unknown", "10.0.0.1"),
        (ONE, "10.0.0.1", "'; DROP TABLE", "10.0.0.1"),
        (ONE, "::ffff:10.0.0.1", "198.51.100.1", "198.51.100.1"),
        (NONE, "::ffff:203.0.113.5", "", "203.0.113.5"),
        (NONE, "2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        (NET, "fd00::1", "2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        (NET, "fd00::1", "[2001:db8:1:2::9]", "2001:db8:1:2::/64"),
        (NONE, "", "198.51.100.1", "unix"),
        (["unix"], "", "198.51.100.1", "198.51.100.1"),
        (["unix"], "", "", "unix"),
        (["unix"], "203.0.113.5", "198.51.100.1", "203.0.113.5"),
    ],
)
def test_the_first_hop_that_is_not_ours_is_the_client(settings, proxies, peer, forwarded, client):
    settings.TRUSTED_PROXIES = proxies
    assert resolve(peer, forwarded) == client
    headers = [(b"x-forwarded-for", forwarded.encode())] if forwarded else []
    scope = {"client": (peer, 1) if peer else None, "headers": headers}
    assert client_ip_of_scope(scope) == client


def test_repeated_headers_are_one_list(settings):
    settings.TRUSTED_PROXIES = ONE
    headers = [(b"x-forwarded-for", b"1.2.3.4"), (b"x-forwarded-for", b"198.51.100.1")]
    assert client_ip_of_scope({"client": ("10.0.0.1", 1), "headers": headers}) == "198.51.100.1"


def test_a_request_of_django_is_read_the_same_way(rf, settings):
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    assert client_ip(rf.get("/", headers={"X-Forwarded-For": "198.51.100.1"})) == "198.51.100.1"
