"""System checks of the auth service"""

import pytest
from django.conf import settings as live

from accounts import checks


def ids(found):
    return [message.id for message in found]


def test_the_settings_as_they_are_pass():
    found = [
        *checks.tokens_are_pinned(None),
        *checks.proxies_are_addresses(None),
        *checks.public_url_is_an_origin(None),
    ]
    assert found == []


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"ALGORITHM": "none"}, ["accounts.E001"]),
        ({"ALGORITHM": "RS256"}, ["accounts.E001"]),
        ({"ISSUER": ""}, ["accounts.E002"]),
        ({"AUDIENCE": None}, ["accounts.E002"]),
        ({"SIGNING_KEY": ""}, ["accounts.E003"]),
        ({"SIGNING_KEY": live.SECRET_KEY}, ["accounts.E003"]),
    ],
)
def test_tokens_that_anybody_could_sign_are_an_error(settings, changes, found):
    settings.SIMPLE_JWT = {**settings.SIMPLE_JWT, **changes}
    assert ids(checks.tokens_are_pinned(None)) == found


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        (["127.0.0.1", "10.0.0.0/8", "::1", "fd00::/8", "unix"], 0),
        (["localhost"], 1),
        (["10.0.0.0/33", "nginx", "unix"], 2),
    ],
)
def test_a_proxy_is_an_address_a_network_or_the_word_unix(settings, words, wrong):
    settings.TRUSTED_PROXIES = words
    assert ids(checks.proxies_are_addresses(None)) == ["accounts.E004"] * wrong


@pytest.mark.parametrize(
    ("url", "right"),
    [
        ("", True),
        ("https://watch.example", True),
        ("http://10.0.0.1:8000", True),
        ("watch.example", False),
        ("https://watch.example/film", False),
        ("ftp://watch.example", False),
        ("https://", False),
    ],
)
def test_the_public_address_is_an_origin(settings, url, right):
    settings.PUBLIC_URL = url
    assert ids(checks.public_url_is_an_origin(None)) == ([] if right else ["accounts.E005"])
