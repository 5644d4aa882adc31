"""The site's own system checks."""

import pytest

from syncwatch import checks


def ids(found):
    return [message.id for message in found]


def test_keys_must_be_long_and_two(settings):
    settings.SECRET_KEY = settings.JWT_SIGNING_KEY = "x" * 20
    assert ids(checks.secrets_are_long(None)) == [
        "syncwatch.E001", "syncwatch.E001", "syncwatch.E002",
    ]  # fmt: skip
    settings.SECRET_KEY, settings.JWT_SIGNING_KEY = "x" * 50, "y" * 50
    assert checks.secrets_are_long(None) == []


def test_a_production_should_know_its_address(settings):
    settings.PUBLIC_URL = ""
    assert ids(checks.address_is_known(None)) == ["syncwatch.W001"]
    settings.PUBLIC_URL = "https://watch.example.org"
    assert checks.address_is_known(None) == []


@pytest.mark.parametrize(
    ("endpoint", "bucket", "expected"),
    [
        ("http://s3.example", "", ["syncwatch.E003"]),
        ("http://s3.example", "films", []),
        ("", "films", []),
        ("", "", []),
    ],
)
def test_an_s3_server_needs_a_bucket(settings, endpoint, bucket, expected):
    settings.S3_ENDPOINT_URL, settings.S3_BUCKET = endpoint, bucket
    assert ids(checks.bucket_is_complete(None)) == expected


def test_tls_needs_a_proxy_that_is_believed(settings):
    settings.PUBLIC_URL, settings.SERVED_OVER_TLS = "https://watch.example.org", True
    settings.TRUSTED_PROXIES = []
    assert ids(checks.tls_is_believed(None)) == ["syncwatch.W002"]
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    assert checks.tls_is_believed(None) == []
